#ifndef HANDLERS_ACCOUNT_REGISTRATION_H
#define HANDLERS_ACCOUNT_REGISTRATION_H

#include "fcgi/request.h"

/*
 * 单位注册 (REG, A-01 … A-11). Step 1 is kept in the session, sealed, so a
 * reload keeps what was typed except the passwords, which exist only hashed.
 */

/* GET /registration - {"unit": the answers of step 1, or null}. */
MUST_CHECK enum err registration_show(struct req *q);
/*
 * PUT /registration/unit - step 1; nothing is registered yet. As registration_show.
 * 422 also for an account or 统一社会信用代码 that is taken.
 */
MUST_CHECK enum err registration_unit(struct req *q);
/*
 * POST /registration - step 2: unit, operator and their binding, without any
 * grant. A phone that has an account keeps its password; name and papers
 * must then be the stored ones.
 * 201 {"account", "operator_known"}; 409 before step 1.
 */
MUST_CHECK enum err registration_finish(struct req *q);

#endif
