#include "sql/application/application_list.h"

/* `cursor` differs from list to list, the rest is one. */
#define COLUMNS                                                                                    \
	" a.number, a.version, a.state, u.name, a.institution_name, a.institution_code,"           \
	" a.province_city, a.business_type, a.shown_app_name, a.third_channel, a.desk_since,"      \
	" a.acceptance_saved_at, a.updated_at"

static const struct sql_column columns[] = {
	COLUMN(struct application_item, id),
	COLUMN(struct application_item, cursor),
	COLUMN(struct application_item, number),
	COLUMN(struct application_item, version),
	COLUMN(struct application_item, state),
	COLUMN(struct application_item, unit_name),
	COLUMN(struct application_item, institution_name),
	COLUMN(struct application_item, institution_code),
	COLUMN(struct application_item, province_city),
	COLUMN(struct application_item, business_type),
	COLUMN(struct application_item, shown_app_name),
	COLUMN(struct application_item, third_channel),
	COLUMN(struct application_item, desk_since),
	COLUMN(struct application_item, acceptance_saved_at),
	COLUMN(struct application_item, updated_at),
};
static const struct sql_shape shape = SHAPE(struct application_item, columns);

#define NEWEST INT64_MAX

static int64_t
from(int64_t before)
{
	return before ? before : NEWEST;
}

struct number {
	int64_t value;
};
static const struct sql_column number_columns[] = { COLUMN(struct number, value) };
static const struct sql_shape number_shape = SHAPE(struct number, number_columns);

enum err
application_list(struct sql *db, struct arena *arena, const struct application_filter *f,
    int64_t before, int64_t limit, const struct application_item **ret, size_t *ret_count)
{
	const char *type = f->business_type;

	if (f->institution_id && f->status >= 0)
		return sql_all(db, arena,
		    "SELECT a.id, a.id," COLUMNS
		    " FROM application a JOIN unit u ON u.id = a.unit_id"
		    " WHERE a.unit_id = ? AND a.institution_id = ? AND a.status = ?"
		    " AND (? IS NULL OR a.business_type = ?) AND a.id < ?"
		    " ORDER BY a.id DESC LIMIT ?",
		    ARGS(V(f->unit_id), V(f->institution_id), V(f->status), V(type), V(type),
			V(from(before)), V(limit)),
		    &shape, ret, ret_count);
	if (f->institution_id)
		return sql_all(db, arena,
		    "SELECT a.id, a.id," COLUMNS
		    " FROM application a JOIN unit u ON u.id = a.unit_id"
		    " WHERE a.unit_id = ? AND a.institution_id = ?"
		    " AND (? IS NULL OR a.business_type = ?) AND a.id < ?"
		    " ORDER BY a.id DESC LIMIT ?",
		    ARGS(V(f->unit_id), V(f->institution_id), V(type), V(type), V(from(before)),
			V(limit)),
		    &shape, ret, ret_count);
	return sql_all(db, arena,
	    "SELECT a.id, a.id," COLUMNS " FROM application a JOIN unit u ON u.id = a.unit_id"
	    " WHERE a.unit_id = ? AND (? < 0 OR a.status = ?)"
	    " AND (? IS NULL OR a.business_type = ?) AND a.id < ?"
	    " ORDER BY a.id DESC LIMIT ?",
	    ARGS(V(f->unit_id), V(f->status), V(f->status), V(type), V(type), V(from(before)),
		V(limit)),
	    &shape, ret, ret_count);
}

static enum err
number_is(enum err e, const struct number *row, int64_t *ret)
{
	if (e == ERR_OK)
		*ret = row->value;
	return e;
}

enum err
application_count(struct sql *db, struct arena *arena, const struct application_filter *f,
    int64_t *ret)
{
	const char *type = f->business_type;
	struct number row;
	enum err e;

	if (f->institution_id && f->status >= 0)
		e = sql_one(db, arena,
		    "SELECT COUNT(*) FROM application WHERE unit_id = ? AND institution_id = ?"
		    " AND status = ? AND (? IS NULL OR business_type = ?)",
		    ARGS(V(f->unit_id), V(f->institution_id), V(f->status), V(type), V(type)),
		    &number_shape, &row);
	else if (f->institution_id)
		e = sql_one(db, arena,
		    "SELECT COUNT(*) FROM application WHERE unit_id = ? AND institution_id = ?"
		    " AND (? IS NULL OR business_type = ?)",
		    ARGS(V(f->unit_id), V(f->institution_id), V(type), V(type)), &number_shape,
		    &row);
	else
		e = sql_one(db, arena,
		    "SELECT COUNT(*) FROM application WHERE unit_id = ? AND (? < 0 OR status = ?)"
		    " AND (? IS NULL OR business_type = ?)",
		    ARGS(V(f->unit_id), V(f->status), V(f->status), V(type), V(type)),
		    &number_shape, &row);
	return number_is(e, &row, ret);
}

static const struct sql_column existing_columns[] = {
	COLUMN(struct existing_app, number),
	COLUMN(struct existing_app, name),
	COLUMN(struct existing_app, type),
	COLUMN(struct existing_app, app_id),
};
static const struct sql_shape existing_shape = SHAPE(struct existing_app, existing_columns);

/* 申请审核通过 or later, and not 已弃用. */
#define REACHED                                                                                    \
	" a.unit_id = ? AND a.institution_id = ? AND a.business_type = 'auth'"                     \
	" AND a.app_source IN ('own_new', 'own_existing') AND a.state BETWEEN ? AND ?"
#define FIRST_REACHED V((unsigned)STATE_APPLIED)
#define LAST_REACHED V((unsigned)STATE_ACCEPTED)
#define EXISTING_COLUMNS                                                                           \
	"SELECT a.number, a.shown_app_name, a.app_type, (SELECT c.app_id FROM credential c"        \
	"  WHERE c.application_id = a.id AND c.disabled_at IS NULL"                                \
	"  ORDER BY c.environment DESC LIMIT 1) FROM application a WHERE"

enum err
application_existing(struct sql *db, struct arena *arena, int64_t unit_id, int64_t institution_id,
    const struct existing_app **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    EXISTING_COLUMNS REACHED
	    " AND NOT EXISTS (SELECT 1 FROM application l WHERE l.unit_id = a.unit_id"
	    "  AND l.institution_id = a.institution_id AND l.business_type = 'auth'"
	    "  AND l.app_source IN ('own_new', 'own_existing') AND l.state BETWEEN ? AND ?"
	    "  AND l.shown_app_name = a.shown_app_name AND l.id > a.id)"
	    " ORDER BY a.shown_app_name LIMIT 200",
	    ARGS(V(unit_id), V(institution_id), FIRST_REACHED, LAST_REACHED, FIRST_REACHED,
		LAST_REACHED),
	    &existing_shape, ret, ret_count);
}

enum err
application_existing_get(struct sql *db, struct arena *arena, int64_t unit_id,
    int64_t institution_id, const char *number, struct existing_app *ret)
{
	return sql_one(db, arena, EXISTING_COLUMNS REACHED " AND a.number = ?",
	    ARGS(V(unit_id), V(institution_id), FIRST_REACHED, LAST_REACHED, V(number)),
	    &existing_shape, ret);
}
