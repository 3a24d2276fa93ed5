/* The diagnosis as people and programs read it. */
#include "handlers/selftest/diagnosis_answer.h"

#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/sm.h"
#include "fcgi/crypto/sm2.h"
#include "handlers/selftest/envelope.h"

static const struct answer_row step_rows[] = {
	ANSWER(struct selftest_step_answer, step, .words = selftest_step_words),
	ANSWER(struct selftest_step_answer, text),
	ANSWER(struct selftest_step_answer, state, .words = "passed failed skipped"),
	ANSWER(struct selftest_step_answer, title, .null = true, .about = "of what is wrong"),
};
const struct answer selftest_step_answer =
    ANSWER_TABLE("selftest_step", struct selftest_step_answer, step_rows);

static const struct answer_row mistake_rows[] = {
	ANSWER(struct found_mistake_answer, step, .words = selftest_step_words),
	ANSWER(struct found_mistake_answer, mistake, .words = mistake_words),
	ANSWER(struct found_mistake_answer, title),
	ANSWER(struct found_mistake_answer, advice),
	ANSWER_MANY(struct found_mistake_answer, code, &sample_code_answer,
	    .about = "what does it right"),
};
static const struct answer found_mistake_answer =
    ANSWER_TABLE("found_mistake", struct found_mistake_answer, mistake_rows);

static const struct answer_row rows[] = {
	ANSWER(struct diagnosis_answer, ok),
	ANSWER(struct diagnosis_answer, determined,
	    .about = "all that is wrong is named; else checked and next say how to go on"),
	ANSWER(struct diagnosis_answer, step, .about = "the first that failed, or done"),
	ANSWER(struct diagnosis_answer, mistake, .null = true, .words = mistake_words,
	    .about = "the first of them, as the next two"),
	ANSWER(struct diagnosis_answer, title, .null = true),
	ANSWER(struct diagnosis_answer, advice, .null = true),
	ANSWER_MANY(struct diagnosis_answer, mistakes, &found_mistake_answer),
	ANSWER_MANY(struct diagnosis_answer, steps, &selftest_step_answer),
	ANSWER(struct diagnosis_answer, expected, .null = true,
	    .about = "string to sign, as it should be"),
	ANSWER(struct diagnosis_answer, inferred, .null = true,
	    .about = "what was signed instead, when that was found out"),
	ANSWER(struct diagnosis_answer, signed_e, .null = true,
	    .about = "number that was signed, hex"),
	ANSWER(struct diagnosis_answer, data, .null = true, .about = "as decrypted"),
	ANSWER(struct diagnosis_answer, note, .null = true, .about = "more about a mistake"),
	ANSWER(struct diagnosis_answer, checked, .null = true, .about = "what was tried in vain"),
	ANSWER(struct diagnosis_answer, next, .about = "what to print and compare then"),
};
const struct answer diagnosis_answer = ANSWER_TABLE("diagnosis", struct diagnosis_answer, rows);

/* A step is done when it was reached and nothing of it is wrong. */
static void
show_steps(struct arena *arena, const struct diagnosis *d, struct diagnosis_answer *ret)
{
	struct selftest_step_answer *steps =
	    ARENA_ARRAY(arena, struct selftest_step_answer, STEP_COUNT);
	bool reached = true;

	for (size_t i = 0; i < STEP_COUNT; i++) {
		const struct mistake_info *wrong = NULL;

		for (size_t j = 0; !wrong && j < d->count; j++)
			if (mistakes[d->mistakes[j]].step == (enum selftest_step)i)
				wrong = &mistakes[d->mistakes[j]];
		if (i == STEP_DECRYPT || i == STEP_SIGNATURE)
			reached = d->data_value != NULL;
		if (i == STEP_TIMESTAMP)
			reached = d->envelope != NULL;
		steps[i].step = selftest_steps[i].wire;
		steps[i].text = selftest_steps[i].text;
		steps[i].state = wrong ? "failed" : reached ? "passed" : "skipped";
		steps[i].title = wrong ? wrong->title : NULL;
	}
	ret->steps.items = steps;
	ret->steps.count = STEP_COUNT;
}

/* Beside each mistake, the code that does it right. */
static void
show_mistakes(struct arena *arena, const struct diagnosis *d, struct diagnosis_answer *ret)
{
	struct found_mistake_answer *list =
	    ARENA_ARRAY(arena, struct found_mistake_answer, d->count);

	for (size_t i = 0; i < d->count; i++) {
		const struct mistake_info *info = &mistakes[d->mistakes[i]];

		list[i] = (struct found_mistake_answer){
			.step = selftest_steps[info->step].wire,
			.mistake = info->wire,
			.title = info->title,
			.advice = info->advice,
			.code = { sample_codes(arena, info->sample), SAMPLE_LANGUAGE_COUNT },
		};
	}
	ret->mistakes.items = list;
	ret->mistakes.count = d->count;
}

void
diagnosis_show(struct arena *arena, const struct diagnosis *d, struct diagnosis_answer *ret)
{
	const struct mistake_info *first = d->count ? &mistakes[d->mistakes[0]] : NULL;

	*ret = (struct diagnosis_answer){
		.ok = d->ok,
		.determined = diagnosis_determined(d),
		.step = d->ok ? "done" : selftest_steps[d->step].wire,
		.mistake = first ? first->wire : NULL,
		.title = first ? first->title : NULL,
		.advice = first ? first->advice : NULL,
		.expected = d->expected,
		.inferred = d->inferred,
		.signed_e = d->has_e ? bytes_hex(arena, d->e, sizeof(d->e)) : NULL,
		.data = d->data,
		.note = d->note,
		.checked = d->checked,
		.next = { d->next, d->nnext },
	};
	show_mistakes(arena, d, ret);
	show_steps(arena, d, ret);
}

/* Every place where it stands, in either case, in stars. */
static void
mask(char *text, const char *secret, size_t size)
{
	char *at = text;

	while (at && *at && size) {
		if (strncasecmp(at, secret, size) == 0) {
			memset(at, '*', size);
			at += size;
		} else {
			at++;
		}
	}
}

/* 数字密钥, or the half of it, the key that comes of it, and 渠道私钥. */
static void
mask_keys(struct arena *arena, char *text, const struct selftest_keys *keys)
{
	unsigned char key[SM4_KEY_SIZE];

	mask(text, keys->app_secret, strlen(keys->app_secret));
	mask(text, keys->app_secret, SM4_KEY_SIZE);
	envelope_cipher_key(arena, keys->app_id, keys->app_secret, key);
	mask(text, (const char *)key, sizeof(key));
	explicit_bzero(key, sizeof(key));
	if (keys->has_private) {
		const char *own = bytes_base64(arena, keys->channel_private, SM2_PRIVATE_SIZE);

		mask(text, own, strlen(own));
	}
}

static const char *
masked(struct arena *arena, const char *text, const struct selftest_keys *keys,
    const struct selftest_keys *wrong)
{
	if (!text)
		return NULL;
	char *copy = arena_strndup(arena, text, strlen(text));
	mask_keys(arena, copy, keys);
	if (wrong)
		mask_keys(arena, copy, wrong);
	return copy;
}

void
diagnosis_show_masked(struct arena *arena, const struct diagnosis *d,
    const struct selftest_keys *keys, const struct selftest_keys *wrong,
    struct diagnosis_answer *ret)
{
	diagnosis_show(arena, d, ret);
	ret->expected = masked(arena, d->expected, keys, wrong);
	ret->inferred = masked(arena, d->inferred, keys, wrong);
}
