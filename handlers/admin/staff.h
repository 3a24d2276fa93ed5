#ifndef HANDLERS_ADMIN_STAFF_H
#define HANDLERS_ADMIN_STAFF_H

#include "fcgi/http/answer.h"
#include "handlers/rules/table/names.h"
#include "sql/account/staff.h"

/*
 * Accounts of the staff, for the 安全管理员. What he changes acts on the next
 * request of that person at every worker (sql/account/standing.h). Nobody changes his
 * own account here, so nobody gives himself a role: ERR_FORBIDDEN.
 */

/* GET /staff - by id. */
extern const struct answer staff_rows_answer;
extern const struct form staff_query;
MUST_CHECK enum err staff_index(struct req *q);
/* POST /staff - 201: the first password, shown this once. */
extern const struct answer staff_made_answer;
MUST_CHECK enum err staff_create(struct req *q);
/* GET /staff/{id} - one row of the list, as the form of changing it reads it. */
extern const struct answer staff_row_answer;
MUST_CHECK enum err staff_show(struct req *q);
/* PUT /staff/{id} - name, role, bureau, scope, may_download. */
MUST_CHECK enum err staff_change(struct req *q);
/* PUT /staff/{id}/disabled - 停用 with a reason, or 启用. */
MUST_CHECK enum err staff_disable_set(struct req *q);
/* POST /staff/{id}/password - 200: a new first password, shown this once. */
extern const struct answer staff_password_answer;
MUST_CHECK enum err staff_password_reset(struct req *q);
/* DELETE /staff/{id}/totp - he sets an authenticator up anew. */
MUST_CHECK enum err staff_totp_remove(struct req *q);

#endif
