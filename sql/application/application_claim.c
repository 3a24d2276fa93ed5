#include "sql/application/application_claim.h"

enum err
application_claim_get(struct sql *db, struct arena *arena, int64_t application_id,
    struct application_claim *ret)
{
	return sql_one(db, arena, "SELECT {} FROM application_claim a WHERE application_id = ?",
	    ARGS(V(application_id)), application_claim_shape(), ret);
}

enum err
application_claim_put(struct sql_tx *tx, int64_t application_id, const struct application_claim *c)
{
	return sql_exec(tx,
	    "INSERT INTO application_claim (application_id, staff_id, staff_name, created_at)"
	    " VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE staff_id = VALUES(staff_id),"
	    " staff_name = VALUES(staff_name), created_at = VALUES(created_at)",
	    ARGS(V(application_id), V(c->staff_id), V(c->staff_name), V(c->created_at)), NULL);
}

enum err
application_claim_delete(struct sql_tx *tx, int64_t application_id)
{
	return sql_exec(tx, "DELETE FROM application_claim WHERE application_id = ?",
	    ARGS(V(application_id)), NULL);
}
