#ifndef TESTS_SUPPORT_FCGI_CLIENT_H
#define TESTS_SUPPORT_FCGI_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The web server's side of FastCGI, enough to ask a worker one thing and to
 * misbehave in the middle of it.
 */

struct fcgi_param {
	const char *name, *value;
};

#define FCGI_REPLY_MAX 262144

struct fcgi_reply {
	bool ended;                /* the worker said the request is over */
	int status;                /* of the Status header; 0 when there was none */
	char head[FCGI_REPLY_MAX]; /* headers, each ended by CR LF */
	const char *body;          /* in head, behind the empty line; "" when there is none */
	size_t size;               /* bytes of the body */
};

/* A connection to the socket at `path`, or -1. */
int fcgi_connect(const char *path);
/* One piece each; false when the worker has gone. keep: ask for a kept connection. */
bool fcgi_begin(int fd, bool keep);
bool fcgi_params(int fd, const struct fcgi_param *params, size_t count); /* and their end */
bool fcgi_body(int fd, const void *bytes, size_t size); /* size 0 is the end of the body */
/* Waits for the whole reply; closes nothing. */
void fcgi_receive(int fd, struct fcgi_reply *ret);

/*
 * All of it: method, path and query, one extra header of the CGI name (or NULL), and a
 * body (or NULL) with its length declared. False when nothing answered.
 */
bool fcgi_ask(const char *socket, const char *method, const char *uri, const char *header,
    const char *value, const char *body, struct fcgi_reply *ret);

/* The value of a header of the reply in `buffer`, or NULL; the first when there are several. */
const char *
fcgi_header(const struct fcgi_reply *reply, const char *name, char *buffer, size_t size);

#endif
