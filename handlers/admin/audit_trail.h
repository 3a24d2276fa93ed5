#ifndef HANDLERS_ADMIN_AUDIT_TRAIL_H
#define HANDLERS_ADMIN_AUDIT_TRAIL_H

#include "fcgi/http/answer.h"
#include "sql/record/audit_search.h"

/*
 * The trail for the 审计员: read and exported; changed by nobody, as the
 * workers' account of the database may only add to it (deploy/lib/db.sh).
 * Looking is itself in the trail. Of people it shows account and name, an
 * operator's name masked; nothing else personal stands in it (sql/record/audit.h).
 */

/*
 * GET /audit - newest first; days as yyyy-MM-dd. person: an account, for kind=operator a phone.
 */
extern const struct answer audit_rows_answer;
extern const struct form audit_query;
MUST_CHECK enum err audit_index(struct req *q);
/* GET /audit/export - the same filter as .xlsx; at most AUDIT_EXPORT_MAX rows. */
extern const struct answer audit_export_answer;
MUST_CHECK enum err audit_export(struct req *q);
#define AUDIT_EXPORT_MAX 50000

#endif
