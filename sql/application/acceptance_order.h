#ifndef SQL_APPLICATION_ACCEPTANCE_ORDER_H
#define SQL_APPLICATION_ACCEPTANCE_ORDER_H

#include "sql/db/db.h"

/* 移动支付订单号 that were filed with a 验收单: each counts once in the nation. */
#define ACCEPTANCE_ORDER_COLUMNS(C, E)                                                             \
	C(TEXT, o, order_no)                                                                       \
	C(TEXT, o, app_id) /* 应用ID of the test environment, for ever */                        \
	C(INT, o, application_id)                                                                  \
	C(INT, o, checked_at) /* the payment platform knew it then; 0: nobody was asked */         \
	C(CODE, a, state)     /* of that application */
SQL_ROW(acceptance_order, ACCEPTANCE_ORDER_COLUMNS)

/*
 * The order is this application's from now on: one nobody has filed, its own, or one of the same
 * 应用ID whose application was given up. Of two claims at the same time the second waits for the
 * first. What the platform has confirmed once stays confirmed.
 * ERR_EXISTS: it is another's.
 */
MUST_CHECK enum err acceptance_order_claim(struct sql_tx *tx, struct arena *arena,
    const struct acceptance_order *order, int64_t now);

/* Whose it is. ERR_NOT_FOUND: nobody has filed it. */
MUST_CHECK enum err acceptance_order_get(struct sql *db, struct arena *arena, const char *order_no,
    struct acceptance_order *ret);

#endif
