#include "sql/application/upload_scan.h"

enum err
upload_scan_add(struct sql_tx *tx, const char *upload_id, int64_t now, int64_t *ret_id)
{
	return sql_insert(tx,
	    "INSERT INTO upload_scan (upload_id, state, created_at) VALUES (?, ?, ?)",
	    ARGS(V(upload_id), V((unsigned)SCAN_WAITING), V(now)), ret_id);
}

enum err
upload_scan_get(struct sql *db, struct arena *arena, int64_t id, struct upload_scan *ret)
{
	return sql_one(db, arena, "SELECT {} FROM upload_scan s WHERE id = ?", ARGS(V(id)),
	    upload_scan_shape(), ret);
}

enum err
upload_scan_state(struct sql *db, struct arena *arena, const char *upload_id, unsigned *ret)
{
	struct upload_scan scan = { .state = SCAN_NONE };
	enum err e = sql_one(db, arena, "SELECT {} FROM upload_scan s WHERE upload_id = ?",
	    ARGS(V(upload_id)), upload_scan_shape(), &scan);

	if (e != ERR_NOT_FOUND)
		TRY(e);
	*ret = scan.state;
	return ERR_OK;
}

enum err
upload_scan_end(struct sql_tx *tx, const char *upload_id, const char *found, int64_t now)
{
	enum scan state = found ? SCAN_INFECTED : SCAN_CLEAN;

	return sql_exec(tx,
	    "UPDATE upload_scan SET state = ?, found = ?, ended_at = ? WHERE upload_id = ?",
	    ARGS(V((unsigned)state), V(found), V(now), V(upload_id)), NULL);
}

enum err
upload_scan_list(struct sql *db, struct arena *arena, int64_t application_id,
    const struct upload_scan **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT DISTINCT {} FROM application_round_file f"
	    " JOIN upload_scan s ON s.upload_id = f.upload_id WHERE f.application_id = ?"
	    " LIMIT 500",
	    ARGS(V(application_id)), upload_scan_shape(), ret, ret_count);
}

enum err
upload_scan_delete(struct sql_tx *tx, const char *upload_id)
{
	return sql_exec(tx, "DELETE FROM upload_scan WHERE upload_id = ?", ARGS(V(upload_id)),
	    NULL);
}

enum err
upload_scan_obstacle(struct sql *db, struct arena *arena, int64_t application_id, int64_t round,
    struct scan_obstacle *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM application_round_file f JOIN upload u ON u.id = f.upload_id"
	    " JOIN upload_scan s ON s.upload_id = u.id"
	    " WHERE f.application_id = ? AND f.round = ? AND s.state <> ?"
	    " ORDER BY s.state DESC, f.field LIMIT 1",
	    ARGS(V(application_id), V(round), V((unsigned)SCAN_CLEAN)), scan_obstacle_shape(), ret);
}
