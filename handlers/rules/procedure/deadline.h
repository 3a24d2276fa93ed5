#ifndef HANDLERS_RULES_PROCEDURE_DEADLINE_H
#define HANDLERS_RULES_PROCEDURE_DEADLINE_H

#include <stdint.h>

#include "handlers/rules/procedure/calendar.h"

/*
 * How old what lies at a desk is, in the working days of a calendar (calendar.h). The
 * day something arrives does not count. Pure; times are Unix seconds.
 */
enum age {
	AGE_FRESH,
	AGE_SOON, /* the last working day but one has come */
	AGE_LATE, /* the days are over */
};

enum age deadline_age(const struct calendar *c, enum desk desk, int64_t since, int64_t now);
/* What arrived before this is of that age or older now; `age` is SOON or LATE. */
int64_t deadline_start(const struct calendar *c, enum desk desk, enum age age, int64_t now);
/* One of these. */
#define AGE_WORDS "fresh soon late"
const char *age_wire(enum age age);

#endif
