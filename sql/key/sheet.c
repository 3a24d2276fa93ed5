#include "sql/key/sheet.h"

static const struct sql_column columns[] = {
	COLUMN(struct issued_sheet, number),
	COLUMN(struct issued_sheet, environment),
	COLUMN(struct issued_sheet, kind),
	COLUMN(struct issued_sheet, serial),
	COLUMN(struct issued_sheet, replied_at),
};
static const struct sql_shape shape = SHAPE(struct issued_sheet, columns);

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
	    "SELECT number, environment, kind, serial, replied_at FROM sheet"
	    " WHERE application_id = ? ORDER BY environment, kind, serial DESC LIMIT 200",
	    ARGS(V(application_id)), &shape, ret, ret_count);
}

static const struct sql_column standing_columns[] = {
	COLUMN(struct sheet_standing, environment),
	COLUMN(struct sheet_standing, kind),
	COLUMN(struct sheet_standing, replied_at),
	COLUMN(struct sheet_standing, initiator),
	COLUMN(struct sheet_standing, disabled_at),
	COLUMN(struct sheet_standing, valid_until),
};
static const struct sql_shape standing = SHAPE(struct sheet_standing, standing_columns);

enum err
issued_sheet_standing(struct sql *db, struct arena *arena, const char *number,
    struct sheet_standing *ret)
{
	return sql_one(db, arena,
	    "SELECT s.environment, s.kind, s.replied_at, b.name, c.disabled_at, c.valid_until FROM "
	    "sheet s"
	    " JOIN application a ON a.id = s.application_id"
	    " JOIN bureau b ON b.id = a.province_bureau"
	    " JOIN credential c ON c.application_id = s.application_id"
	    "  AND c.environment = s.environment AND c.serial = s.serial"
	    " WHERE s.number = ?",
	    ARGS(V(number)), &standing, ret);
}
