#ifndef HANDLERS_ACCEPTANCE_ORDER_CHECK_H
#define HANDLERS_ACCEPTANCE_ORDER_CHECK_H

#include "fcgi/http/config.h"
#include "fcgi/http/request.h"
#include "sql/application/application.h"

/* 测试信息 must be of the last three days when it is filed (ACC-4, A-77). */
#define ORDER_AGE_MAX (72 * 3600) /* seconds */

/*
 * Its own time, always: after now or older than ORDER_AGE_MAX refuses
 * order_no, which form_end() tells. NULL is for the form to refuse.
 */
void order_check_time(struct req *q, const char *order_no);

/*
 * Where a payment platform is configured (PORTAL_ORDER_CHECK_URL), whether it
 * knows the order for this 应用ID:
 *
 *   GET <url>?order_no=<ORD…>&app_id=<32 hex>  ->  200 {"found": true|false}
 *
 * ret_known: it does; false where no platform is configured and nobody was asked.
 * ERR_INVALID naming order_no; ERR_UNAVAILABLE when the platform gives no such
 * answer: an order nobody could look up is never let through.
 */
MUST_CHECK enum err
order_check_platform(struct req *q, const char *order_no, const char *app_id, bool *ret_known);

/*
 * From now on the order serves this application and no other in the nation. known: the
 * platform has confirmed it; what it has not, a reviewer reads as 未核验.
 * ERR_INVALID naming order_no: it served another.
 */
MUST_CHECK enum err order_check_claim(struct req *q, struct sql_tx *tx,
    const struct application *app, const char *order_no, const char *app_id, bool known);

struct order_check_settings {
	const char *url; /* of the platform; "" for none */
};

extern struct order_check_settings order_check_settings;
extern const struct settings order_check_settings_table;

#endif
