#ifndef HANDLERS_SELFTEST_SELFTEST_H
#define HANDLERS_SELFTEST_SELFTEST_H

#include "fcgi/http/answer.h"
#include "handlers/selftest/diagnosis_answer.h"
#include "sql/application/application.h"
#include "sql/key/sandbox.h"

/* 联调自测 on the public site. */

/*
 * POST /applications/{key}/selftest - takes an envelope apart with the keys of the
 * application's test sheet; the formal ones, where there are any, are tried to
 * tell that the two were mixed up. 200 diagnosis_answer, whether ok or not; the
 * envelope is not kept. 409 while the test sheets are not there.
 */
MUST_CHECK enum err selftest_run(struct req *q);

/* As the detail carries it; from steps on of the last run that passed. */
struct selftest_answer {
	int64_t at, passed_at;
	bool ok;
	ANSWER_ITEMS(struct selftest_step_answer) steps;
	const char *app_id, *digest;
	struct text_list fields;
	const struct sandbox_use *sandbox;
};
extern const struct answer selftest_answer;
/* NULL: it was never run. */
MUST_CHECK enum err
selftest_shown(struct req *q, const struct application *app, const struct selftest_answer **ret);

#endif
