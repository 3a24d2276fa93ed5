#include "handlers/forms.h"

#include "handlers/rules/acceptance_form.h"
#include "handlers/rules/application_form.h"
#include "handlers/rules/channel_key_form.h"
#include "handlers/rules/decision_form.h"
#include "handlers/rules/discard_form.h"
#include "handlers/rules/reveal_form.h"
#include "handlers/rules/submission_form.h"

/* One line per form; the file that declares it is handlers/rules/<name>_form.h. */
const struct form *const forms[] = {
	&acceptance_form,
	&application_form,
	&channel_key_form,
	&decision_form,
	&discard_form,
	&reveal_form,
	&submission_form,
	NULL,
};
const size_t forms_count = sizeof(forms) / sizeof(forms[0]) - 1;
