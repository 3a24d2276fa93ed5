#ifndef HANDLERS_ACCOUNT_APPEAL_H
#define HANDLERS_ACCOUNT_APPEAL_H

#include "fcgi/http/answer.h"

/*
 * 申诉: somebody else registered our 统一社会信用代码. Nobody is signed in; the phone of the contact is
 * proved by SMS. In two steps, of which the session knows the first.
 */

#define APPEAL_LICENCE_MAX ((size_t)20 * 1024 * 1024) /* bytes */

/*
 * POST /appeals - 201 with the bureau that will decide. 422 for a code that nobody registered or the catalogue
 * lacks; 409 when enough appeals wait for an answer.
 */
extern const struct answer appealed_answer;
MUST_CHECK enum err appeal_make(struct req *q);
/*
 * POST /appeals/licence?file=NAME - 204; the body is the file, looked at like any upload. From now on the
 * bureau knows of it. 409 before the first step, and once there is one.
 */
MUST_CHECK enum err appeal_licence(struct req *q);

#endif
