#include "sql/application/application_file.h"

#include "sql/db/like.h"

enum err
application_files(struct sql *db, struct arena *arena, int64_t application_id,
    const struct application_file **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM application_file f JOIN upload u ON u.id = f.upload_id"
	    " LEFT JOIN upload_scan s ON s.upload_id = u.id WHERE f.application_id = ?"
	    " ORDER BY f.field LIMIT 64",
	    ARGS(V(application_id)), application_file_shape(), ret, ret_count);
}

enum err
application_round_files(struct sql *db, struct arena *arena, int64_t application_id, int64_t round,
    const struct application_file **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM application_round_file f JOIN upload u ON u.id = f.upload_id"
	    " LEFT JOIN upload_scan s ON s.upload_id = u.id"
	    " WHERE f.application_id = ? AND f.round = ? ORDER BY f.field LIMIT 64",
	    ARGS(V(application_id), V(round)), application_file_shape(), ret, ret_count);
}

enum err
application_file_put(struct sql_tx *tx, int64_t application_id, const char *field,
    const char *upload_id)
{
	if (!upload_id)
		return sql_exec(tx,
		    "DELETE FROM application_file WHERE application_id = ? AND field = ?",
		    ARGS(V(application_id), V(field)), NULL);
	return sql_exec(tx,
	    "INSERT INTO application_file (application_id, field, upload_id) VALUES (?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE upload_id = VALUES(upload_id)",
	    ARGS(V(application_id), V(field), V(upload_id)), NULL);
}

enum err
application_round_file_add(struct sql_tx *tx, int64_t application_id, int64_t round,
    const char *field, const char *upload_id)
{
	return sql_exec(tx,
	    "INSERT INTO application_round_file (application_id, round, field, upload_id)"
	    " VALUES (?, ?, ?, ?)",
	    ARGS(V(application_id), V(round), V(field), V(upload_id)), NULL);
}

enum err
application_reads_upload(struct sql *db, struct arena *arena, const char *upload_id,
    int64_t unit_id, int64_t bureau_id, const char *scope, bool *ret)
{

	return sql_exists(db, arena,
	    "SELECT 1 FROM application_file f JOIN application a ON a.id = f.application_id"
	    " WHERE f.upload_id = ? AND a.unit_id = ?"
	    " UNION ALL"
	    " SELECT 1 FROM application_round_file f JOIN application a ON a.id = f.application_id"
	    " WHERE f.upload_id = ? AND (a.unit_id = ?"
	    " OR (? IN (a.local_bureau, a.province_bureau, a.nation_bureau)"
	    " AND a.region_code LIKE ?)) LIMIT 1",
	    ARGS(V(upload_id), V(unit_id), V(upload_id), V(unit_id), V(bureau_id),
		V(sql_beginning(arena, scope))),
	    ret);
}
