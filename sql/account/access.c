#include "sql/account/access.h"

enum err
access_get(struct sql *db, struct arena *arena, int64_t unit_id, int64_t operator_id,
    unsigned business, int64_t institution_id, struct access *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM unit u LEFT JOIN operator o ON o.id = ?"
	    " LEFT JOIN unit_operator b ON b.unit_id = u.id AND b.operator_id = ?"
	    " LEFT JOIN unit_grant g ON g.unit_id = u.id AND g.business = ? AND g.operator_id = ?"
	    " LEFT JOIN institution i ON i.id = ? AND i.uscc = u.uscc AND i.active = 1"
	    " AND u.released = 0"
	    " WHERE u.id = ?",
	    ARGS(V(operator_id), V(operator_id), V(business), V(operator_id), V(institution_id),
		V(unit_id)),
	    access_shape(), ret);
}
