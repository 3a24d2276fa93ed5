/*
 * Does a signature belong to these bytes? The number e that was signed comes out of it
 * (fcgi/crypto/sm2_trace.h), one for each way to write it and each key it may be of; bytes whose digest is
 * such an e were signed: that is proof, nothing less is.
 */
#include "handlers/selftest/sign_match.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "fcgi/crypto/digest.h"
#include "fcgi/crypto/sm2_trace.h"

#define TARGETS_MAX (SIGNERS_MAX * FORMS_MAX)
#define IDS_MAX 64
#define IDS_COMMON 2
#define ECDSA_WORK ((size_t)200 << 10) /* bytes digested in the time of a verification */

static const char *const user_ids[] = { "1234567812345678", "", "1234567812345678\n",
	"31323334353637383132333435363738", "MTIzNDU2NzgxMjM0NTY3OA==", "1234567887654321",
	"8765432187654321", "1234567890123456", "12345678", "123456", "1234", "123456789",
	"1234567890", "0", "1", "ALICE123@YAHOO.COM", "BILL456@YAHOO.COM", "alice@example.com",
	"userId", "userid", "user", "test", "testUserId", "TEST", "admin", "default", "sm2", "SM2",
	"id", "ID", "abc", "hello", "channel", "platform", "other", "wrong", "someone",
	"someone-else", "0000000000000000", "1111111111111111", "12345678abcdefgh",
	"abcdefghijklmnop", "9999999999999999" };

struct matcher {
	const struct search_input *in;
	struct sign_target targets[TARGETS_MAX];
	size_t ntargets;
	unsigned char z[SIGNERS_MAX][IDS_MAX][SM3_SIZE];
	unsigned char z_other[SM3_SIZE]; /* of the platform's key */
	size_t nids, work;
};

struct matcher *
matcher_new(const struct search_input *in)
{
	struct matcher *s = ARENA_NEW(in->arena, struct matcher);
	const struct selftest_keys *keys = in->keys;
	const char *own[] = { keys->app_id, keys->app_secret,
		arena_printf(in->arena, "%.16s", keys->app_id) };
	size_t common = COUNT(user_ids);

	s->in = in;
	s->nids = common + COUNT(own);
	for (size_t i = 0; i < s->in->nsigners; i++) {
		for (size_t j = 0; j < s->nids; j++)
			sm2_z_of(s->in->signers[i].key, j < common ? user_ids[j] : own[j - common],
			    s->z[i][j]);
		for (size_t j = 0; j < s->in->nforms; j++) {
			struct sign_target *t = &s->targets[s->ntargets];

			t->signer = &s->in->signers[i];
			t->form = &s->in->forms[j];
			if (sm2_signed_e(t->signer->key, t->form->signature, t->e) == ERR_OK)
				s->ntargets++;
		}
	}
	sm2_z_of(keys->platform_public, user_ids[0], s->z_other);
	return s;
}

static bool
is_target(const struct matcher *s, const unsigned char e[SM2_E_SIZE], const struct signer *signer,
    struct match *ret)
{
	for (size_t i = 0; i < s->ntargets; i++)
		if ((!signer || s->targets[i].signer == signer) &&
		    memcmp(s->targets[i].e, e, SM2_E_SIZE) == 0) {
			ret->target = &s->targets[i];
			return true;
		}
	return false;
}

static bool
is(struct match *ret, enum mistake mistake)
{
	if (mistake != MISTAKE_COUNT)
		ret->mistakes[ret->count++] = mistake;
	return true;
}

/* With Z of one of the keys and a user id. */
static bool
try_ids(struct matcher *s, const void *bytes, size_t size, unsigned effort, struct match *ret)
{
	size_t signers = effort & ALL_SIGNERS ? s->in->nsigners : 1;
	size_t ids = effort & RARE_IDS ? s->nids : IDS_COMMON;
	unsigned char e[SM2_E_SIZE];

	s->work += signers * ids * size;
	for (size_t i = 0; i < signers; i++)
		for (size_t j = 0; j < ids; j++) {
			sm2_e_from(s->z[i][j], bytes, size, e);
			if (is_target(s, e, &s->in->signers[i], ret))
				return is(ret, j == 0   ? MISTAKE_COUNT
					       : j == 1 ? MISTAKE_USER_ID_EMPTY
							: MISTAKE_USER_ID_OTHER);
		}
	return false;
}

/* No Z at all; or the Z of another key. */
static bool
try_plain(struct matcher *s, const void *bytes, size_t size, struct match *ret)
{
	unsigned char digest[32], e[SM2_E_SIZE];

	s->work += 4 * size;
	sm3(bytes, size, digest);
	sm2_e_reduce(digest, sizeof(digest), e);
	if (is_target(s, e, NULL, ret))
		return is(ret, MISTAKE_SIGN_WITHOUT_Z);
	sm2_e_reduce(bytes, size, e);
	if (is_target(s, e, NULL, ret))
		return is(ret, MISTAKE_SIGN_WITHOUT_Z);
	sha256(bytes, size, digest);
	sm2_e_reduce(digest, sizeof(digest), e);
	if (is_target(s, e, NULL, ret))
		return is(ret, MISTAKE_SIGN_WITHOUT_Z);
	sm2_e_from(s->z_other, bytes, size, e);
	return is_target(s, e, NULL, ret) && is(ret, MISTAKE_SIGN_Z_OTHER_KEY);
}

/* A digest was taken for the message: as text in either case, or as bytes. */
static bool
try_digests(struct matcher *s, const void *bytes, size_t size, unsigned effort, struct match *ret)
{
	unsigned char digests[2][32];

	sm3(bytes, size, digests[0]);
	sha256(bytes, size, digests[1]);
	for (size_t i = 0; i < 2; i++) {
		const struct {
			const void *bytes;
			size_t size;
		} messages[] = { { bytes_hex(s->in->arena, digests[i], 32), 64 },
			{ bytes_hex_upper(s->in->arena, digests[i], 32), 64 }, { digests[i], 32 },
			{ bytes_base64(s->in->arena, digests[i], 32), 44 } };

		for (size_t j = 0; j < COUNT(messages); j++)
			if (try_ids(s, messages[j].bytes, messages[j].size, effort, ret))
				return is(ret, MISTAKE_SIGN_DIGEST);
	}
	return false;
}

/* ECDSA gives no e: each digest is verified. */
static bool
try_ecdsa(struct matcher *s, const void *bytes, size_t size, struct match *ret)
{
	const struct signer *own = &s->in->signers[0];
	unsigned char digests[3][32];

	s->work += 3 * ECDSA_WORK;
	sm3(bytes, size, digests[0]);
	sha256(bytes, size, digests[1]);
	sm2_e_from(s->z[0][0], bytes, size, digests[2]);
	for (size_t i = 0; i < s->ntargets; i++)
		for (size_t j = 0; j < 3 && s->targets[i].signer == own; j++)
			if (sm2_is_ecdsa(own->key, s->targets[i].form->signature, digests[j])) {
				ret->target = &s->targets[i];
				return is(ret, MISTAKE_SIGN_ECDSA);
			}
	return false;
}

bool
matcher_try(struct matcher *s, const struct written *bytes, unsigned effort, struct match *ret,
    size_t *ret_work)
{
	const void *at = bytes->bytes;
	size_t size = bytes->size;

	*ret = (struct match){ 0 };
	s->work = 0;
	bool good = try_ids(s, at, size, effort, ret) || try_plain(s, at, size, ret) ||
		    (effort & DIGESTS && try_digests(s, at, size, effort, ret)) ||
		    (effort & ECDSA && try_ecdsa(s, at, size, ret));
	*ret_work = s->work;
	return good;
}
