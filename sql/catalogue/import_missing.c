#include "sql/catalogue/import_missing.h"

#include "handlers/rules/procedure/workflow.h"

/* ? : import, now */
#define COVERED                                                                                    \
	" FROM institution i WHERE i.region_code IN (SELECT DISTINCT region_code FROM import_row"  \
	" WHERE import_id = ?) AND i.active = 1 AND i.agreement_end > ?"
/* ? : import, now, import */
#define MISSING                                                                                    \
	COVERED " AND NOT EXISTS (SELECT 1 FROM import_row r WHERE r.import_id = ?"                \
		" AND r.code = i.code AND r.region_code = i.region_code)"

static enum err
count(struct sql_tx *tx, const char *text, struct sql_args args, int64_t *ret)
{
	struct arena *arena = arena_new(1 << 16);
	enum err e = sql_number(tx->db, arena, text, args, ret);

	arena_free(arena);
	return e;
}

enum err
import_missing_find(struct sql_tx *tx, int64_t import_id, int64_t now, int64_t *ret_missing,
    int64_t *ret_covered)
{
	uint64_t found;

	TRY(sql_exec(tx, "DELETE FROM import_missing WHERE import_id = ?", ARGS(V(import_id)),
	    NULL));
	TRY(count(tx, "SELECT COUNT(*)" COVERED, ARGS(V(import_id), V(now)), ret_covered));
	TRY(sql_exec(tx,
	    "INSERT INTO import_missing (import_id, institution_id) SELECT ?, i.id" MISSING,
	    ARGS(V(import_id), V(import_id), V(now), V(import_id)), &found));
	*ret_missing = (int64_t)found;
	return ERR_OK;
}

enum err
import_missing_same(struct sql_tx *tx, int64_t import_id, int64_t now, bool *ret)
{
	int64_t kept, missing, both;

	TRY(count(tx, "SELECT COUNT(*) FROM import_missing WHERE import_id = ?", ARGS(V(import_id)),
	    &kept));
	TRY(count(tx, "SELECT COUNT(*)" MISSING, ARGS(V(import_id), V(now), V(import_id)),
	    &missing));
	TRY(count(tx,
	    "SELECT COUNT(*)" MISSING " AND EXISTS (SELECT 1 FROM import_missing m"
	    " WHERE m.import_id = ? AND m.institution_id = i.id)",
	    ARGS(V(import_id), V(now), V(import_id), V(import_id)), &both));
	*ret = kept == missing && missing == both;
	return ERR_OK;
}

enum err
import_missing_end(struct sql_tx *tx, int64_t import_id)
{
	return sql_exec(tx,
	    "UPDATE import_missing m JOIN institution i ON i.id = m.institution_id"
	    " SET i.active = 0, i.version = i.version + 1 WHERE m.import_id = ? AND i.active = 1",
	    ARGS(V(import_id)), NULL);
}

enum err
import_missing_list(struct sql *db, struct arena *arena, int64_t import_id, int64_t after,
    int64_t limit, const struct import_missed **ret, size_t *ret_count)
{

	return sql_all(db, arena,
	    "SELECT {} FROM import_missing m JOIN institution i ON i.id = m.institution_id"
	    " WHERE m.import_id = ? AND m.institution_id > ? ORDER BY m.institution_id LIMIT ?",
	    ARGS(V((unsigned)STATE_DRAFT), V((unsigned)STATE_ACCEPTED),
		V((unsigned)STATE_DISCARDED), V(import_id), V(after), V(limit)),
	    import_missed_shape(), ret, ret_count);
}
