#ifndef HANDLERS_RULES_FORM_REVEAL_FORM_H
#define HANDLERS_RULES_FORM_REVEAL_FORM_H

#include "fcgi/http/form.h"

/* 查看完整号码: which masked value a reviewer asks to see in full. One member per row. */
struct reveal_form {
	const char *field; /* of reveal_choices */
};

extern const struct choice reveal_choices[];
extern const struct form reveal_form;

#endif
