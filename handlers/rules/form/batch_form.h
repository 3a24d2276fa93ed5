#ifndef HANDLERS_RULES_FORM_BATCH_FORM_H
#define HANDLERS_RULES_FORM_BATCH_FORM_H

#include <stdbool.h>

#include "fcgi/http/form.h"

/* The same decision for several applications, each as the officer saw it. */
#define BATCH_MAX 100
struct batch_form {
	const char *event; /* of decision_choices */
	const char *remark;
	bool security_checked;
	struct text_list items; /* "number:version" */
};

/* A list that was narrowed, and its name. */
struct saved_filter_form {
	const char *name;
	const char *query; /* of the page's address */
};

extern const struct form batch_form;
extern const struct form saved_filter_form;

#endif
