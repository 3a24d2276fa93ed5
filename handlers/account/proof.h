#ifndef HANDLERS_ACCOUNT_PROOF_H
#define HANDLERS_ACCOUNT_PROOF_H

#include <stdbool.h>

#include "fcgi/http/answer.h"

/*
 * 验证手机号. Whoever is signed in proves once more that he has his phone: a 经办人 his own,
 * a unit that of its 法定代表人. A session that was borrowed or stolen opens no keys by itself, and the
 * stolen one ends with the proof, for the session gets a new id. Also the second step of a login
 * where a unit demands one.
 */
#define PROOF_SECONDS 600

/* Was it proved in this session, no longer than PROOF_SECONDS ago? GATE_PROOF. */
bool proof_holds(const struct req *q);

/* POST /session/proof-code - the code, by SMS. 202 sms_code_answer. 403 a unit before 资质认证. */
MUST_CHECK enum err proof_code_send(struct req *q);
/* POST /session/proof {sms_code} - 200 session_answer. 422 wrong, used up or too old. */
MUST_CHECK enum err proof_check(struct req *q);

#endif
