#ifndef HANDLERS_SITE_FORMS_H
#define HANDLERS_SITE_FORMS_H

#include "fcgi/http/form.h"

/* Every form of the program, for rules.json; handlers use theirs by name. */
extern const struct form *const forms[];
extern const size_t forms_count;

#endif
