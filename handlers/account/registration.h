#ifndef HANDLERS_ACCOUNT_REGISTRATION_H
#define HANDLERS_ACCOUNT_REGISTRATION_H

#include "fcgi/http/answer.h"

/*
 * 单位注册 (REG, A-01 … A-11). What is typed stays in the browser until both
 * steps are done; step 1 is judged when it is left, and comes back with step 2.
 */

/*
 * POST /registration/unit - step 1; nothing is registered yet. Behind a captcha, each answer costs
 * one: 422 also for an account or 统一社会信用代码 that is taken, so nobody goes through a
 * list of them.
 */
extern const struct answer registration_answer;
MUST_CHECK enum err registration_unit(struct req *q);
/*
 * POST /registration - step 2: unit, operator and their binding, without any
 * grant. A phone that has an account keeps its password; name and papers
 * must then be the stored ones. Both passwords are hashed after all that
 * may be refused was looked at.
 * 201; 409 when step 1 has to be gone through again; 503 BUSY, and the code of the SMS stays good.
 */
extern const struct answer registered_answer;
MUST_CHECK enum err registration_finish(struct req *q);

#endif
