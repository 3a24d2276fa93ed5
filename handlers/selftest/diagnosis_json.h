#ifndef HANDLERS_SELFTEST_DIAGNOSIS_JSON_H
#define HANDLERS_SELFTEST_DIAGNOSIS_JSON_H

#include <jansson.h>

#include "handlers/selftest/diagnosis.h"

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
