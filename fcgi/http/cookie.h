#ifndef FCGI_HTTP_COOKIE_H
#define FCGI_HTTP_COOKIE_H

#include "fcgi/base/arena.h"
#include "fcgi/http/config.h"
#include "fcgi/http/request.h"

/* Cookies whose values are hex digits. They are for http and this site only. */

/*
 * What a cookie of this name is called here: over https with the prefix that keeps out what a
 * neighbour of the same domain sets (RFC 6265bis): __Host-, under a path of its own __Secure-. As
 * plain http has no such promise, there the name alone. In the arena.
 */
const char *cookie_named(struct arena *arena, const struct config *config, const char *name);

/* The value of the first cookie of that name with exactly so many lower-case hex digits, or NULL. */
const char *cookie_hex(struct req *q, const char *name, size_t digits);

/*
 * With the answer; one of that name set before is replaced. value: NULL takes
 * the cookie away. max_age: seconds, 0 until the browser is closed. Secure
 * unless the installation is plain http.
 */
void cookie_send(struct req *q, const char *name, const char *value, int64_t max_age);

#endif
