#ifndef HANDLERS_SMS_CODE_H
#define HANDLERS_SMS_CODE_H

#include "fcgi/http/answer.h"
#include "sql/db/db.h"

/*
 * 短信验证码: six digits, five minutes, five tries, one use, one purpose, and of use only in
 * the session that asked for it.
 */

/*
 * POST /sms-codes - 202. The same answer whoever has the phone. 429
 * RATE_LIMITED says when to try again.
 * 409 for purpose "reset" before an account was named.
 */
extern const struct answer sms_code_answer;
MUST_CHECK enum err sms_code_send(struct req *q);

/*
 * Did this session have this code sent to this phone for this purpose? Used up by the right answer:
 * of several requests one gets ERR_OK. Otherwise ERR_INVALID, naming sms_code.
 */
MUST_CHECK enum err
sms_code_use(struct req *q, const char *purpose, const char *phone, const char *code);

/*
 * In the transaction of what the code was for: used, for good. Redis may be put
 * back to an earlier moment, MariaDB is not. ERR_INVALID as above.
 */
MUST_CHECK enum err sms_code_spent(struct req *q, struct sql_tx *tx, const char *purpose,
    const char *phone, const char *code);

#endif
