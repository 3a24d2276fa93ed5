#ifndef HANDLERS_ACCEPTANCE_ORDER_CHECK_H
#define HANDLERS_ACCEPTANCE_ORDER_CHECK_H

#include "fcgi/request.h"

/* 测试信息 must be of the last three days when it is filed (ACC-4, A-77). */
#define ORDER_AGE_MAX (72 * 3600) /* seconds */

/*
 * Is this 移动支付订单号 one to accept (A-77 … A-79)? Its own time always; and
 * where a payment platform is configured (PORTAL_ORDER_CHECK_URL), whether the
 * platform knows the order for this 应用ID:
 *
 *   GET <url>?order_no=<ORD…>&app_id=<32 hex>  ->  200 {"found": true|false}
 *
 * ERR_INVALID naming order_no; ERR_UNAVAILABLE when the platform gives no such
 * answer: an order nobody could look up is never let through.
 */
MUST_CHECK enum err order_check(struct req *q, const char *order_no, const char *app_id);

#endif
