#ifndef HANDLERS_ACCOUNT_REGISTRATION_H
#define HANDLERS_ACCOUNT_REGISTRATION_H

#include "fcgi/http/answer.h"

/*
 * 单位注册 (REG, A-01 … A-11). Step 1 is kept in the session, sealed, so a
 * reload keeps what was typed except the passwords, which exist only hashed.
 */

/* GET /registration - either step as typed so far. */
extern const struct answer registration_answer;
MUST_CHECK enum err registration_show(struct req *q);
/*
 * PUT /registration/unit/typed, PUT /registration/operator/typed - 204. As the page is filled in,
 * so that a reload loses nothing but passwords and codes; nothing of it is judged.
 */
MUST_CHECK enum err registration_unit_typed(struct req *q);
MUST_CHECK enum err registration_operator_typed(struct req *q);
/*
 * PUT /registration/unit - step 1; nothing is registered yet. As registration_show.
 * 422 also for an account or 统一社会信用代码 that is taken.
 */
MUST_CHECK enum err registration_unit(struct req *q);
/*
 * POST /registration - step 2: unit, operator and their binding, without any
 * grant. A phone that has an account keeps its password; name and papers
 * must then be the stored ones.
 * 201; 409 before step 1.
 */
extern const struct answer registered_answer;
MUST_CHECK enum err registration_finish(struct req *q);

#endif
