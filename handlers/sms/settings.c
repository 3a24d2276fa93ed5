#include "handlers/sms/settings.h"

#define SET(member, name, fallback) SETTING(struct sms_settings, member, name, fallback)

struct sms_settings sms_settings;

/* clang-format off */
static const struct setting rows[] = {
	SET(provider,   "SMS_PROVIDER",   "file"),
	SET(file,       "SMS_FILE",       ""),
	SET(url,        "SMS_URL",        ""),
	SET(user,       "SMS_USER",       ""),
	SET(password,   "SMS_PASSWORD",   ""),
	SET(sign,       "SMS_SIGN",       ""),
	SET(app,        "SMS_APP",        ""),
	SET(region,     "SMS_REGION",     "ap-guangzhou"),
	SET(templates,  "SMS_TEMPLATES",  ""),
	SET(report_url, "SMS_REPORT_URL", ""),
	SETTING_AS(SETTING_LIMIT, struct sms_settings, daily, "SMS_DAILY", "50000"),
};
/* clang-format on */

const struct settings sms_settings_table = SETTINGS(rows, sms_settings);
