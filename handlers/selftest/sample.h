#ifndef HANDLERS_SELFTEST_SAMPLE_H
#define HANDLERS_SELFTEST_SAMPLE_H

#include "fcgi/http/answer.h"
#include "handlers/rules/table/mistake.h"

/*
 * Code that does it right, for people who read a diagnosis: parts of the sample
 * clients under deploy/clients/, which the tests run against the sandbox. The
 * program holds their text; what they show cannot differ from what was tested.
 */
enum sample_language {
	SAMPLE_LANGUAGE_C,
	SAMPLE_LANGUAGE_JAVA,
	SAMPLE_LANGUAGE_JS,
	SAMPLE_LANGUAGE_PYTHON,
	SAMPLE_LANGUAGE_COUNT
};

/* In the arena, without the indentation it has in common. Never NULL: "" when it is not there. */
const char *sample_code(struct arena *arena, enum sample sample, enum sample_language language);

/* As answers carry it. */
struct sample_code_answer {
	const char *language, *text;
};
extern const struct answer sample_code_answer;
/* In all languages, SAMPLE_LANGUAGE_COUNT of them, in the arena. */
const struct sample_code_answer *sample_codes(struct arena *arena, enum sample sample);

#endif
