#include "sql/key/sandbox.h"

enum err
sandbox_order_get(struct sql *db, struct arena *arena, const char *app_id, const char *number,
    struct sandbox_order *ret)
{
	return sql_one(db, arena, "SELECT {} FROM sandbox_order s WHERE app_id = ? AND number = ?",
	    ARGS(V(app_id), V(number)), sandbox_order_shape(), ret);
}

enum err
sandbox_order_of(struct sql *db, struct arena *arena, const char *app_id, const char *own_number,
    struct sandbox_order *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM sandbox_order s WHERE app_id = ? AND own_number = ?",
	    ARGS(V(app_id), V(own_number)), sandbox_order_shape(), ret);
}

enum err
sandbox_order_lock(struct sql_tx *tx, struct arena *arena, const char *app_id, const char *number,
    struct sandbox_order *ret)
{
	return sql_one(tx->db, arena,
	    "SELECT {} FROM sandbox_order s WHERE app_id = ? AND number = ? FOR UPDATE",
	    ARGS(V(app_id), V(number)), sandbox_order_shape(), ret);
}

enum err
sandbox_order_insert(struct sql_tx *tx, const struct sandbox_order *order)
{
	return sql_exec(tx,
	    "INSERT INTO sandbox_order"
	    " (app_id, number, own_number, organisation, fee, refunded, created_at)"
	    " VALUES (?, ?, ?, ?, ?, 0, ?)",
	    ARGS(V(order->app_id), V(order->number), V(order->own_number), V(order->organisation),
		V(order->fee), V(order->created_at)),
	    NULL);
}

enum err
sandbox_refund_get(struct sql *db, struct arena *arena, int64_t order_id, const char *own_number,
    int64_t *ret_amount)
{
	return sql_number(db, arena,
	    "SELECT amount FROM sandbox_refund WHERE order_id = ? AND own_number = ?",
	    ARGS(V(order_id), V(own_number)), ret_amount);
}

enum err
sandbox_refund_add(struct sql_tx *tx, int64_t order_id, const char *own_number, int64_t amount,
    int64_t now)
{
	TRY(sql_exec(tx,
	    "INSERT INTO sandbox_refund (order_id, own_number, amount, created_at)"
	    " VALUES (?, ?, ?, ?)",
	    ARGS(V(order_id), V(own_number), V(amount), V(now)), NULL));
	return sql_exec(tx, "UPDATE sandbox_order SET refunded = refunded + ? WHERE id = ?",
	    ARGS(V(amount), V(order_id)), NULL);
}

enum err
sandbox_use_of(struct sql *db, struct arena *arena, const char *app_id, struct sandbox_use *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM sandbox_order o LEFT JOIN sandbox_refund r ON r.order_id = o.id"
	    " WHERE o.app_id = ?",
	    ARGS(V(app_id)), sandbox_use_shape(), ret);
}

enum err
sandbox_purge(struct sql_tx *tx, int64_t before, int64_t limit)
{
	/* a refund is younger than its order: none loses its order before its own time */
	TRY(sql_exec(tx, "DELETE FROM sandbox_refund WHERE created_at < ? LIMIT ?",
	    ARGS(V(before), V(limit)), NULL));
	return sql_exec(tx, "DELETE FROM sandbox_order WHERE created_at < ? LIMIT ?",
	    ARGS(V(before), V(limit)), NULL);
}
