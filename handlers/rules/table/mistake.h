#ifndef HANDLERS_RULES_TABLE_MISTAKE_H
#define HANDLERS_RULES_TABLE_MISTAKE_H

#include <stddef.h>

/* What the self-test can find wrong with an envelope: the rows of mistake.def. */
enum selftest_step {
#define STEP(name, wire, text) STEP_##name,
#include "handlers/rules/table/mistake.def"
#undef STEP
	STEP_COUNT
};

/* Code that does it right (handlers/selftest/sample.h). */
enum sample {
#define SAMPLE(name, wire, text) SAMPLE_##name,
#include "handlers/rules/table/mistake.def"
#undef SAMPLE
	SAMPLE_COUNT
};

enum mistake {
#define MISTAKE(name, step, sample, wire, title, advice) MISTAKE_##name,
#include "handlers/rules/table/mistake.def"
#undef MISTAKE
	MISTAKE_COUNT
};

struct selftest_step_info {
	const char *wire, *text;
};

struct sample_info {
	const char *wire, *text;
};

struct mistake_info {
	enum selftest_step step;
	enum sample sample;
	const char *wire, *title, *advice;
};

extern const struct selftest_step_info selftest_steps[STEP_COUNT];
extern const struct sample_info samples[SAMPLE_COUNT];
extern const struct mistake_info mistakes[MISTAKE_COUNT];

/* All wire names there are, separated by blanks: `words` of fcgi/http/answer.h. */
extern const char selftest_step_words[], sample_words[], mistake_words[];

#endif
