#ifndef FCGI_HTTP_QUERY_H
#define FCGI_HTTP_QUERY_H

#include "fcgi/http/request.h"

/* What stands behind "?" in an address: a table says what may, as with a body. */

/*
 * Take a query string apart, to q->query: the first QUERY_MAX pairs name=value.
 * What is malformed, in its escapes or as UTF-8, or holds control characters
 * counts as not sent.
 */
void query_read(struct req *q, const char *text);
/* The value of a query parameter, or NULL; the first when there are several. */
const char *query_get(const struct req *q, const char *name);
/*
 * form_read() of the query string, by the form that the route's row names (`query`). What the form
 * does not know is passed over, and so is a number that is none or beyond its bounds: members of
 * what is not given keep the value they had. ERR_INTERNAL, logged, when the row names another form.
 */
MUST_CHECK enum err query_bind(struct req *q, const struct form *form, void *out);

#endif
