#ifndef HANDLERS_SELFTEST_SIGN_MATCH_H
#define HANDLERS_SELFTEST_SIGN_MATCH_H

#include "fcgi/crypto/sm2.h"
#include "handlers/selftest/diagnosis.h"
#include "handlers/selftest/sign_form.h"

/* Whose the signature may be. */
#define SIGNERS_MAX 6
struct signer {
	unsigned char key[SM2_PUBLIC_SIZE];
	enum mistake mistake; /* MISTAKE_COUNT: the right one */
};

/* What the search goes by, and d, where what it finds is named. */
struct search_input {
	struct arena *arena;
	const struct selftest_keys *keys, *wrong;
	struct diagnosis *d;
	struct signer signers[SIGNERS_MAX];
	size_t nsigners;
	struct sign_form forms[FORMS_MAX];
	size_t nforms;
};
/* A signature as one form and one key have it, and the number that was signed then. */
struct sign_target {
	const struct signer *signer;
	const struct sign_form *form;
	unsigned char e[32];
};
struct match {
	const struct sign_target *target;
	enum mistake mistakes[2]; /* of the algorithm */
	size_t count;
};
enum effort { RARE_IDS = 1, ALL_SIGNERS = 2, DIGESTS = 4, ECDSA = 8 };

struct matcher;
/* In the arena. */
struct matcher *matcher_new(const struct search_input *in);
/* Were these bytes signed? *ret_work: bytes that were digested to know it. */
bool matcher_try(struct matcher *matcher, const struct written *bytes, unsigned effort,
    struct match *ret, size_t *ret_work);

#endif
