/* The signature: whose it may be, how it may be written, and what becomes of the search. */
#include "handlers/selftest/diagnose_sign.h"

#include <string.h>

#include "fcgi/crypto/digest.h"
#include "fcgi/crypto/sm2_trace.h"
#include "handlers/selftest/envelope.h"
#include "handlers/selftest/sign_search.h"

static void
add_signer(struct search_input *in, const unsigned char key[SM2_PUBLIC_SIZE], enum mistake mistake)
{
	for (size_t i = 0; i < in->nsigners; i++)
		if (memcmp(in->signers[i].key, key, SM2_PUBLIC_SIZE) == 0)
			return;
	memcpy(in->signers[in->nsigners].key, key, SM2_PUBLIC_SIZE);
	in->signers[in->nsigners++].mistake = mistake;
}

static void
find_signers(struct search_input *in)
{
	unsigned char cut[SM2_PRIVATE_SIZE], key[SM2_PUBLIC_SIZE];

	add_signer(in, in->keys->channel_public, MISTAKE_COUNT);
	if (in->keys->has_private) {
		/* 00 and 31 bytes, the last one lost */
		cut[0] = 0;
		memcpy(cut + 1, in->keys->channel_private, SM2_PRIVATE_SIZE - 1);
		if (sm2_public_of(cut, key) == ERR_OK)
			add_signer(in, key, MISTAKE_PRIVATE_KEY_33);
		explicit_bzero(cut, sizeof(cut));
		if (sm2_public_of(in->keys->channel_private, key) == ERR_OK)
			add_signer(in, key, MISTAKE_KEY_PAIR);
	}
	add_signer(in, in->keys->platform_public, MISTAKE_SIGNED_BY_PLATFORM);
	if (in->wrong)
		add_signer(in, in->wrong->channel_public, MISTAKE_ENVIRONMENT);
}

/* Nothing to search for, as most often. */
static bool
is_right(const struct search_input *in)
{
	static const char id[] = "1234567812345678";
	struct diagnosis *d = in->d;
	size_t size = strlen(d->expected);

	if (in->forms[0].count || sm2_verify(in->keys->channel_public, d->expected, size,
				      in->forms[0].signature) != ERR_OK)
		return false;
	sm2_e_of(in->keys->channel_public, id, d->expected, size, d->e);
	d->has_e = true;
	d->inferred = d->expected;
	return true;
}

/* Of the right string, by anything that is no signature. */
static bool
is_digest(const struct search_input *in, const char *text)
{
	const char *string = in->d->expected, *secret = in->keys->app_secret;
	unsigned char bytes[64], digests[3][32];
	size_t size = strlen(text) > 70 ? 0 : sign_bytes(text, bytes, sizeof(bytes));

	if (size != 32)
		return false;
	sm3(string, strlen(string), digests[0]);
	sha256(string, strlen(string), digests[1]);
	sm3_hmac(secret, strlen(secret), string, strlen(string), digests[2]);
	for (size_t i = 0; i < 3; i++)
		if (memcmp(bytes, digests[i], 32) == 0)
			return true;
	return false;
}

void
diagnose_sign(struct arena *arena, const struct selftest_keys *keys,
    const struct selftest_keys *wrong, struct diagnosis *d)
{
	struct search_input *in = ARENA_NEW(arena, struct search_input);
	struct written expected = { .arena = arena };
	const char *text = value_text(d->envelope, "signData");

	envelope_sign_string(&expected, d->envelope, d->data_value, keys->app_secret);
	d->expected = text_of(&expected);
	*in = (struct search_input){ .arena = arena, .keys = keys, .wrong = wrong, .d = d };
	in->nforms = sign_forms(arena, text, in->forms);
	if (in->nforms == 0) {
		bool digest = is_digest(in, text);

		diagnosis_add(d, digest ? MISTAKE_SIGN_IS_DIGEST : MISTAKE_SIGN_MALFORMED);
		d->unexplained |= !digest;
		return;
	}
	if (is_right(in))
		return;
	find_signers(in);
	if (search_sign_string(in))
		return;
	for (size_t i = 0; i < in->forms[0].count; i++)
		diagnosis_add(d, in->forms[0].mistakes[i]);
	diagnosis_add(d, MISTAKE_SIGN_MISMATCH);
	d->unexplained = true;
}
