#include "sql/key/sheet.h"

enum err
issued_sheet_insert(struct sql_tx *tx, int64_t application_id, const struct issued_sheet *s,
    int64_t now)
{
	return sql_exec(tx,
	    "INSERT INTO sheet (number, application_id, environment, kind, serial, replied_at,"
	    " created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
	    ARGS(V(s->number), V(application_id), V(s->environment), V(s->kind), V(s->serial),
		V(s->replied_at), V(now)),
	    NULL);
}

enum err
issued_sheet_list(struct sql *db, struct arena *arena, int64_t application_id,
    const struct issued_sheet **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM sheet s WHERE application_id = ?"
	    " ORDER BY environment, kind, serial DESC LIMIT 200",
	    ARGS(V(application_id)), issued_sheet_shape(), ret, ret_count);
}

enum err
issued_sheet_standing(struct sql *db, struct arena *arena, const char *number,
    struct sheet_standing *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM sheet s JOIN application a ON a.id = s.application_id"
	    " JOIN bureau b ON b.id = a.province_bureau"
	    " JOIN credential c ON c.application_id = s.application_id"
	    " AND c.environment = s.environment AND c.serial = s.serial"
	    " LEFT JOIN sheet_file f ON f.number = s.number"
	    " WHERE s.number = ? ORDER BY f.created_at DESC, f.digest LIMIT 1",
	    ARGS(V(number)), sheet_standing_shape(), ret);
}

enum err
sheet_file_get(struct sql *db, struct arena *arena, const char *number, const char *digest,
    struct sheet_file *ret)
{
	return sql_one(db, arena, "SELECT {} FROM sheet_file f WHERE number = ? AND digest = ?",
	    ARGS(V(number), V(digest)), sheet_file_shape(), ret);
}

enum err
sheet_file_add(struct sql_tx *tx, const struct sheet_file *f, int64_t now)
{
	return sql_exec(tx,
	    "INSERT INTO sheet_file (number, digest, signature, sm3, sha256, created_at)"
	    " VALUES (?, ?, ?, ?, ?, ?)",
	    ARGS(V(f->number), V(f->digest), V(f->signature), V(f->sm3), V(f->sha256), V(now)),
	    NULL);
}
