#ifndef HANDLERS_RULES_BENCH_FORM_H
#define HANDLERS_RULES_BENCH_FORM_H

#include "fcgi/form.h"

/* 联调自测: an envelope made with the test sheet's keys, as its JSON text. */
struct bench_form {
	const char *envelope;
};

extern const struct form bench_form;

#endif
