#include "fcgi/base/log.h"
#include "handlers/account/open.h"
#include "handlers/common/sites.h"

/* Read at each request: whoever edits the file need not restart anything. */
enum err
site_show(struct req *q)
{
	json_error_t why;
	json_t *site = json_load_file(sites_settings.footer, JSON_REJECT_DUPLICATES, &why);

	if (!json_is_object(site)) {
		log_line(LOG_ERROR, "site", "what=PORTAL_SITE_FILE line=%d", why.line);
		json_decref(site);
		site = json_object();
	}
	return reply_json(q, 200, site);
}
