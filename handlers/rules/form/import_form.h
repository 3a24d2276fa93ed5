#ifndef HANDLERS_RULES_FORM_IMPORT_FORM_H
#define HANDLERS_RULES_FORM_IMPORT_FORM_H

#include "fcgi/http/form.h"

/*
 * Taking a file of the institution catalogue over, after the look at it. Who
 * stands in the catalogue for the regions of the file and not in the file has
 * lost its agreement, or was forgotten in the file: so it ends only when that
 * is asked for, with the number the look found, and said once more when it is
 * more than IMPORT_MISSING_SHARE.
 */
struct import_run_form {
	bool end_missing;
	int64_t missing; /* how many end, as shown */
	bool sure;
};

#define IMPORT_MISSING_SHARE 10 /* percent of what is in force in the regions of the file */

/* Is it so many that one should ask again? */
bool import_many(int64_t missing, int64_t covered);

extern const struct form import_run_form;

#endif
