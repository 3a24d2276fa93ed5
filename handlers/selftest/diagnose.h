#ifndef HANDLERS_SELFTEST_DIAGNOSE_H
#define HANDLERS_SELFTEST_DIAGNOSE_H

#include <jansson.h>
#include <stdint.h>

#include "fcgi/crypto/sm2.h"
#include "handlers/rules/table/mistake.h"
#include "handlers/selftest/value.h"

/*
 * The joint-test bench (联调自测, A-83): takes an envelope that a channel made
 * with its sheet's keys apart, step by step, and names the mistake where it
 * fails, by trying the mistakes there are. Pure. A right one takes 3 ms; one of
 * SELFTEST_MAX bytes that no mistake explains up to half a second and 3 MiB of the
 * arena.
 */
#define SELFTEST_MAX ((size_t)16 * 1024)
#define SELFTEST_TIME_MAX (48 * 3600) /* seconds an envelope may be old */

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

/*
 * `wrong`: the keys of the other environment, whose use is then told from
 * other mistakes; NULL when there are none. now: Unix seconds.
 */
void
diagnose(struct arena *arena, const struct selftest_keys *keys, const struct selftest_keys *wrong,
    const char *json, size_t size, int64_t now, struct diagnosis *ret);

/*
 * Unix seconds of a timestamp that looks like a time: seconds, milliseconds or
 * yyyyMMddHHmmss (with or without milliseconds), as a text or a number, or with
 * signs between (2026-11-23 14:00:00, which with a Z is of UTC); 0 of
 * anything else, NULL as well: it is opaque then.
 */
int64_t selftest_time(const struct value *timestamp);
/* Too far ahead, by eight hours, or older than that; MISTAKE_COUNT: neither, or opaque. */
enum mistake selftest_time_mistake(const struct value *timestamp, int64_t now, int64_t oldest);

/*
 * KEYS.json of `portal bench check`: {appId, appSecret, channelPublicKey,
 * channelPrivateKey, platformPublicKey} as on the sheet, further members for
 * any use. channelPrivateKey may be missing. Keys in other forms (hex, PEM,
 * PKCS#8, SPKI …) are read too, and named by diagnose().
 *
 * ERR_INVALID  *ret_mistake says why
 */
MUST_CHECK enum err selftest_keys_read(struct arena *arena, const char *json, size_t size,
    struct selftest_keys *ret, enum mistake *ret_mistake);

/* Every step was taken, and what is wrong with each is named: nothing else is. */
bool diagnosis_determined(const struct diagnosis *diagnosis);

/*
 * {ok, determined, step, mistake, title, advice, mistakes, steps, expected, inferred, note, signed_e,
 * data, checked, next}. The caller's.
 */
json_t *diagnosis_json(struct arena *arena, const struct diagnosis *diagnosis);
/*
 * The same for an answer that is shown or kept: 数字密钥, 渠道私钥 and what comes of them are not in
 * it. wrong: the other keys that were given to diagnose(), or NULL.
 */
json_t *diagnosis_json_masked(struct arena *arena, const struct diagnosis *diagnosis,
    const struct selftest_keys *keys, const struct selftest_keys *wrong);
/* What goes into a transcript: no values of the envelope. */
json_t *diagnosis_steps_json(const struct diagnosis *diagnosis);

#endif
