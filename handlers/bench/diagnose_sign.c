/*
 * How signData was made. The number e that was signed comes out of the
 * signature (fcgi/sm2_trace.h), one for each way to write it and each key it
 * may be of; every guess about the sign string then costs a few digests.
 */
#include <string.h>

#include "fcgi/sm2_trace.h"
#include "handlers/bench/diagnose_part.h"
#include "handlers/bench/envelope.h"

#define SIGNERS_MAX 6
#define TARGETS_MAX (SIGNERS_MAX * FORMS_MAX)

struct signer {
	unsigned char key[SM2_PUBLIC_SIZE];
	enum mistake mistake; /* MISTAKE_COUNT: the right one */
};

struct target {
	const struct signer *signer;
	const struct sign_form *form;
	unsigned char e[SM2_E_SIZE];
};

struct search {
	struct arena *arena;
	const struct bench_keys *keys, *wrong;
	struct diagnosis *d;
	struct signer signers[SIGNERS_MAX];
	size_t nsigners;
	struct sign_form forms[FORMS_MAX];
	size_t nforms;
	struct target targets[TARGETS_MAX];
	size_t ntargets;
	struct knob knobs[KNOBS_MAX];
	size_t nknobs;
	struct text string, gbk; /* used over and over */
};

/* User ids seen in examples and defaults of libraries. */
static const char *const user_ids[] = { "1234567812345678\n", "31323334353637383132333435363738",
	"1234567887654321", "8765432187654321", "1234567890123456", "12345678", "123456", "1234",
	"123456789", "1234567890", "0", "1", "ALICE123@YAHOO.COM", "BILL456@YAHOO.COM",
	"alice@example.com", "userId", "userid", "user", "test", "testUserId", "TEST", "admin",
	"default", "sm2", "SM2", "id", "ID", "abc", "hello", "channel", "platform", "other",
	"wrong", "someone", "someone-else", "0000000000000000", "1111111111111111",
	"12345678abcdefgh", "abcdefghijklmnop", "9999999999999999" };

static void
add_signer(struct search *s, const unsigned char key[SM2_PUBLIC_SIZE], enum mistake mistake)
{
	for (size_t i = 0; i < s->nsigners; i++)
		if (memcmp(s->signers[i].key, key, SM2_PUBLIC_SIZE) == 0)
			return;
	memcpy(s->signers[s->nsigners].key, key, SM2_PUBLIC_SIZE);
	s->signers[s->nsigners++].mistake = mistake;
}

/* Whose the signature may be. */
static void
find_signers(struct search *s)
{
	unsigned char cut[SM2_PRIVATE_SIZE], key[SM2_PUBLIC_SIZE];

	add_signer(s, s->keys->channel_public, MISTAKE_COUNT);
	if (s->keys->has_private) {
		/* 00 and 31 bytes, the last one lost */
		cut[0] = 0;
		memcpy(cut + 1, s->keys->channel_private, SM2_PRIVATE_SIZE - 1);
		if (sm2_public_of(cut, key) == ERR_OK)
			add_signer(s, key, MISTAKE_PRIVATE_KEY_33);
		explicit_bzero(cut, sizeof(cut));
		if (sm2_public_of(s->keys->channel_private, key) == ERR_OK)
			add_signer(s, key, MISTAKE_KEY_PAIR);
	}
	add_signer(s, s->keys->platform_public, MISTAKE_SIGNED_BY_PLATFORM);
	if (s->wrong)
		add_signer(s, s->wrong->channel_public, MISTAKE_ENVIRONMENT);
}

static void
find_targets(struct search *s)
{
	for (size_t i = 0; i < s->nsigners; i++)
		for (size_t j = 0; j < s->nforms; j++) {
			struct target *t = &s->targets[s->ntargets];

			t->signer = &s->signers[i];
			t->form = &s->forms[j];
			if (sm2_signed_e(t->signer->key, t->form->signature, t->e) == ERR_OK)
				s->ntargets++;
		}
}

static void
found(struct search *s, const struct target *target, enum mistake algorithm, const struct guess *g)
{
	struct diagnosis *d = s->d;
	struct text copy = { .arena = s->arena };

	if (target->signer->mistake != MISTAKE_COUNT)
		diagnosis_add(d, target->signer->mistake);
	if (algorithm != MISTAKE_COUNT)
		diagnosis_add(d, algorithm);
	if (target->form->mistake != MISTAKE_COUNT)
		diagnosis_add(d, target->form->mistake);
	memcpy(d->e, target->e, sizeof(d->e));
	d->has_e = true;
	guess_string(&copy, g, s->keys, d);
	d->inferred = text_of(&copy);
}

static bool
is_target(const struct search *s, const unsigned char e[SM2_E_SIZE], const struct signer *signer,
    const struct target **ret)
{
	for (size_t i = 0; i < s->ntargets; i++)
		if ((!signer || s->targets[i].signer == signer) &&
		    memcmp(s->targets[i].e, e, SM2_E_SIZE) == 0) {
			*ret = &s->targets[i];
			return true;
		}
	return false;
}

struct message {
	const char *bytes;
	size_t size;
	bool rare; /* also look for rare user ids */
};

/* Under one key: the user ids. */
static bool
try_ids(struct search *s, const struct message *m, const struct signer *signer,
    const struct target **ret, enum mistake *ret_algorithm)
{
	const char *more[] = { "1234567812345678", "", s->keys->app_id, s->keys->app_secret,
		arena_printf(s->arena, "%.16s", s->keys->app_id) };
	unsigned char e[SM2_E_SIZE];
	size_t count = m->rare ? 5 : 2;

	for (size_t i = 0; i < count + (m->rare ? sizeof(user_ids) / sizeof(user_ids[0]) : 0);
	     i++) {
		sm2_e_of(signer->key, i < count ? more[i] : user_ids[i - count], m->bytes, m->size,
		    e);
		if (!is_target(s, e, signer, ret))
			continue;
		*ret_algorithm = i == 0   ? MISTAKE_COUNT
				 : i == 1 ? MISTAKE_USER_ID_EMPTY
					  : MISTAKE_USER_ID_OTHER;
		return true;
	}
	return false;
}

/* Under any key: no Z at all; or the Z of another key. */
static bool
try_plain(struct search *s, const struct message *m, const struct target **ret,
    enum mistake *ret_algorithm)
{
	unsigned char digest[32], e[SM2_E_SIZE];

	*ret_algorithm = MISTAKE_SIGN_WITHOUT_Z;
	sm3(m->bytes, m->size, digest);
	sm2_e_reduce(digest, sizeof(digest), e);
	if (is_target(s, e, NULL, ret))
		return true;
	sm2_e_reduce(m->bytes, m->size, e);
	if (is_target(s, e, NULL, ret))
		return true;
	sm2_sha256(m->bytes, m->size, digest);
	sm2_e_reduce(digest, sizeof(digest), e);
	if (is_target(s, e, NULL, ret))
		return true;
	*ret_algorithm = MISTAKE_SIGN_Z_OTHER_KEY;
	sm2_e_of(s->keys->platform_public, "1234567812345678", m->bytes, m->size, e);
	return is_target(s, e, NULL, ret);
}

/* ECDSA gives no e: each digest is verified. */
static bool
try_ecdsa(struct search *s, const struct message *m, const struct target **ret)
{
	unsigned char digests[3][32];

	sm3(m->bytes, m->size, digests[0]);
	sm2_sha256(m->bytes, m->size, digests[1]);
	sm2_e_of(s->keys->channel_public, "1234567812345678", m->bytes, m->size, digests[2]);
	for (size_t i = 0; i < s->ntargets; i++)
		for (size_t j = 0; j < 3; j++)
			if (s->targets[i].signer == &s->signers[0] &&
			    sm2_is_ecdsa(s->signers[0].key, s->targets[i].form->signature,
				digests[j])) {
				*ret = &s->targets[i];
				return true;
			}
	return false;
}

/* The digest of the right string was taken for the message: as text in either case, as bytes. */
static bool
try_digests(struct search *s)
{
	const struct guess right = { 0 };
	const struct target *target = NULL;
	enum mistake algorithm;
	unsigned char digest[32];

	guess_string(&s->string, &right, s->keys, s->d);
	sm3(s->string.bytes, s->string.size, digest);
	const struct message messages[] = { { sm_hex(s->arena, digest, 32), 64, false },
		{ sm_hex_upper(s->arena, digest, 32), 64, false },
		{ (const char *)digest, 32, false } };
	for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
		if (try_ids(s, &messages[i], &s->signers[0], &target, &algorithm)) {
			diagnosis_add(s->d, MISTAKE_SIGN_DIGEST);
			found(s, target, algorithm, &right);
			return true;
		}
	return false;
}

enum depth { DEPTH_ALL, DEPTH_KEYS, DEPTH_PAIRS };

static bool
try_guess(struct search *s, const struct guess *guess, enum depth depth)
{
	const struct target *target = NULL;
	enum mistake algorithm = MISTAKE_SIGN_ECDSA;
	bool good = false;

	guess_string(&s->string, guess, s->keys, s->d);
	struct message m = { s->string.bytes, s->string.size, depth == DEPTH_ALL };
	if (guess->gbk) {
		s->gbk.size = 0;
		if (!text_to_gbk(&s->gbk, m.bytes, m.size))
			return false;
		m.bytes = s->gbk.bytes;
		m.size = s->gbk.size;
	}
	for (size_t i = 0; !good && i < (depth == DEPTH_PAIRS ? 1 : s->nsigners); i++)
		good = try_ids(s, &m, &s->signers[i], &target, &algorithm);
	if (!good)
		good = try_plain(s, &m, &target, &algorithm);
	if (!good && depth == DEPTH_ALL) {
		algorithm = MISTAKE_SIGN_ECDSA;
		good = try_ecdsa(s, &m, &target);
	}
	if (good)
		found(s, target, algorithm, guess);
	return good;
}

/* The right string, then one thing different, then two, then no order at all. */
static bool
search(struct search *s)
{
	struct guess right = { 0 };

	if (try_guess(s, &right, DEPTH_ALL) || try_digests(s))
		return true;
	for (size_t i = 0; i < s->nknobs; i++) {
		struct guess one = right;

		guess_turn(&one, &s->knobs[i]);
		if (try_guess(s, &one, DEPTH_KEYS)) {
			diagnosis_add(s->d, s->knobs[i].mistake);
			return true;
		}
	}
	for (size_t i = 0; i < KNOBS_COMMON; i++)
		for (size_t j = i + 1; j < KNOBS_COMMON; j++) {
			struct guess two = right;

			if (s->knobs[i].family == s->knobs[j].family)
				continue;
			guess_turn(&two, &s->knobs[i]);
			guess_turn(&two, &s->knobs[j]);
			if (try_guess(s, &two, DEPTH_PAIRS)) {
				diagnosis_add(s->d, s->knobs[i].mistake);
				diagnosis_add(s->d, s->knobs[j].mistake);
				return true;
			}
		}
	struct guess raw = { .raw_data = true };
	if (!try_guess(s, &raw, DEPTH_KEYS))
		return false;
	diagnosis_add(s->d, MISTAKE_DATA_AS_SENT);
	return true;
}

/* Nothing to search for, as most often. */
static bool
is_right(struct search *s)
{
	static const char id[] = "1234567812345678";
	struct diagnosis *d = s->d;
	size_t size = strlen(d->expected);

	if (s->forms[0].mistake != MISTAKE_COUNT ||
	    sm2_verify(s->keys->channel_public, d->expected, size, s->forms[0].signature) != ERR_OK)
		return false;
	sm2_e_of(s->keys->channel_public, id, d->expected, size, d->e);
	d->has_e = true;
	d->inferred = d->expected;
	return true;
}

void
diagnose_sign(struct arena *arena, const struct bench_keys *keys, const struct bench_keys *wrong,
    struct diagnosis *d)
{
	struct search *s = ARENA_NEW(arena, struct search);
	struct text expected = { .arena = arena };

	envelope_sign_string(&expected, d->envelope, d->data_value, keys->app_secret);
	d->expected = text_of(&expected);
	*s = (struct search){ .arena = arena,
		.keys = keys,
		.wrong = wrong,
		.d = d,
		.string.arena = arena,
		.gbk.arena = arena };
	s->nforms = sign_forms(value_text(d->envelope, "signData"), s->forms);
	if (s->nforms == 0) {
		diagnosis_add(d, MISTAKE_SIGN_MALFORMED);
		return;
	}
	if (is_right(s))
		return;
	find_signers(s);
	find_targets(s);
	s->nknobs = guess_knobs(arena, keys, wrong, d, s->knobs);
	if (search(s))
		return;
	if (s->forms[0].mistake != MISTAKE_COUNT)
		diagnosis_add(d, s->forms[0].mistake);
	diagnosis_add(d, MISTAKE_SIGN_MISMATCH);
}
