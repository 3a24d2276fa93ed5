#ifndef FCGI_HTTP_DISPATCH_H
#define FCGI_HTTP_DISPATCH_H

#include <stdbool.h>

#include "fcgi/http/route.h"

/*
 * One request from its address to its reply: route, gates, body, handler, and
 * an error's problem+json where one of them refused. Always leaves q with a
 * status and something to send; never fails.
 */
struct program {
	const struct route_table *routes;
	const struct gate_row *gates;
	size_t ngates;
	bool (*serves)(const struct route *route); /* is it for this process; NULL: all are */
	/* before each request, and once a second while there is none: lets go of a lost database
	   link, takes up a new keyring */
	void (*ready)(struct req *q);
	void (*done)(struct req *q); /* after each: its status and answer are there; may be NULL */
};

void dispatch(const struct program *program, struct req *q);

#endif
