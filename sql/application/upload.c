#include "sql/application/upload.h"

#include "fcgi/base/time.h"

enum err
upload_insert(struct sql_tx *tx, const struct upload *u)
{
	return sql_exec(tx,
	    "INSERT INTO upload (id, unit_id, role, user_id, slot, name, metadata, length,"
	    " received, state, created_at, updated_at)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)",
	    ARGS(V(u->id), V(u->unit_id), V(u->role), V(u->user_id), V(u->slot), V(u->name),
		V(u->metadata), V(u->length), V(UPLOAD_PARTIAL), V(u->created_at),
		V(u->created_at)),
	    NULL);
}

enum err
upload_get(struct sql *db, struct arena *arena, const char *id, struct upload *ret)
{
	return sql_one(db, arena, "SELECT {} FROM upload u WHERE id = ?", ARGS(V(id)),
	    upload_shape(), ret);
}

enum err
upload_lock(struct sql_tx *tx, struct arena *arena, const char *id, struct upload *ret)
{
	enum err e =
	    sql_one(tx->db, arena, "SELECT {} FROM upload u WHERE id = ? FOR UPDATE NOWAIT",
		ARGS(V(id)), upload_shape(), ret);

	return e == ERR_CONFLICT ? ERR_UPLOAD_BUSY : e;
}

enum err
upload_advance(struct sql_tx *tx, const char *id, int64_t received, int64_t now)
{
	return sql_exec(tx, "UPDATE upload SET received = ?, updated_at = ? WHERE id = ?",
	    ARGS(V(received), V(now), V(id)), NULL);
}

enum err
upload_finish(struct sql_tx *tx, const char *id, const struct upload_kept *kept, int64_t now)
{
	/* in this order: the length that was declared is read before it is changed */
	return sql_exec(tx,
	    "UPDATE upload SET original_length = IF(? IS NULL, NULL, length), original_digest = ?,"
	    " length = ?, received = length, state = ?, type = ?, digest = ?, updated_at = ?"
	    " WHERE id = ?",
	    ARGS(V(kept->original), V(kept->original), V(kept->length), V(UPLOAD_STORED),
		V(kept->type), V(kept->digest), V(now), V(id)),
	    NULL);
}

enum err
upload_refuse(struct sql_tx *tx, const char *id, const char *reason, int64_t now)
{
	return sql_exec(tx,
	    "UPDATE upload SET state = ?, received = length, reason = ?, updated_at = ?"
	    " WHERE id = ?",
	    ARGS(V(UPLOAD_REFUSED), V(reason), V(now), V(id)), NULL);
}

enum err
upload_delete(struct sql_tx *tx, const char *id)
{
	return sql_exec(tx, "DELETE FROM upload WHERE id = ?", ARGS(V(id)), NULL);
}

enum err
upload_stale(struct sql *db, struct arena *arena, int64_t before, int64_t limit,
    const struct upload **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM upload u WHERE state = ? AND updated_at < ? ORDER BY updated_at"
	    " LIMIT ?",
	    ARGS(V(UPLOAD_PARTIAL), V(before), V(limit)), upload_shape(), ret, ret_count);
}

enum err
upload_open_count(struct sql *db, struct arena *arena, unsigned role, int64_t user_id, int64_t *ret)
{
	return sql_number(db, arena,
	    "SELECT COUNT(*) FROM upload WHERE role = ? AND user_id = ? AND state = ?",
	    ARGS(V(role), V(user_id), V(UPLOAD_PARTIAL)), ret);
}

enum err
upload_declared_since(struct sql *db, struct arena *arena, unsigned role, int64_t user_id,
    int64_t since, int64_t *ret)
{
	return sql_number(db, arena,
	    "SELECT CAST(COALESCE(SUM(length), 0) AS SIGNED) FROM upload"
	    " WHERE role = ? AND user_id = ? AND created_at >= ?",
	    ARGS(V(role), V(user_id), V(since)), ret);
}

enum err
upload_of_content(struct sql *db, struct arena *arena, const char *digest, int64_t limit,
    const struct upload **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM upload u WHERE digest = ? AND state IN (?, ?) ORDER BY id LIMIT ?",
	    ARGS(V(digest), V(UPLOAD_STORED), V(UPLOAD_ABANDONED), V(limit)), upload_shape(), ret,
	    ret_count);
}

enum err
upload_quarantines(struct sql *db, struct arena *arena, const char *digest, bool *ret)
{
	return sql_exists(db, arena, "SELECT 1 FROM upload WHERE digest = ? AND state = ? LIMIT 1",
	    ARGS(V(digest), V(UPLOAD_QUARANTINED)), ret);
}

enum err
upload_keeps(struct sql *db, struct arena *arena, const char *digest, bool *ret)
{
	return sql_exists(db, arena, "SELECT 1 FROM upload WHERE digest = ? AND state = ? LIMIT 1",
	    ARGS(V(digest), V(UPLOAD_STORED)), ret);
}

/* ---- held by nothing --------------------------------------------------------- */

/* SQL: nothing holds the upload u. */
#define NOT_HELD                                                                                   \
	" NOT EXISTS (SELECT 1 FROM application_file f WHERE f.upload_id = u.id)"                  \
	" AND NOT EXISTS (SELECT 1 FROM application_round_file r WHERE r.upload_id = u.id)"        \
	" AND NOT EXISTS (SELECT 1 FROM unit n WHERE n.licence_upload = u.id)"                     \
	" AND NOT EXISTS (SELECT 1 FROM appeal p WHERE p.licence_upload = u.id)"

enum err
upload_abandoned(struct sql *db, struct arena *arena, unsigned state, int64_t from, int64_t *until,
    int64_t limit, const struct upload **ret, size_t *ret_count)
{
	int64_t oldest;

	TRY(sql_number(db, arena,
	    "SELECT MIN(updated_at) FROM upload"
	    " WHERE state = ? AND updated_at >= ? AND updated_at < ?",
	    ARGS(V(state), V(from), V(*until)), &oldest));
	if (oldest == 0)
		return ERR_NOT_FOUND;
	if (oldest + DAY < *until)
		*until = oldest + DAY;
	return sql_all(db, arena,
	    "SELECT {} FROM upload u"
	    " WHERE state = ? AND updated_at >= ? AND updated_at < ? AND (state = ? OR (" NOT_HELD
	    ")) ORDER BY updated_at LIMIT ?",
	    ARGS(V(state), V(from), V(*until), V(UPLOAD_ABANDONED), V(limit)), upload_shape(), ret,
	    ret_count);
}

enum err
upload_is_held(struct sql *db, struct arena *arena, const char *id, bool *ret)
{
	bool loose;

	TRY(sql_exists(db, arena, "SELECT 1 FROM upload u WHERE id = ? AND" NOT_HELD " LIMIT 1",
	    ARGS(V(id)), &loose));
	*ret = !loose;
	return ERR_OK;
}

enum err
upload_set_state(struct sql_tx *tx, const char *id, enum upload_state state, int64_t now)
{
	return sql_exec(tx, "UPDATE upload SET state = ?, updated_at = ? WHERE id = ?",
	    ARGS(V((unsigned)state), V(now), V(id)), NULL);
}

enum err
upload_purge_refused(struct sql_tx *tx, int64_t before, int64_t limit)
{
	return sql_exec(tx, "DELETE FROM upload WHERE state = ? AND updated_at < ? LIMIT ?",
	    ARGS(V(UPLOAD_REFUSED), V(before), V(limit)), NULL);
}

/* ---- what the store has to hold ----------------------------------------------- */

enum err
upload_contents(struct sql *db, struct arena *arena, const char *after, int64_t limit,
    const struct kept_content **ret, size_t *ret_count)
{

	return sql_all(db, arena,
	    "SELECT {} FROM upload u WHERE digest > ? GROUP BY digest ORDER BY digest LIMIT ?",
	    ARGS(V(UPLOAD_QUARANTINED), V(after), V(limit)), kept_content_shape(), ret, ret_count);
}

enum err
upload_partials(struct sql *db, struct arena *arena, const char *after, int64_t limit,
    const struct upload **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM upload u WHERE state = ? AND id > ? ORDER BY id LIMIT ?",
	    ARGS(V(UPLOAD_PARTIAL), V(after), V(limit)), upload_shape(), ret, ret_count);
}
