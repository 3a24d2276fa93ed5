#include "handlers/acceptance/order_check.h"

#include <string.h>

#include "handlers/common/port.h"
#include "handlers/rules/check/format.h"
#include "handlers/rules/form/acceptance_form.h"
#include "sql/application/acceptance_order.h"

#define PLATFORM_SECONDS 3L /* less than nginx waits for us, so that it is we who say why */

struct order_check_settings order_check_settings;
static const struct setting rows[] = {
	SETTING(struct order_check_settings, url, "ORDER_CHECK_URL", ""),
};
const struct settings order_check_settings_table = SETTINGS(rows, order_check_settings);

static void
refuse_order(struct req *q, const char *text)
{
	(void)!form_refuse(&acceptance_form, &q->errors, "order_no", text);
}

void
order_check_time(struct req *q, const char *order_no)
{
	int64_t made;

	if (!order_no)
		return;
	if (!order_no_time(order_no, &made))
		refuse_order(q, NULL);
	else if (made > q->now)
		refuse_order(q, "移动支付订单号中的时间晚于当前时间，请核对");
	else if (q->now - made > ORDER_AGE_MAX)
		refuse_order(q,
		    "需填写测试通过后3天内的数据，该订单已超过3天，请重新测试后填写新的订单号");
}

static enum err
ask_platform(struct req *q, const char *url, const char *order_no, const char *app_id)
{
	const char *joint = strchr(url, '?') ? "&" : "?";
	json_auto_t *json = NULL;

	/* both are letters and digits: nothing to escape */
	TRY(port_ask(q->arena, "order_check",
	    arena_printf(q->arena, "%s%sorder_no=%s&app_id=%s", url, joint, order_no, app_id), NULL,
	    PLATFORM_SECONDS, &json));
	const json_t *found = json_object_get(json, "found");
	if (!json_is_boolean(found))
		return ERR_UNAVAILABLE;
	if (!json_is_true(found))
		return form_refuse(&acceptance_form, &q->errors, "order_no",
		    "支付平台没有该应用的这笔订单，请核对移动支付订单号");
	return ERR_OK;
}

enum err
order_check_platform(struct req *q, const char *order_no, const char *app_id, bool *ret_known)
{
	const char *url = order_check_settings.url;

	*ret_known = url && *url;
	if (!*ret_known)
		return ERR_OK;
	enum err e = ask_platform(q, url, order_no, app_id);
	if (e == ERR_UNAVAILABLE)
		return refuse(q, ERR_UNAVAILABLE,
		    "暂时无法向支付平台核验订单，请稍后再提交，已填写的内容不会丢失");
	return e;
}

enum err
order_check_claim(struct req *q, struct sql_tx *tx, const struct application *app,
    const char *order_no, const char *app_id, bool known)
{
	const struct acceptance_order order = {
		.order_no = order_no,
		.app_id = app_id,
		.application_id = app->id,
		.checked_at = known ? q->now : 0,
	};
	enum err e = acceptance_order_claim(tx, q->arena, &order, q->now);

	if (e == ERR_EXISTS)
		return form_refuse(&acceptance_form, &q->errors, "order_no",
		    "该移动支付订单号已用于其他申请单的验收，请用本应用重新测试，填写新的订单号");
	return e;
}
