#include "handlers/site/settings.h"

#include "fcgi/base/array.h"
#include "handlers/acceptance/order_check.h"
#include "handlers/account/effort.h"
#include "handlers/account/password_age.h"
#include "handlers/account/second_factor.h"
#include "handlers/admin/audit_seal_settings.h"
#include "handlers/common/sites.h"
#include "handlers/sms/settings.h"
#include "handlers/unit/registry.h"
#include "handlers/upload/clamd.h"
#include "handlers/upload/read/reader.h"

#define SET(member, name, fallback) SETTING(struct site_settings, member, name, fallback)

struct site_settings site_settings;

/* clang-format off */
static const struct setting rows[] = {
	SET(db_socket,         "DB_SOCKET",         NULL),
	SET(db_name,           "DB_NAME",           "jieru"),
	SET(db_user,           "DB_USER",           NULL),
	SET(db_password,       "DB_PASSWORD",       NULL),
	SET(db_admin_user,     "DB_ADMIN_USER",     ""),
	SET(db_admin_password, "DB_ADMIN_PASSWORD", ""),
	SET(db_timeout,        "DB_TIMEOUT",        "4"),
	SET(migrations,        "MIGRATIONS",        "sql/migrations"),
	SET(vault,             "VAULT",             ""),
};
/* clang-format on */

static const struct settings own = SETTINGS(rows, site_settings);

static const struct settings *const areas[] = {
	&own,
	&audit_seal_settings_table,
	&clamd_settings_table,
	&effort_settings_table,
	&order_check_settings_table,
	&password_age_settings_table,
	&reader_settings_table,
	&registry_settings_table,
	&second_factor_settings_table,
	&sites_settings_table,
	&sms_settings_table,
};

enum err
settings_read(struct config *ret)
{
	return config_read(ret, areas, COUNT(areas));
}
