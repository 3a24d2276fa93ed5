#include "sql/application/upload.h"

#include "fcgi/base/time.h"

static const struct sql_column columns[] = {
	COLUMN(struct upload, id),
	COLUMN(struct upload, unit_id),
	COLUMN(struct upload, role),
	COLUMN(struct upload, user_id),
	COLUMN(struct upload, slot),
	COLUMN(struct upload, name),
	COLUMN(struct upload, metadata),
	COLUMN(struct upload, length),
	COLUMN(struct upload, received),
	COLUMN(struct upload, state),
	COLUMN(struct upload, type),
	COLUMN(struct upload, digest),
	COLUMN(struct upload, reason),
	COLUMN(struct upload, created_at),
	COLUMN(struct upload, updated_at),
};
static const struct sql_shape shape = SHAPE(struct upload, columns);
/* The columns of that shape. */
#define SELECT_UPLOAD                                                                              \
	"SELECT id, unit_id, role, user_id, slot, name, metadata, length, received, state, type, " \
	"digest,"                                                                                  \
	" reason, created_at, updated_at FROM upload"

struct tally {
	int64_t count;
};
static const struct sql_column tally_columns[] = { COLUMN(struct tally, count) };
static const struct sql_shape tally_shape = SHAPE(struct tally, tally_columns);

enum err
upload_insert(struct sql_tx *tx, const struct upload *u)
{
	return sql_exec(tx,
	    "INSERT INTO upload (id, unit_id, role, user_id, slot, name, metadata, length, "
	    "received, state,"
	    " created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)",
	    ARGS(V(u->id), V(u->unit_id), V(u->role), V(u->user_id), V(u->slot), V(u->name),
		V(u->metadata), V(u->length), V(UPLOAD_PARTIAL), V(u->created_at),
		V(u->created_at)),
	    NULL);
}

enum err
upload_get(struct sql *db, struct arena *arena, const char *id, struct upload *ret)
{
	return sql_one(db, arena, SELECT_UPLOAD " WHERE id = ?", ARGS(V(id)), &shape, ret);
}

enum err
upload_lock(struct sql_tx *tx, struct arena *arena, const char *id, struct upload *ret)
{
	enum err e = sql_one(tx->db, arena, SELECT_UPLOAD " WHERE id = ? FOR UPDATE NOWAIT",
	    ARGS(V(id)), &shape, ret);

	return e == ERR_CONFLICT ? ERR_UPLOAD_BUSY : e;
}

enum err
upload_advance(struct sql_tx *tx, const char *id, int64_t received, int64_t now)
{
	return sql_exec(tx, "UPDATE upload SET received = ?, updated_at = ? WHERE id = ?",
	    ARGS(V(received), V(now), V(id)), NULL);
}

enum err
upload_finish(struct sql_tx *tx, const char *id, const char *type, const char *digest, int64_t now)
{
	return sql_exec(tx,
	    "UPDATE upload SET state = ?, received = length, type = ?, digest = ?, updated_at = ?"
	    " WHERE id = ?",
	    ARGS(V(UPLOAD_STORED), V(type), V(digest), V(now), V(id)), NULL);
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
	    SELECT_UPLOAD " WHERE state = ? AND updated_at < ? ORDER BY updated_at LIMIT ?",
	    ARGS(V(UPLOAD_PARTIAL), V(before), V(limit)), &shape, ret, ret_count);
}

enum err
upload_open_count(struct sql *db, struct arena *arena, unsigned role, int64_t user_id, int64_t *ret)
{
	struct tally tally;

	TRY(sql_one(db, arena,
	    "SELECT COUNT(*) FROM upload WHERE role = ? AND user_id = ? AND state = ?",
	    ARGS(V(role), V(user_id), V(UPLOAD_PARTIAL)), &tally_shape, &tally));
	*ret = tally.count;
	return ERR_OK;
}

enum err
upload_declared_since(struct sql *db, struct arena *arena, unsigned role, int64_t user_id,
    int64_t since, int64_t *ret)
{
	struct tally tally;

	TRY(sql_one(db, arena,
	    "SELECT CAST(COALESCE(SUM(length), 0) AS SIGNED) FROM upload"
	    " WHERE role = ? AND user_id = ? AND created_at >= ?",
	    ARGS(V(role), V(user_id), V(since)), &tally_shape, &tally));
	*ret = tally.count;
	return ERR_OK;
}

enum err
upload_of_content(struct sql *db, struct arena *arena, const char *digest, int64_t limit,
    const struct upload **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    SELECT_UPLOAD " WHERE digest = ? AND state IN (?, ?) ORDER BY id LIMIT ?",
	    ARGS(V(digest), V(UPLOAD_STORED), V(UPLOAD_ABANDONED), V(limit)), &shape, ret,
	    ret_count);
}

enum err
upload_quarantines(struct sql *db, struct arena *arena, const char *digest, bool *ret)
{
	struct tally tally;

	TRY(sql_one(db, arena, "SELECT COUNT(*) FROM upload WHERE digest = ? AND state = ?",
	    ARGS(V(digest), V(UPLOAD_QUARANTINED)), &tally_shape, &tally));
	*ret = tally.count > 0;
	return ERR_OK;
}

enum err
upload_keeps(struct sql *db, struct arena *arena, const char *digest, bool *ret)
{
	struct tally tally;

	TRY(sql_one(db, arena,
	    "SELECT COUNT(*) FROM (SELECT 1 FROM upload WHERE digest = ? AND state = ? LIMIT 1) AS "
	    "one",
	    ARGS(V(digest), V(UPLOAD_STORED)), &tally_shape, &tally));
	*ret = tally.count > 0;
	return ERR_OK;
}

/* ---- held by nothing --------------------------------------------------------- */

/* SQL: nothing holds the upload u. */
#define NOT_HELD                                                                                   \
	" NOT EXISTS (SELECT 1 FROM application_file f WHERE f.upload_id = u.id)"                  \
	" AND NOT EXISTS (SELECT 1 FROM application_round_file r WHERE r.upload_id = u.id)"        \
	" AND NOT EXISTS (SELECT 1 FROM unit n WHERE n.licence_upload = u.id)"

enum err
upload_abandoned(struct sql *db, struct arena *arena, unsigned state, int64_t from, int64_t *until,
    int64_t limit, const struct upload **ret, size_t *ret_count)
{
	struct tally oldest;

	TRY(sql_one(db, arena,
	    "SELECT COALESCE(MIN(updated_at), 0) FROM upload WHERE state = ? AND updated_at >= ?"
	    " AND updated_at < ?",
	    ARGS(V(state), V(from), V(*until)), &tally_shape, &oldest));
	if (oldest.count == 0)
		return ERR_NOT_FOUND;
	if (oldest.count + DAY < *until)
		*until = oldest.count + DAY;
	return sql_all(db, arena,
	    "SELECT id, unit_id, role, user_id, slot, name, metadata, length, received, state, "
	    "type, digest,"
	    " reason, created_at, updated_at FROM upload u"
	    " WHERE state = ? AND updated_at >= ? AND updated_at < ?"
	    " AND (state = ? OR (" NOT_HELD ")) ORDER BY updated_at LIMIT ?",
	    ARGS(V(state), V(from), V(*until), V(UPLOAD_ABANDONED), V(limit)), &shape, ret,
	    ret_count);
}

enum err
upload_is_held(struct sql *db, struct arena *arena, const char *id, bool *ret)
{
	struct tally tally;

	TRY(sql_one(db, arena, "SELECT COUNT(*) FROM upload u WHERE id = ? AND" NOT_HELD,
	    ARGS(V(id)), &tally_shape, &tally));
	*ret = tally.count == 0;
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
	static const struct sql_column content_columns[] = {
		COLUMN(struct kept_content, digest),
		COLUMN(struct kept_content, shortest),
		COLUMN(struct kept_content, longest),
		COLUMN(struct kept_content, upload_id),
		COLUMN(struct kept_content, quarantined),
	};
	static const struct sql_shape content_shape = SHAPE(struct kept_content, content_columns);

	return sql_all(db, arena,
	    "SELECT digest, MIN(length), MAX(length), MIN(id), MIN(state = ?) FROM upload"
	    " WHERE digest > ? GROUP BY digest ORDER BY digest LIMIT ?",
	    ARGS(V(UPLOAD_QUARANTINED), V(after), V(limit)), &content_shape, ret, ret_count);
}

enum err
upload_partials(struct sql *db, struct arena *arena, const char *after, int64_t limit,
    const struct upload **ret, size_t *ret_count)
{
	return sql_all(db, arena, SELECT_UPLOAD " WHERE state = ? AND id > ? ORDER BY id LIMIT ?",
	    ARGS(V(UPLOAD_PARTIAL), V(after), V(limit)), &shape, ret, ret_count);
}
