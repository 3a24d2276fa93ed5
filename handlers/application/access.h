#ifndef HANDLERS_APPLICATION_ACCESS_H
#define HANDLERS_APPLICATION_ACCESS_H

#include "fcgi/http/request.h"
#include "sql/application/application.h"

/*
 * The application q->key names, for those who may see it. Someone else's
 * answers ERR_NOT_FOUND, as one that does not exist.
 */

/* For its unit and the unit's operators, reading. */
MUST_CHECK enum err application_of_mine(struct req *q, struct sql *db, struct application *ret);
/*
 * For the operator, writing: ERR_NO_INSTITUTION when it belongs to another
 * institution than the one chosen, ERR_CONFLICT when it is not `version` any more.
 */
MUST_CHECK enum err
application_to_write(struct req *q, struct sql *db, int64_t version, struct application *ret);
/* May this request write it? What ERR_NO_INSTITUTION of application_to_write() is about. */
bool application_writable(const struct req *q, const struct application *app);

/* For an officer who sees it: handlers/common/reach.h. */
MUST_CHECK enum err application_of_bureau(struct req *q, struct sql *db, struct application *ret);

/* "application/<number>", for the audit. */
const char *application_object(struct req *q, const struct application *app);

#endif
