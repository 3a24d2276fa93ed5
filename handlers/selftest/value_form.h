#ifndef HANDLERS_SELFTEST_VALUE_FORM_H
#define HANDLERS_SELFTEST_VALUE_FORM_H

#include "handlers/selftest/value_write.h"

/* What languages make of a value when it is used as a text: no JSON, or JSON in quotes. */
enum value_form { WRITTEN_JSON, WRITTEN_JAVA, WRITTEN_PYTHON, WRITTEN_OBJECT, WRITTEN_QUOTED };
/* Appends it; WRITTEN_JSON in that style, of the others the style says the order only. */
void value_write_form(struct written *out, const struct value *value, enum value_form form,
    const struct value_style *style);

#endif
