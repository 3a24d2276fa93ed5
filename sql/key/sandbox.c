#include "sql/key/sandbox.h"

static const struct sql_column columns[] = {
	COLUMN(struct sandbox_order, id),
	COLUMN(struct sandbox_order, app_id),
	COLUMN(struct sandbox_order, number),
	COLUMN(struct sandbox_order, own_number),
	COLUMN(struct sandbox_order, organisation),
	COLUMN(struct sandbox_order, fee),
	COLUMN(struct sandbox_order, refunded),
	COLUMN(struct sandbox_order, created_at),
};
static const struct sql_shape shape = SHAPE(struct sandbox_order, columns);

#define SELECT_ORDER                                                                               \
	"SELECT id, app_id, number, own_number, organisation, fee, refunded, created_at"           \
	" FROM sandbox_order WHERE app_id = ?"

enum err
sandbox_order_get(struct sql *db, struct arena *arena, const char *app_id, const char *number,
    struct sandbox_order *ret)
{
	return sql_one(db, arena, SELECT_ORDER " AND number = ?", ARGS(V(app_id), V(number)),
	    &shape, ret);
}

enum err
sandbox_order_of(struct sql *db, struct arena *arena, const char *app_id, const char *own_number,
    struct sandbox_order *ret)
{
	return sql_one(db, arena, SELECT_ORDER " AND own_number = ?",
	    ARGS(V(app_id), V(own_number)), &shape, ret);
}

enum err
sandbox_order_lock(struct sql_tx *tx, struct arena *arena, const char *app_id, const char *number,
    struct sandbox_order *ret)
{
	return sql_one(tx->db, arena, SELECT_ORDER " AND number = ? FOR UPDATE",
	    ARGS(V(app_id), V(number)), &shape, ret);
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

struct amount {
	int64_t amount;
};
static const struct sql_column amount_columns[] = { COLUMN(struct amount, amount) };
static const struct sql_shape amount_shape = SHAPE(struct amount, amount_columns);

enum err
sandbox_refund_get(struct sql *db, struct arena *arena, int64_t order_id, const char *own_number,
    int64_t *ret_amount)
{
	struct amount row;

	TRY(sql_one(db, arena,
	    "SELECT amount FROM sandbox_refund WHERE order_id = ? AND own_number = ?",
	    ARGS(V(order_id), V(own_number)), &amount_shape, &row));
	*ret_amount = row.amount;
	return ERR_OK;
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

static const struct sql_column use_columns[] = {
	COLUMN(struct sandbox_use, orders),
	COLUMN(struct sandbox_use, refunds),
	COLUMN(struct sandbox_use, last_at),
};
static const struct sql_shape use_shape = SHAPE(struct sandbox_use, use_columns);

enum err
sandbox_use_of(struct sql *db, struct arena *arena, const char *app_id, struct sandbox_use *ret)
{
	return sql_one(db, arena,
	    "SELECT COUNT(DISTINCT o.id), COUNT(r.order_id),"
	    " COALESCE(GREATEST(MAX(o.created_at), COALESCE(MAX(r.created_at), 0)), 0)"
	    " FROM sandbox_order o LEFT JOIN sandbox_refund r ON r.order_id = o.id"
	    " WHERE o.app_id = ?",
	    ARGS(V(app_id)), &use_shape, ret);
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
