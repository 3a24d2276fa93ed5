#ifndef HANDLERS_ACCOUNT_INVITATION_H
#define HANDLERS_ACCOUNT_INVITATION_H

#include "fcgi/http/answer.h"

/* 接受邀请: what the invited does, signed in or by the code of the SMS. */

/* GET /session/invitations - those of the operator's phone. */
extern const struct answer own_invitations_answer;
MUST_CHECK enum err own_invitations(struct req *q);
/* POST /session/invitations/{id}/acceptance, …/refusal - 204; 404 when it is not his, or answered. */
MUST_CHECK enum err own_invitation_accept(struct req *q);
MUST_CHECK enum err own_invitation_refuse(struct req *q);

/*
 * POST /invitations - who asks, told to whoever has phone and code; nothing is accepted. 422 says
 * neither whether there is such a phone; 429.
 */
extern const struct answer invitation_answer;
MUST_CHECK enum err invitation_look(struct req *q);
/*
 * POST /invitations/acceptance - 204. Of a phone without an account 422 asks for papers and a
 * password, as it is proven now. Nobody is signed in.
 */
MUST_CHECK enum err invitation_accept(struct req *q);
/* POST /invitations/refusal - 204 */
MUST_CHECK enum err invitation_refuse(struct req *q);

#endif
