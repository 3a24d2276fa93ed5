#ifndef HANDLERS_KEY_CREDENTIAL_H
#define HANDLERS_KEY_CREDENTIAL_H

#include "fcgi/http/answer.h"

/* 密钥管理 on the intranet site: what was issued, never a key. */

/* GET /applications/{key}/credentials, for officers of its bureaus. */
extern const struct answer credentials_answer;
MUST_CHECK enum err credential_index(struct req *q);
/*
 * POST …/credentials/{test|formal}/revocation: they end at once; of older keys that run on
 * beside the newest those alone. 200 as above; 409 they have.
 */
MUST_CHECK enum err credential_revoke(struct req *q);
/*
 * POST …/credentials/{test|formal}/reissue: others take their place, by a job; the
 * 应用ID stays. 200 as above; 409 when that is under way, or the case was given up.
 */
MUST_CHECK enum err credential_reissue(struct req *q);

#endif
