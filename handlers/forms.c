#include "handlers/forms.h"

/* One line per form; the file that declares it is handlers/rules/<name>_form.h. */
const struct form *const forms[] = {
	NULL,
};
const size_t forms_count = sizeof(forms) / sizeof(forms[0]) - 1;
