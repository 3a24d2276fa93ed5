#include "sql/account/certification_check.h"

#define FIELD_CHECK_COLUMNS(C, E)                                                                  \
	C(CODE, c, field)                                                                          \
	C(TEXT, c, given)                                                                          \
	C(TEXT, c, catalogue)                                                                      \
	C(CODE, c, by_catalogue)                                                                   \
	C(CODE, c, by_registry)                                                                    \
	C(CODE, c, by_licence)
SQL_SHAPE(field_check, field_check, FIELD_CHECK_COLUMNS)

enum err
certification_check_put(struct sql_tx *tx, int64_t unit_id, const struct unit_checks *checks)
{
	TRY(sql_exec(tx, "DELETE FROM certification_check WHERE unit_id = ?", ARGS(V(unit_id)),
	    NULL));
	for (size_t f = 1; f < CHECKS_MAX; f++) {
		const struct field_check *c = &checks->of[f];

		TRY(sql_exec(tx,
		    "INSERT INTO certification_check (unit_id, field, given, catalogue,"
		    " by_catalogue, by_registry, by_licence) VALUES (?, ?, ?, ?, ?, ?, ?)",
		    ARGS(V(unit_id), V((unsigned)c->field), V(c->given), V(c->catalogue),
			V(c->by_catalogue), V(c->by_registry), V(c->by_licence)),
		    NULL));
	}
	return ERR_OK;
}

enum err
certification_checks(struct sql *db, struct arena *arena, int64_t unit_id,
    const struct field_check **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM certification_check c WHERE unit_id = ? ORDER BY field LIMIT 20",
	    ARGS(V(unit_id)), field_check_shape(), ret, ret_count);
}

enum err
certification_reading_put(struct sql_tx *tx, int64_t unit_id,
    const struct certification_reading *reading)
{
	return sql_exec(tx,
	    "INSERT INTO certification_reading (unit_id, text_sealed, read_at) VALUES (?, ?, ?)"
	    " ON DUPLICATE KEY UPDATE text_sealed = VALUES(text_sealed), read_at = VALUES(read_at)",
	    ARGS(V(unit_id), V(reading->text_sealed), V(reading->read_at)), NULL);
}

enum err
certification_reading_get(struct sql *db, struct arena *arena, int64_t unit_id,
    struct certification_reading *ret)
{
	return sql_one(db, arena, "SELECT {} FROM certification_reading r WHERE unit_id = ?",
	    ARGS(V(unit_id)), certification_reading_shape(), ret);
}
