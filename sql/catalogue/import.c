#include "sql/catalogue/import.h"

enum err
import_add(struct sql_tx *tx, const char *code, const char *file, int64_t now, int64_t *ret_id)
{
	return sql_insert(tx, "INSERT INTO import (code, file, created_at) VALUES (?, ?, ?)",
	    ARGS(V(code), V(file), V(now)), ret_id);
}

enum err
import_get(struct sql *db, struct arena *arena, int64_t id, struct import *ret)
{
	return sql_one(db, arena, "SELECT {} FROM import i WHERE id = ?", ARGS(V(id)),
	    import_shape(), ret);
}

enum err
import_by_code(struct sql *db, struct arena *arena, const char *code, struct import *ret)
{
	return sql_one(db, arena, "SELECT {} FROM import i WHERE code = ?", ARGS(V(code)),
	    import_shape(), ret);
}

enum err
import_list(struct sql *db, struct arena *arena, int64_t limit, const struct import **ret,
    size_t *ret_count)
{
	return sql_all(db, arena, "SELECT {} FROM import i ORDER BY id DESC LIMIT ?",
	    ARGS(V(limit)), import_shape(), ret, ret_count);
}

enum err
import_move(struct sql_tx *tx, int64_t id, enum import_state from, enum import_state to)
{
	return sql_exec_one(tx, "UPDATE import SET state = ? WHERE id = ? AND state = ?",
	    ARGS(V((unsigned)to), V(id), V((unsigned)from)), ERR_CONFLICT);
}

enum err
import_ends_missing(struct sql_tx *tx, int64_t id)
{
	return sql_exec(tx, "UPDATE import SET ends_missing = 1 WHERE id = ?", ARGS(V(id)), NULL);
}

enum err
import_settle(struct sql_tx *tx, const struct import *f)
{
	return sql_exec(tx,
	    "UPDATE import SET state = ?, reason = ?, note = ?, good = ?, bad = ?, added = ?,"
	    " changed = ?, same = ?, ended = ?, covered = ?, missing = ? WHERE id = ?",
	    ARGS(V(f->state), V(f->reason), V(f->note), V(f->good), V(f->bad), V(f->added),
		V(f->changed), V(f->same), V(f->ended), V(f->covered), V(f->missing), V(f->id)),
	    NULL);
}

enum err
import_clear(struct sql_tx *tx, int64_t id)
{
	TRY(sql_exec(tx, "DELETE FROM import_row WHERE import_id = ?", ARGS(V(id)), NULL));
	return sql_exec(tx, "DELETE FROM import_fault WHERE import_id = ?", ARGS(V(id)), NULL);
}

#define BEGIN "TIMESTAMPDIFF(SECOND, '1970-01-01 08:00:00', CONCAT(?, ' 00:00:00'))"
#define END "TIMESTAMPDIFF(SECOND, '1970-01-01 08:00:00', CONCAT(?, ' 23:59:59'))"

enum err
import_row_add(struct sql_tx *tx, int64_t id, int64_t line, const struct institution_row *r)
{
	return sql_exec(tx,
	    "INSERT INTO import_row (import_id, line, code, name, region_code, uscc,"
	    " legal_name, agreement_start, agreement_end, active)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, " BEGIN ", " END ", ?)",
	    ARGS(V(id), V(line), V(r->code), V(r->name), V(r->region_code), V(r->uscc),
		V(r->legal_name), V(r->agreement_start), V(r->agreement_end), V(r->active)),
	    NULL);
}

enum err
import_fault_add(struct sql_tx *tx, int64_t id, const struct import_fault *f)
{
	return sql_exec(tx,
	    "INSERT INTO import_fault (import_id, number, line, what, why) VALUES (?, ?, ?, ?, ?)",
	    ARGS(V(id), V(f->number), V(f->line), V(f->what), V(f->why)), NULL);
}

enum err
import_faults(struct sql *db, struct arena *arena, int64_t id, int64_t after, int64_t limit,
    const struct import_fault **ret, size_t *ret_count)
{

	return sql_all(db, arena,
	    "SELECT {} FROM import_fault i WHERE import_id = ? AND number > ? ORDER BY number"
	    " LIMIT ?",
	    ARGS(V(id), V(after), V(limit)), import_fault_shape(), ret, ret_count);
}

/* `kind` of a row, against the catalogue. */
enum row_kind { ROW_ADDED = 1, ROW_CHANGED = 2, ROW_SAME = 3, ROW_ENDED = 4 };

enum err
import_compare(struct sql_tx *tx, int64_t id, int64_t from, int64_t now)
{
	return sql_exec(tx,
	    "UPDATE import_row r LEFT JOIN institution i"
	    " ON i.code = r.code AND i.region_code = r.region_code SET r.kind = CASE"
	    " WHEN i.id IS NULL THEN ?"
	    " WHEN i.name = r.name AND i.uscc = r.uscc"
	    "  AND COALESCE(r.legal_name = i.legal_name, r.legal_name IS NULL)"
	    "  AND i.agreement_start = r.agreement_start"
	    "  AND i.agreement_end = r.agreement_end AND i.active = r.active THEN ?"
	    " WHEN i.active = 1 AND i.agreement_end > ? AND (r.active = 0 OR r.agreement_end <= ?)"
	    "  THEN ? ELSE ? END"
	    " WHERE r.import_id = ? AND r.line >= ? AND r.line < ?",
	    ARGS(V(ROW_ADDED), V(ROW_SAME), V(now), V(now), V(ROW_ENDED), V(ROW_CHANGED), V(id),
		V(from), V(from + IMPORT_SPAN)),
	    NULL);
}

enum err
import_take(struct sql_tx *tx, int64_t id, int64_t from)
{
	return sql_exec(tx,
	    "INSERT INTO institution (code, name, region_code, uscc, legal_name, agreement_start,"
	    " agreement_end, active) SELECT code, name, region_code, uscc, legal_name, agreement_start,"
	    " agreement_end, active FROM import_row"
	    " WHERE import_id = ? AND line >= ? AND line < ? AND kind <> ?"
	    " ON DUPLICATE KEY UPDATE name = VALUES(name), uscc = VALUES(uscc),"
	    " legal_name = COALESCE(VALUES(legal_name), institution.legal_name),"
	    " agreement_start = VALUES(agreement_start), agreement_end = VALUES(agreement_end),"
	    " active = VALUES(active), version = version + 1",
	    ARGS(V(id), V(from), V(from + IMPORT_SPAN), V(ROW_SAME)), NULL);
}

#define TALLY_COLUMNS(C, E)                                                                        \
	E(INT, good, "COUNT(*)")                                                                   \
	E(INT, added, "COUNT(IF(kind = 1, 1, NULL))")                                              \
	E(INT, changed, "COUNT(IF(kind = 2, 1, NULL))")                                            \
	E(INT, same, "COUNT(IF(kind = 3, 1, NULL))")                                               \
	E(INT, ended, "COUNT(IF(kind = 4, 1, NULL))")                                              \
	E(INT, last, "COALESCE(MAX(line), 0)")
SQL_ROW(tally, TALLY_COLUMNS)

enum err
import_tally(struct sql *db, struct arena *arena, int64_t id, struct import *ret, int64_t *ret_last)
{
	struct tally t = { 0 };

	TRY(sql_one(db, arena, "SELECT {} FROM import_row i WHERE import_id = ?", ARGS(V(id)),
	    tally_shape(), &t));
	ret->good = t.good;
	ret->added = t.added;
	ret->changed = t.changed;
	ret->same = t.same;
	ret->ended = t.ended;
	*ret_last = t.last;
	return ERR_OK;
}

enum err
import_purge(struct sql_tx *tx, int64_t before, int64_t limit)
{
	TRY(sql_exec(tx,
	    "UPDATE import SET state = ?, reason = ? WHERE state = ? AND created_at < ?",
	    ARGS(V((unsigned)IMPORT_FAILED), V("超过 7 天没有导入，请重新选择文件核对"),
		V((unsigned)IMPORT_CHECKED), V(before)),
	    NULL));
	return sql_exec(tx,
	    "DELETE FROM import_row WHERE import_id IN (SELECT id FROM import WHERE state >= ?)"
	    " LIMIT ?",
	    ARGS(V((unsigned)IMPORT_DONE), V(limit)), NULL);
}
