#ifndef HANDLERS_SELFTEST_DIAGNOSIS_ANSWER_H
#define HANDLERS_SELFTEST_DIAGNOSIS_ANSWER_H

#include "handlers/selftest/diagnosis.h"
#include "handlers/selftest/sample.h"

/* The diagnosis as people and programs read it. */

/* A step as people read it: passed, failed, or not reached. */
struct selftest_step_answer {
	const char *step, *text, *state, *title;
};
extern const struct answer selftest_step_answer;

/* One that was found, with the code that does it right. */
struct found_mistake_answer {
	const char *step, *mistake, *title, *advice;
	ANSWER_ITEMS(struct sample_code_answer) code;
};

struct diagnosis_answer {
	bool ok, determined;
	const char *step, *mistake, *title, *advice;
	ANSWER_ITEMS(struct found_mistake_answer) mistakes;
	ANSWER_ITEMS(struct found_mistake_answer) differences;
	ANSWER_ITEMS(struct selftest_step_answer) steps;
	const char *expected, *inferred, *signed_e, *data, *note, *checked;
	struct text_list next;
};
extern const struct answer diagnosis_answer;

/* In the arena. */
void diagnosis_show(struct arena *arena, const struct diagnosis *diagnosis,
    struct diagnosis_answer *ret);
/*
 * The same for an answer that is shown or kept: 数字密钥, 渠道私钥 and what comes of them are not in
 * it. wrong: the other keys that were given to diagnose(), or NULL.
 */
void diagnosis_show_masked(struct arena *arena, const struct diagnosis *diagnosis,
    const struct selftest_keys *keys, const struct selftest_keys *wrong,
    struct diagnosis_answer *ret);

/* d->checked and d->next, when not all could be told. */
void diagnosis_hint(struct arena *arena, const struct selftest_keys *keys, struct diagnosis *d);

#endif
