#ifndef FCGI_HTTP_COOKIE_H
#define FCGI_HTTP_COOKIE_H

#include "fcgi/http/request.h"

/* Cookies whose values are hex digits. They are for http and this site only. */

/* The value of the first cookie of that name with exactly so many lower-case hex digits, or NULL. */
const char *cookie_hex(struct req *q, const char *name, size_t digits);

/*
 * With the answer; one of that name set before is replaced. value: NULL takes
 * the cookie away. max_age: seconds, 0 until the browser is closed. Secure
 * unless the installation is plain http.
 */
void cookie_send(struct req *q, const char *name, const char *value, int64_t max_age);

#endif
