#ifndef TESTS_SUPPORT_REQUEST_H
#define TESTS_SUPPORT_REQUEST_H

#include "fcgi/http/request.h"

/*
 * A request as a handler sees it, without a transport: for unit tests of
 * handlers. One at a time; the arena is made at first use and never given back.
 */

/* Empties q and begins anew: nobody signed in, no headers, no body. */
void request_begin(struct req *q, const char *method, const char *path);
/* By its CGI name; value NULL takes it away. Both must outlive the request. */
void request_header(struct req *q, const char *name, const char *value);
/* role.def's code, the person's id, the unit acted for (0 none), the bureau (0 none). */
void
request_person(struct req *q, unsigned role, int64_t user_id, int64_t unit_id, int64_t bureau_id);
/* A raw body, its length declared; `bytes` must outlive the request. */
void request_body(struct req *q, const char *bytes, size_t size);
/* The value of a header of the answer, or NULL. */
const char *reply_get(const struct req *q, const char *name);

#endif
