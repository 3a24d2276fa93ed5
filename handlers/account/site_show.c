#include "fcgi/base/log.h"
#include "handlers/account/open.h"
#include "handlers/common/sites.h"

struct site_answer {
	const char *icp, *police, *code, *address, *phone;
	const char *operator;
};
static const struct answer_row rows[] = {
	ANSWER(struct site_answer, operator, .optional = true, .about = "who runs the site"),
	ANSWER(struct site_answer, icp, .optional = true, .about = "ICP备案"),
	ANSWER(struct site_answer, police, .optional = true, .about = "公安备案"),
	ANSWER(struct site_answer, code, .optional = true, .about = "网站标识码"),
	ANSWER(struct site_answer, address, .optional = true),
	ANSWER(struct site_answer, phone, .optional = true),
};
const struct answer site_answer = ANSWER_TABLE("site", struct site_answer, rows);

/* Read at each request: whoever edits the file need not restart anything. */
enum err
site_show(struct req *q)
{
	json_error_t why;
	const json_t *site =
	    reply_keep(q, json_load_file(sites_settings.footer, JSON_REJECT_DUPLICATES, &why));

	if (!json_is_object(site))
		log_line(LOG_ERROR, "site", "what=PORTAL_SITE_FILE line=%d", why.line);
	const struct site_answer answer = {
		.operator= json_string_value(json_object_get(site, "operator")),
		.icp = json_string_value(json_object_get(site, "icp")),
		.police = json_string_value(json_object_get(site, "police")),
		.code = json_string_value(json_object_get(site, "code")),
		.address = json_string_value(json_object_get(site, "address")),
		.phone = json_string_value(json_object_get(site, "phone")),
	};
	return reply(q, 200, &site_answer, &answer);
}
