#include "sql/application/upload_scan.h"

static const struct sql_column columns[] = {
	COLUMN(struct upload_scan, id),
	COLUMN(struct upload_scan, upload_id),
	COLUMN(struct upload_scan, state),
	COLUMN(struct upload_scan, found),
};
static const struct sql_shape shape = SHAPE(struct upload_scan, columns);

static const struct sql_column obstacle_columns[] = {
	COLUMN(struct scan_obstacle, name),
	COLUMN(struct scan_obstacle, state),
};
static const struct sql_shape obstacle_shape = SHAPE(struct scan_obstacle, obstacle_columns);

#define SELECT_SCAN "SELECT id, upload_id, state, found FROM upload_scan"

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
	return sql_one(db, arena, SELECT_SCAN " WHERE id = ?", ARGS(V(id)), &shape, ret);
}

enum err
upload_scan_state(struct sql *db, struct arena *arena, const char *upload_id, unsigned *ret)
{
	struct upload_scan scan = { .state = SCAN_NONE };
	enum err e = sql_one(db, arena, SELECT_SCAN " WHERE upload_id = ?", ARGS(V(upload_id)),
	    &shape, &scan);

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
	    "SELECT DISTINCT s.id, s.upload_id, s.state, s.found FROM application_round_file f"
	    " JOIN upload_scan s ON s.upload_id = f.upload_id WHERE f.application_id = ? LIMIT 500",
	    ARGS(V(application_id)), &shape, ret, ret_count);
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
	    "SELECT u.name, s.state FROM application_round_file f"
	    " JOIN upload u ON u.id = f.upload_id JOIN upload_scan s ON s.upload_id = u.id"
	    " WHERE f.application_id = ? AND f.round = ? AND s.state <> ?"
	    " ORDER BY s.state DESC, f.field LIMIT 1",
	    ARGS(V(application_id), V(round), V((unsigned)SCAN_CLEAN)), &obstacle_shape, ret);
}
