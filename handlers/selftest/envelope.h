#ifndef HANDLERS_SELFTEST_ENVELOPE_H
#define HANDLERS_SELFTEST_ENVELOPE_H

#include "fcgi/crypto/sm.h"
#include "fcgi/crypto/sm2.h"
#include "handlers/selftest/value_write.h"

/*
 * The envelope of the mobile-payment platform: JSON whose `data` is signed in
 * clear, then encrypted into encData and removed. Pure: text to text.
 */

/* What one side uses. The keys of the sheet, the private one of whoever signs. */
struct envelope_keys {
	const char *app_id, *app_secret; /* at least 16 ASCII characters each; see envelope_ids() */
	unsigned char own_private[SM2_PRIVATE_SIZE]; /* seal: signs */
	unsigned char peer_public[SM2_PUBLIC_SIZE];  /* open: verifies */
};

/* May this be an appId or appSecret? 16 to 64 printable ASCII characters. */
bool envelope_id_ok(const char *text);

/* k2 from the appId and the 数字密钥. Both are envelope_id_ok(). */
void envelope_cipher_key(struct arena *arena, const char *app_id, const char *app_secret,
    unsigned char ret_key[SM4_KEY_SIZE]);

/*
 * k=v joined with &, then &key=<secret>, appended to out. data: what the
 * envelope holds encrypted, as if it were still in it; NULL leaves it out.
 */
void envelope_sign_string(struct written *out, const struct value *envelope,
    const struct value *data, const char *secret);

/*
 * Was that string signed, or what some platforms make of it (PAY-7): numbers, true and false of data itself
 * as texts, and empties that are kept at some depth? *ret: how data was written then, all zero the right way;
 * string: the one that was signed, or the last that was tried. It ends with the secret.
 *
 * ERR_INVALID  no such string was
 */
MUST_CHECK enum err
envelope_signed(struct written *string, const unsigned char key[SM2_PUBLIC_SIZE],
    const struct value *envelope, const struct value *data, const char *secret,
    const unsigned char signature[SM2_SIGNATURE_SIZE], struct value_style *ret);

/*
 * data: an object as JSON text; NULL: none is sent, and no encData. timestamp:
 * opaque, milliseconds as usual. more: an object as JSON text, whose members
 * become further fields and are signed with the others (what an answer says of
 * itself); NULL: none. *ret: the envelope as JSON text, in the arena.
 *
 * ERR_INVALID  data or more is no JSON object; the private key is out of range
 */
MUST_CHECK enum err envelope_seal(struct arena *arena, const struct envelope_keys *keys,
    const char *data, const char *timestamp, const char *more, const char **ret);

struct opened_envelope {
	const struct value *envelope, *data;
	const char *data_json; /* as it was encrypted */
};

/*
 * Exactly what K-10 to K-17 prescribe, or PAY-7 leaves open: all seven fields, upper-case hex,
 * standard base64. What passes here has no mistake that diagnose() names but of keys, time and what
 * the data says, and the other way round.
 *
 * ERR_INVALID  not an envelope, of another appId, or not made with these keys;
 *              what exactly is wrong is for diagnose() to say
 */
MUST_CHECK enum err envelope_open(struct arena *arena, const struct envelope_keys *keys,
    const char *json, size_t size, struct opened_envelope *ret);

#endif
