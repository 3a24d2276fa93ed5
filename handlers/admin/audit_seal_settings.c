#include "handlers/admin/audit_seal_settings.h"

struct audit_seal_settings audit_seal_settings;
static const struct setting rows[] = {
	SETTING(struct audit_seal_settings, key, "AUDIT_KEY", ""),
	SETTING(struct audit_seal_settings, heads, "AUDIT_HEADS", ""),
};
const struct settings audit_seal_settings_table = SETTINGS(rows, audit_seal_settings);
