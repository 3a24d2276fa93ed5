#include "handlers/account/password_age.h"

#include "fcgi/base/time.h"

struct password_age_settings password_age_settings;
/* clang-format off */
static const struct setting rows[] = {
	SETTING_AS(SETTING_LIMIT, struct password_age_settings, staff_days, "STAFF_PASSWORD_DAYS", "90"),
};
/* clang-format on */
const struct settings password_age_settings_table = SETTINGS(rows, password_age_settings);

bool
staff_must_change(const struct staff *s, int64_t now)
{
	int64_t days = password_age_settings.staff_days;

	return s->must_change || (days > 0 && s->password_at + days * DAY <= now);
}
