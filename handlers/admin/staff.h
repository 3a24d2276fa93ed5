#ifndef HANDLERS_ADMIN_STAFF_H
#define HANDLERS_ADMIN_STAFF_H

#include "fcgi/http/answer.h"
#include "handlers/rules/table/names.h"
#include "sql/account/staff.h"

/*
 * Accounts of the staff, for the 安全管理员. What gives power takes two of them: one asks,
 * another person confirms, and then it acts on the next request at every worker
 * (sql/account/standing.h). Taking it away at once, by 停用, takes one. Nobody asks for anything
 * about an account of his own, nor decides it: ERR_FORBIDDEN.
 */

/* GET /staff - by id. */
extern const struct answer staff_rows_answer;
extern const struct form staff_query;
MUST_CHECK enum err staff_index(struct req *q);
/* GET /staff/{id} - one row of the list, as the form of changing it reads it. */
extern const struct answer staff_row_answer;
MUST_CHECK enum err staff_show(struct req *q);
/* PUT /staff/{id}/disabled - 停用, with a reason. */
MUST_CHECK enum err staff_disable_set(struct req *q);

/* ---- asking: 202, the id of the request ------------------------------------- */

/* POST /staff - a new account. */
MUST_CHECK enum err staff_ask_create(struct req *q);
/* PUT /staff/{id} - name, phone, role, bureau, scope, may_download. */
MUST_CHECK enum err staff_ask_change(struct req *q);
/* POST /staff/{id}/password - a new first password. */
MUST_CHECK enum err staff_ask_password(struct req *q);
/* POST /staff/{id}/totp-removal - he sets an authenticator up anew. */
MUST_CHECK enum err staff_ask_totp(struct req *q);
/* POST /staff/{id}/enabling - 启用. */
MUST_CHECK enum err staff_ask_enable(struct req *q);

/* ---- 待复核 ------------------------------------------------------------------ */

/* GET /staff-requests */
extern const struct form staff_request_query;
extern const struct answer staff_requests_answer;
MUST_CHECK enum err staff_request_index(struct req *q);
/* GET /staff-requests/count */
extern const struct answer staff_request_count_answer;
MUST_CHECK enum err staff_request_count(struct req *q);
/* POST /staff-requests/{id}/decision - 204. Passwords go to the phone of the account alone. */
MUST_CHECK enum err staff_request_decide(struct req *q);
/* POST /staff-requests/{id}/withdrawal - 204, by whoever asked. */
MUST_CHECK enum err staff_request_withdraw(struct req *q);

#endif
