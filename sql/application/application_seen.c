#include "sql/application/application_seen.h"

enum err
application_seen_put(struct sql_tx *tx, int64_t application_id, int64_t staff_id, int64_t now)
{
	return sql_exec(tx,
	    "INSERT INTO application_seen (application_id, staff_id, seen_at) VALUES (?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE seen_at = VALUES(seen_at)",
	    ARGS(V(application_id), V(staff_id), V(now)), NULL);
}
