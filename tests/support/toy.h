#ifndef TESTS_SUPPORT_TOY_H
#define TESTS_SUPPORT_TOY_H

#include <stdbool.h>
#include <sys/types.h>

#include "tests/support/fcgi_client.h"

/*
 * A portal of a few addresses behind the real FastCGI code, to be asked over a
 * socket by the program that started it.
 *
 * GET|HEAD /pid: {"pid", "fds"}; GET /slow: announces itself and waits;
 * GET /die: kills its worker; GET /query?a=: {"a"}; GET /none: 204;
 * GET /page: many bytes of text, with a header of its own;
 * POST /echo: the raw body; POST /json: its JSON, at most 1000 bytes
 */
extern char toy_socket[64]; /* its path */

/* Starts a master; each worker leaves after `most` requests. Its process id. */
pid_t toy_start(unsigned workers, unsigned most);
/* SIGTERM; how many workers had ended unasked, or -1 when the master did. */
int toy_stop(pid_t master);

/* Ask for `method uri` without more. False when nothing answered. */
bool toy_ask(const char *method, const char *uri, struct fcgi_reply *ret);
/* The worker that answered just now; 0 when none did. */
pid_t toy_pid(void);

/* A request to /slow, begun: the connection. Returns once the worker is in it. */
int toy_slow(void);
/* Lets one slow request end. */
void toy_release(void);

#endif
