#include "sql/application/acceptance_order.h"

#include <string.h>

#include "handlers/rules/procedure/workflow.h"

enum err
acceptance_order_get(struct sql *db, struct arena *arena, const char *order_no,
    struct acceptance_order *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM acceptance_order o JOIN application a ON a.id = o.application_id"
	    " WHERE o.order_no = ?",
	    ARGS(V(order_no)), acceptance_order_shape(), ret);
}

enum err
acceptance_order_claim(struct sql_tx *tx, struct arena *arena, const struct acceptance_order *order,
    int64_t now)
{
	struct acceptance_order kept;

	/* there or not, the row is ours to look at until tx ends */
	TRY(sql_exec(tx,
	    "INSERT INTO acceptance_order (order_no, app_id, application_id, checked_at, created_at)"
	    " VALUES (?, ?, ?, NULLIF(?, 0), ?) ON DUPLICATE KEY UPDATE order_no = order_no",
	    ARGS(V(order->order_no), V(order->app_id), V(order->application_id),
		V(order->checked_at), V(now)),
	    NULL));
	TRY(acceptance_order_get(tx->db, arena, order->order_no, &kept));
	if (strcmp(kept.app_id, order->app_id) != 0 ||
	    (kept.application_id != order->application_id && kept.state != STATE_DISCARDED))
		return ERR_EXISTS;
	return sql_exec(tx,
	    "UPDATE acceptance_order SET application_id = ?,"
	    " checked_at = COALESCE(checked_at, NULLIF(?, 0)) WHERE order_no = ?",
	    ARGS(V(order->application_id), V(order->checked_at), V(order->order_no)), NULL);
}
