#ifndef HANDLERS_ACCOUNT_PASSWORD_AGE_H
#define HANDLERS_ACCOUNT_PASSWORD_AGE_H

#include "fcgi/http/config.h"
#include "sql/account/staff.h"

/* How long passwords of the staff hold. */
struct password_age_settings {
	unsigned staff_days; /* one he chose himself; 0: for ever */
};
extern struct password_age_settings password_age_settings;
extern const struct settings password_age_settings_table;

/* Is it to be changed before anything else: made by somebody else, or too old? */
bool staff_must_change(const struct staff *s, int64_t now);

#endif
