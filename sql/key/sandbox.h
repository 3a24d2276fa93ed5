#ifndef SQL_KEY_SANDBOX_H
#define SQL_KEY_SANDBOX_H

#include "sql/db/db.h"

/* Orders that channels made in the sandbox with their test keys. Amounts in fen. */
#define SANDBOX_ORDER_COLUMNS(C, E)                                                                \
	C(INT, s, id)                                                                              \
	C(TEXT, s, app_id)                                                                         \
	C(TEXT, s, number)       /* payOrdId */                                                    \
	C(TEXT, s, own_number)   /* medOrgOrd, unique within app_id */                             \
	C(TEXT, s, organisation) /* orgCodg */                                                     \
	C(INT, s, fee)                                                                             \
	C(INT, s, refunded)                                                                        \
	C(INT, s, created_at)
SQL_ROW(sandbox_order, SANDBOX_ORDER_COLUMNS)

/* By payOrdId or by medOrgOrd, within one 应用ID. ERR_NOT_FOUND. */
MUST_CHECK enum err sandbox_order_get(struct sql *db, struct arena *arena, const char *app_id,
    const char *number, struct sandbox_order *ret);
MUST_CHECK enum err sandbox_order_of(struct sql *db, struct arena *arena, const char *app_id,
    const char *own_number, struct sandbox_order *ret);
/* As sandbox_order_get; nobody else changes it until the transaction ends. */
MUST_CHECK enum err sandbox_order_lock(struct sql_tx *tx, struct arena *arena, const char *app_id,
    const char *number, struct sandbox_order *ret);
/* ERR_EXISTS: own_number or, once in ten million, number is taken. */
MUST_CHECK enum err sandbox_order_insert(struct sql_tx *tx, const struct sandbox_order *order);

/* What was paid back under that appRefdSn. ERR_NOT_FOUND. */
MUST_CHECK enum err sandbox_refund_get(struct sql *db, struct arena *arena, int64_t order_id,
    const char *own_number, int64_t *ret_amount);
/* The order is locked and has that much left. */
MUST_CHECK enum err sandbox_refund_add(struct sql_tx *tx, int64_t order_id, const char *own_number,
    int64_t amount, int64_t now);

/* How an 应用ID has used the sandbox; zero while it has not. */
#define SANDBOX_USE_COLUMNS(C, E)                                                                  \
	E(INT, orders, "COUNT(DISTINCT o.id)")                                                     \
	E(INT, refunds, "COUNT(r.order_id)")                                                       \
	E(INT, last_at,                                                                            \
	    "COALESCE(GREATEST(MAX(o.created_at), COALESCE(MAX(r.created_at), 0)),"                \
	    " 0)")
SQL_ROW(sandbox_use, SANDBOX_USE_COLUMNS)
MUST_CHECK enum err
sandbox_use_of(struct sql *db, struct arena *arena, const char *app_id, struct sandbox_use *ret);

/* Orders and refunds made before then, at most `limit` of each. */
MUST_CHECK enum err sandbox_purge(struct sql_tx *tx, int64_t before, int64_t limit);

#endif
