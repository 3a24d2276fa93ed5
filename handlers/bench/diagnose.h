#ifndef HANDLERS_BENCH_DIAGNOSE_H
#define HANDLERS_BENCH_DIAGNOSE_H

#include <jansson.h>
#include <stdint.h>

#include "fcgi/sm.h"
#include "handlers/bench/value.h"
#include "handlers/rules/mistake.h"

/*
 * The joint-test bench (联调自测, A-83): takes an envelope that a channel made
 * with its sheet's keys apart, step by step, and names the mistake where it
 * fails, by trying the mistakes there are. Pure. A right one takes 3 ms; one of
 * BENCH_MAX bytes that no mistake explains up to half a second and 3 MiB of the
 * arena.
 */
#define BENCH_MAX ((size_t)16 * 1024)
#define BENCH_TIME_MAX (48 * 3600) /* seconds a timestamp may be off */

struct bench_keys {
	const char *app_id, *app_secret;
	unsigned char channel_public[SM2_PUBLIC_SIZE];
	unsigned char platform_public[SM2_PUBLIC_SIZE];
	bool other_form;  /* one was not written as on the sheet */
	bool has_private; /* without it fewer mistakes can be told apart */
	unsigned char channel_private[SM2_PRIVATE_SIZE];
};

#define DIAGNOSIS_MAX 6

struct diagnosis {
	bool ok;
	enum bench_step step;                 /* the first that failed; STEP_COUNT when ok */
	enum mistake mistakes[DIAGNOSIS_MAX]; /* without repeats; the first is the headline */
	size_t count;
	const char *expected;           /* sign string; NULL while nothing was decrypted */
	const char *inferred;           /* what was signed instead; NULL when not found out */
	const char *data;               /* as decrypted, in UTF-8; NULL */
	const struct value *envelope;   /* NULL when it could not be read */
	const struct value *data_value; /* NULL as well */
	unsigned char e[32];            /* the number that was signed */
	bool has_e;
};

/*
 * `wrong`: the keys of the other environment, whose use is then told from
 * other mistakes; NULL when there are none. now: Unix seconds.
 */
void diagnose(struct arena *arena, const struct bench_keys *keys, const struct bench_keys *wrong,
    const char *json, size_t size, int64_t now, struct diagnosis *ret);

/*
 * Unix seconds of a timestamp that looks like a time: seconds, milliseconds or
 * yyyyMMddHHmmss (with or without milliseconds), as a text or a number; 0 of
 * anything else, NULL as well: it is opaque then.
 */
int64_t bench_time(const struct value *timestamp);

/*
 * KEYS.json of `portal bench check`: {appId, appSecret, channelPublicKey,
 * channelPrivateKey, platformPublicKey} as on the sheet, further members for
 * any use. channelPrivateKey may be missing. Keys in other forms (hex, PEM,
 * PKCS#8, SPKI …) are read too, and named by diagnose().
 *
 * ERR_INVALID  *ret_mistake says why
 */
MUST_CHECK enum err bench_keys_read(struct arena *arena, const char *json, size_t size,
    struct bench_keys *ret, enum mistake *ret_mistake);

/* {ok, step, mistake, title, advice, mistakes, steps, expected, inferred}. The caller's. */
json_t *diagnosis_json(struct arena *arena, const struct diagnosis *diagnosis);
/* The same for an answer that is shown or kept: the 数字密钥 is not in it. */
json_t *
diagnosis_json_masked(struct arena *arena, const struct diagnosis *diagnosis, const char *secret);
/* What goes into a transcript: no values of the envelope. */
json_t *diagnosis_steps_json(const struct diagnosis *diagnosis);

#endif
