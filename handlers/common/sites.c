#include "handlers/common/sites.h"

#define SET(member, name, fallback) SETTING(struct sites_settings, member, name, fallback)

struct sites_settings sites_settings;

/* clang-format off */
static const struct setting rows[] = {
	SET(origin,        "ORIGIN",        "http://localhost:8080"),
	SET(review_origin, "REVIEW_ORIGIN", "http://localhost:8081"),
	SET(footer,        "SITE_FILE",     ""),
};
/* clang-format on */

const struct settings sites_settings_table = SETTINGS(rows, sites_settings);
