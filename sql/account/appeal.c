#include "sql/account/appeal.h"

#include "sql/db/like.h"

enum err
appeal_add(struct sql_tx *tx, const struct appeal *p, int64_t *ret_id)
{
	return sql_insert(tx,
	    "INSERT INTO appeal (uscc, name, region_code, bureau_id, unit_id, contact_sealed,"
	    " phone_sealed, statement, state, created_at) VALUES (?, ?, ?, ?, ?, '', '', ?, ?, ?)",
	    ARGS(V(p->uscc), V(p->name), V(p->region_code), V(p->bureau_id), V(p->unit_id),
		V(p->statement), V((unsigned)APPEAL_BEGUN), V(p->created_at)),
	    ret_id);
}

enum err
appeal_seal(struct sql_tx *tx, int64_t id, const char *contact_sealed, const char *phone_sealed)
{
	return sql_exec_one(tx,
	    "UPDATE appeal SET contact_sealed = ?, phone_sealed = ? WHERE id = ?",
	    ARGS(V(contact_sealed), V(phone_sealed), V(id)), ERR_INTERNAL);
}

enum err
appeal_get(struct sql *db, struct arena *arena, int64_t id, struct appeal *ret)
{
	return sql_one(db, arena, "SELECT {} FROM appeal p WHERE id = ?", ARGS(V(id)),
	    appeal_shape(), ret);
}

enum err
appeal_waiting_on(struct sql *db, struct arena *arena, const char *uscc, int64_t *ret)
{
	return sql_number(db, arena, "SELECT COUNT(*) FROM appeal WHERE uscc = ? AND state = ?",
	    ARGS(V(uscc), V((unsigned)APPEAL_WAITING)), ret);
}

enum err
appeal_file(struct sql_tx *tx, int64_t id, const char *licence)
{
	return sql_exec_one(tx,
	    "UPDATE appeal SET licence_upload = ?, state = ?, version = version + 1"
	    " WHERE id = ? AND state = ?",
	    ARGS(V(licence), V((unsigned)APPEAL_WAITING), V(id), V((unsigned)APPEAL_BEGUN)),
	    ERR_CONFLICT);
}

enum err
appeal_decide(struct sql_tx *tx, int64_t id, int64_t version, enum appeal_state state,
    const char *reason, int64_t staff_id, int64_t now)
{
	return sql_exec_one(tx,
	    "UPDATE appeal SET state = ?, reason = ?, decided_by = ?, decided_at = ?,"
	    " version = version + 1 WHERE id = ? AND version = ?",
	    ARGS(V((unsigned)state), V(reason), V(staff_id), V(now), V(id), V(version)),
	    ERR_CONFLICT);
}

enum err
appeal_list(struct sql *db, struct arena *arena, int64_t bureau_id, bool done, const char *region,
    int64_t cursor, int64_t limit, const struct appeal **ret, size_t *ret_count)
{
	const char *of = sql_beginning(arena, region);

	if (!done)
		return sql_all(db, arena,
		    "SELECT {} FROM appeal p WHERE bureau_id = ? AND state = ? AND id > ?"
		    " AND (? IS NULL OR region_code LIKE ?) ORDER BY id LIMIT ?",
		    ARGS(V(bureau_id), V((unsigned)APPEAL_WAITING), V(cursor), V(of), V(of),
			V(limit)),
		    appeal_shape(), ret, ret_count);
	return sql_all(db, arena,
	    "SELECT {} FROM appeal p WHERE bureau_id = ? AND state IN (?, ?) AND id < ?"
	    " AND (? IS NULL OR region_code LIKE ?) ORDER BY id DESC LIMIT ?",
	    ARGS(V(bureau_id), V((unsigned)APPEAL_UPHELD), V((unsigned)APPEAL_DISMISSED),
		V(cursor ? cursor : INT64_MAX), V(of), V(of), V(limit)),
	    appeal_shape(), ret, ret_count);
}

enum err
appeal_purge(struct sql_tx *tx, int64_t before, int64_t limit)
{
	return sql_exec(tx, "DELETE FROM appeal WHERE state = ? AND created_at < ? LIMIT ?",
	    ARGS(V((unsigned)APPEAL_BEGUN), V(before), V(limit)), NULL);
}
