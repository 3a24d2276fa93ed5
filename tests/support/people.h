#ifndef TESTS_SUPPORT_PEOPLE_H
#define TESTS_SUPPORT_PEOPLE_H

#include "sql/account/operator.h"
#include "sql/account/staff.h"
#include "sql/account/unit.h"

/* Made-up units, operators and catalogue rows, each with numbers nobody else has. */
MUST_CHECK enum err make_unit(struct unit *ret);
MUST_CHECK enum err make_operator(struct operator* ret);
/* An account as s says, of a person nobody else is; s->id is what it got. */
MUST_CHECK enum err make_staff(struct staff *s);
MUST_CHECK enum err bind_operator(int64_t unit_id, int64_t operator_id, int64_t *ret_id);
MUST_CHECK enum err
make_institution(const char *uscc, const char *region_code, bool active, int64_t *ret_id);

#endif
