#include "handlers/rules/table/mistake.h"

const struct selftest_step_info selftest_steps[STEP_COUNT] = {
#define STEP(name, wire, text) [STEP_##name] = { wire, text },
#include "handlers/rules/table/mistake.def"
#undef STEP
};

const struct sample_info samples[SAMPLE_COUNT] = {
#define SAMPLE(name, wire, text) [SAMPLE_##name] = { wire, text },
#include "handlers/rules/table/mistake.def"
#undef SAMPLE
};

const struct mistake_info mistakes[MISTAKE_COUNT] = {
#define MISTAKE(name, step, sample, wire, title, advice)                                           \
	[MISTAKE_##name] = { STEP_##step, SAMPLE_##sample, wire, title, advice },
#include "handlers/rules/table/mistake.def"
#undef MISTAKE
};

const char selftest_step_words[] =
#define STEP(name, wire, text) " " wire
#include "handlers/rules/table/mistake.def"
#undef STEP
    ;
const char sample_words[] =
#define SAMPLE(name, wire, text) " " wire
#include "handlers/rules/table/mistake.def"
#undef SAMPLE
    ;
const char mistake_words[] =
#define MISTAKE(name, step, sample, wire, title, advice) " " wire
#include "handlers/rules/table/mistake.def"
#undef MISTAKE
    ;
