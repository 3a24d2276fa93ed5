#ifndef HANDLERS_RULES_FORM_SUBMISSION_FORM_H
#define HANDLERS_RULES_FORM_SUBMISSION_FORM_H

#include <stdint.h>

#include "fcgi/http/form.h"

/* 提交 and 提交审核: which version of the stored draft is meant. One member per row. */
struct submission_form {
	int64_t version;
};

extern const struct form submission_form;

#endif
