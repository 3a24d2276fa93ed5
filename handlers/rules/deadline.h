#ifndef HANDLERS_RULES_DEADLINE_H
#define HANDLERS_RULES_DEADLINE_H

#include <stdint.h>

#include "handlers/rules/workflow.h"

/*
 * How long a desk may take, in working days (Monday to Friday of Asia/Shanghai),
 * and how old that makes what lies there. The day something arrives does not
 * count. Pure; times are Unix seconds.
 */
enum age {
	AGE_FRESH,
	AGE_SOON, /* the last working day but one has come */
	AGE_LATE, /* the days are over */
};

/* Working days given to a desk; 0 for DESK_NONE. */
int64_t deadline_days(enum desk desk);
/* Working days after the day of `since`, up to the day of `now`. */
int64_t deadline_waited(int64_t since, int64_t now);
enum age deadline_age(enum desk desk, int64_t since, int64_t now);
/* What arrived before this is late now. */
int64_t deadline_start(enum desk desk, int64_t now);
/* "fresh", "soon", "late". */
const char *age_wire(enum age age);

#endif
