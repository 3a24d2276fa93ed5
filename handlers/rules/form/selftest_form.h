#ifndef HANDLERS_RULES_FORM_SELFTEST_FORM_H
#define HANDLERS_RULES_FORM_SELFTEST_FORM_H

#include "fcgi/http/form.h"

/* 联调自测: an envelope made with the test sheet's keys, as its JSON text. */
struct selftest_form {
	const char *envelope;
};

extern const struct form selftest_form;

#endif
