#ifndef HANDLERS_KEY_CHANNEL_KEY_PROOF_H
#define HANDLERS_KEY_CHANNEL_KEY_PROOF_H

#include "fcgi/base/arena.h"
#include "fcgi/crypto/sm2.h"
#include "fcgi/http/request.h"
#include "handlers/rules/form/key_form.h"

/*
 * What is pasted for 上报渠道公钥, however tools write it. ERR_INVALID: refused, with
 * the reason and what to do in q->errors.
 */

/* A private key in any of its fields? */
MUST_CHECK enum err channel_key_no_secret(struct req *q, const struct channel_key_form *in);
/* A point of SM2 that is in use nowhere else. */
MUST_CHECK enum err channel_key_read(struct req *q, int64_t application_id, const char *text,
    unsigned char ret_key[SM2_PUBLIC_SIZE]);
/* Was the challenge signed with the private half of that key? The usual mistakes by name. */
MUST_CHECK enum err channel_key_prove(struct req *q, const char *challenge, const char *signature,
    const unsigned char key[SM2_PUBLIC_SIZE]);

#endif
