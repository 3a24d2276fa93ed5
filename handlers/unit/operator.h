#ifndef HANDLERS_UNIT_OPERATOR_H
#define HANDLERS_UNIT_OPERATOR_H

#include "fcgi/http/answer.h"

/*
 * 单位经办人 (OP, A-18 … … A-28). {id} is the binding of an operator
 * to this unit; another unit's is 404.
 */

/* GET /operators */
extern const struct answer operators_answer;
MUST_CHECK enum err operator_list(struct req *q);
/*
 * POST /operators - 201. Whoever holds the phone is invited, and is nobody to the unit until he
 * accepts; whether the phone has an account is not told. 409 when it is bound or invited
 * already; 429 for who names too many phones.
 */
extern const struct answer operator_added_answer;
MUST_CHECK enum err operator_add(struct req *q);
/* GET /operator-invitations - 待接受. There {id} is the invitation; another unit's is 404. */
extern const struct answer operators_invited_answer;
MUST_CHECK enum err operator_invitations(struct req *q);
/* POST /operator-invitations/{id}/sms - 204; a new secret. 403 before the unit is certified. */
MUST_CHECK enum err operator_invite_again(struct req *q);
/* DELETE /operator-invitations/{id} - 204 */
MUST_CHECK enum err operator_withdraw(struct req *q);
/*
 * PUT /operators/{id}/grants - all that the operator shall hold.
 * 422 names who holds a business that is not free.
 */
extern const struct answer operator_grants_answer;
MUST_CHECK enum err operator_grants(struct req *q);
/*
 * POST /operators/{id}/transfer - a business from this operator to another one of the unit, in one
 * step; drafts are the unit's and stay. Both are told. 409 when he does not hold it any more.
 */
extern const struct answer operator_transfer_answer;
MUST_CHECK enum err operator_transfer(struct req *q);
/*
 * POST /operators/{id}/password - 204; a new one by SMS, all his sessions end. 409 when another
 * unit has him, too.
 */
MUST_CHECK enum err operator_reset(struct req *q);
/* POST /operators/{id}/password-request - 204; an SMS asks him to do it himself. */
MUST_CHECK enum err operator_ask_reset(struct req *q);
/* DELETE /operators/{id} - 204; 409 for the only one. His drafts stay with the unit. */
MUST_CHECK enum err operator_delete(struct req *q);

#endif
