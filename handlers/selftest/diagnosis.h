#ifndef HANDLERS_SELFTEST_DIAGNOSIS_H
#define HANDLERS_SELFTEST_DIAGNOSIS_H

#include <stdint.h>

#include "fcgi/crypto/sm2.h"
#include "handlers/rules/table/mistake.h"
#include "handlers/selftest/value.h"

/* What is known of an envelope while it is taken apart, and with which keys. */
struct selftest_keys {
	const char *app_id, *app_secret;
	unsigned char channel_public[SM2_PUBLIC_SIZE];
	unsigned char platform_public[SM2_PUBLIC_SIZE];
	bool other_form;  /* one was not written as on the sheet */
	bool has_private; /* without it fewer mistakes can be told apart */
	unsigned char channel_private[SM2_PRIVATE_SIZE];
};

#define DIAGNOSIS_MAX 12
#define DIAGNOSIS_NEXT_MAX 4

struct diagnosis {
	bool ok;
	enum selftest_step step;              /* the first that failed; STEP_COUNT when ok */
	enum mistake mistakes[DIAGNOSIS_MAX]; /* without repeats; the first is the headline */
	size_t count;
	bool strict; /* what some platforms do differently is a mistake, too */
	enum mistake differences[DIAGNOSIS_MAX]; /* else it is one of these */
	size_t ndifferences;
	const char *expected;           /* sign string; NULL while nothing was decrypted */
	const char *inferred;           /* what was signed instead; NULL when not found out */
	const char *note;               /* more about one of the mistakes; NULL */
	const char *data;               /* as decrypted, in UTF-8; NULL */
	const struct value *envelope;   /* NULL when it could not be read */
	const struct value *sent;       /* the same with the names it came with */
	const struct value *data_value; /* NULL as well */
	unsigned char e[32];            /* the number that was signed */
	bool has_e;
	const char *checked; /* what was tried in vain; NULL when all could be told */
	const char *next[DIAGNOSIS_NEXT_MAX]; /* what to print and compare then */
	size_t nnext;
	bool unexplained; /* decryption or signature: none of the known mistakes explains it */
};

/* PAY-7: some platforms do so, and take it. */
bool mistake_is_difference(enum mistake mistake);
/* Once, in its place among those there are; d->step becomes the first that failed. MISTAKE_COUNT: none. */
void diagnosis_add(struct diagnosis *d, enum mistake mistake);
/* Every step was taken, and what is wrong with each is named: nothing else is. */
bool diagnosis_determined(const struct diagnosis *diagnosis);

#endif
