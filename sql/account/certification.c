#include "sql/account/certification.h"

#include "sql/db/like.h"

#define OF_REGION " AND (? IS NULL OR region_code LIKE ?)"

enum err
certification_ask(struct sql_tx *tx, int64_t unit_id, int64_t version, const char *reason,
    int64_t bureau_id, int64_t now)
{
	return sql_exec_one(tx,
	    "UPDATE unit SET certification = ?, certification_reason = ?, manual_bureau = ?,"
	    " manual_at = ?, version = version + 1 WHERE id = ? AND version = ?",
	    ARGS(V((unsigned)CERTIFICATION_MANUAL), V(reason), V(bureau_id), V(now), V(unit_id),
		V(version)),
	    ERR_CONFLICT);
}

enum err
certification_confirm(struct sql_tx *tx, int64_t unit_id, int64_t version, unsigned certification,
    const char *reason, int64_t at, int64_t until)
{
	return sql_exec_one(tx,
	    "UPDATE unit SET certification = ?, certification_reason = ?,"
	    " certified_at = NULLIF(?, 0), certified_until = NULLIF(?, 0),"
	    " revoked_at = IF(?, NULL, revoked_at), version = version + 1"
	    " WHERE id = ? AND version = ?",
	    ARGS(V(certification), V(reason), V(at), V(until), V(until != 0), V(unit_id),
		V(version)),
	    ERR_CONFLICT);
}

enum err
certification_waiting(struct sql *db, struct arena *arena, int64_t bureau_id, const char *region,
    int64_t cursor, int64_t limit, const struct unit **ret, size_t *ret_count)
{
	const char *of = sql_beginning(arena, region);

	return sql_all(db, arena,
	    "SELECT {} FROM unit u WHERE manual_bureau = ? AND certification = ?"
	    " AND id > ?" OF_REGION " ORDER BY id LIMIT ?",
	    ARGS(V(bureau_id), V((unsigned)CERTIFICATION_MANUAL), V(cursor), V(of), V(of),
		V(limit)),
	    unit_shape(), ret, ret_count);
}

enum err
certification_answered(struct sql *db, struct arena *arena, int64_t bureau_id, const char *region,
    int64_t cursor, int64_t limit, const struct unit **ret, size_t *ret_count)
{
	const char *of = sql_beginning(arena, region);

	return sql_all(db, arena,
	    "SELECT {} FROM unit u WHERE manual_bureau = ? AND certification <> ?"
	    " AND id < ?" OF_REGION " ORDER BY id DESC LIMIT ?",
	    ARGS(V(bureau_id), V((unsigned)CERTIFICATION_MANUAL), V(cursor ? cursor : INT64_MAX),
		V(of), V(of), V(limit)),
	    unit_shape(), ret, ret_count);
}

enum err
certification_waiting_count(struct sql *db, struct arena *arena, int64_t bureau_id,
    const char *region, int64_t *ret)
{
	const char *of = sql_beginning(arena, region);
	return sql_number(db, arena,
	    "SELECT COUNT(*) FROM (SELECT id FROM unit WHERE manual_bureau = ?"
	    " AND certification = ?" OF_REGION " LIMIT ?) AS counted",
	    ARGS(V(bureau_id), V((unsigned)CERTIFICATION_MANUAL), V(of), V(of),
		V(CERTIFICATION_COUNTED)),
	    ret);
}

enum err
certification_shows(struct sql *db, struct arena *arena, const char *upload, int64_t bureau_id,
    const char *scope, bool *ret)
{
	const char *of = sql_beginning(arena, scope);

	return sql_exists(db, arena,
	    "SELECT 1 FROM unit u JOIN bureau b ON b.id = ? WHERE u.licence_upload = ?"
	    " AND u.region_code LIKE ? AND (u.manual_bureau = b.id OR (u.certification IN (?, ?, ?)"
	    " AND u.region_code LIKE CONCAT(b.prefix, '%')))"
	    " UNION SELECT 1 FROM appeal p WHERE p.licence_upload = ? AND p.bureau_id = ?"
	    " AND p.region_code LIKE ? LIMIT 1",
	    ARGS(V(bureau_id), V(upload), V(of), V((unsigned)CERTIFICATION_PASSED),
		V((unsigned)CERTIFICATION_EXPIRED), V((unsigned)CERTIFICATION_REVOKED), V(upload),
		V(bureau_id), V(of)),
	    ret);
}

enum err
certified_units(struct sql *db, struct arena *arena, const char *prefix, unsigned certification,
    const char *search, int64_t cursor, int64_t limit, const struct unit **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM unit u WHERE region_code LIKE ? AND id < ?"
	    " AND (" CERTIFICATION_NOW("u") ") = ? AND (? IS NULL OR " SQL_BEGINS("name",
		"?") " OR " SQL_BEGINS("uscc", "?") ") ORDER BY id DESC LIMIT ?",
	    ARGS(V(sql_beginning(arena, prefix)), V(cursor ? cursor : INT64_MAX), V(certification),
		V(search), V(search), V(search), V(search), V(search), V(limit)),
	    unit_shape(), ret, ret_count);
}

#define REVOKE                                                                                     \
	"certification = ?, certification_reason = ?, certified_until = NULL, revoked_at = ?,"     \
	" version = version + 1"

enum err
certification_revoke(struct sql_tx *tx, int64_t unit_id, int64_t version, const char *reason,
    int64_t now)
{
	return sql_exec_one(tx, "UPDATE unit SET " REVOKE " WHERE id = ? AND version = ?",
	    ARGS(V((unsigned)CERTIFICATION_REVOKED), V(reason), V(now), V(unit_id), V(version)),
	    ERR_CONFLICT);
}

enum err
unit_release(struct sql_tx *tx, int64_t unit_id, const char *reason, int64_t now)
{
	return sql_exec_one(tx,
	    "UPDATE unit SET " REVOKE ", released = ?, password_seq = password_seq + 1"
	    " WHERE id = ? AND released = 0",
	    ARGS(V((unsigned)CERTIFICATION_REVOKED), V(reason), V(now), V(now), V(unit_id)),
	    ERR_CONFLICT);
}

enum err
certification_lapsed(struct sql *db, struct arena *arena, int64_t after, int64_t span,
    const struct unit **ret, size_t *ret_count, bool *ret_more)
{
	int64_t newest;

	TRY(sql_all(db, arena,
	    "SELECT {} FROM unit u WHERE id > ? AND id <= ? AND certification = " CERTIFICATION_CODE_PASSED
	    " AND " CERTIFICATION_NOW("u") " = " CERTIFICATION_CODE_EXPIRED
					   " ORDER BY id LIMIT 500",
	    ARGS(V(after), V(after + span)), unit_shape(), ret, ret_count));
	TRY(sql_number(db, arena, "SELECT MAX(id) FROM unit", NO_ARGS, &newest));
	*ret_more = newest > after + span;
	return ERR_OK;
}
