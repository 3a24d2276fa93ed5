#ifndef HANDLERS_ADMIN_STAFF_DEED_H
#define HANDLERS_ADMIN_STAFF_DEED_H

#include "fcgi/http/request.h"
#include "handlers/rules/table/names.h"
#include "sql/account/staff.h"

/* What is done to an account of the staff, from the pages and from the shell. */
enum staff_deed { STAFF_DISABLE, STAFF_ENABLE, STAFF_TOTP_RESET };

/* What the audit calls it. */
enum deed staff_deed_audited(enum staff_deed deed);
/* "staff/<account>", for the audit. */
const char *staff_object(struct req *q, const struct staff *who);
/*
 * Whoever stops being a 安全管理员 must leave another one behind, or nobody could
 * let anybody in again: ERR_CONFLICT with a detail. Also when two do it to one another.
 */
MUST_CHECK enum err staff_spare(struct req *q, struct sql_tx *tx, const struct staff *who);
/*
 * Inside tx; the audit row is the caller's. Whoever may sign in again is not
 * held to the failures of before: an officer has no 找回密码.
 */
MUST_CHECK enum err
staff_deed_run(struct req *q, struct sql_tx *tx, enum staff_deed deed, const struct staff *who);

#endif
