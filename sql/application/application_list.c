#include "sql/application/application_list.h"

#define NEWEST INT64_MAX

static int64_t
from(int64_t before)
{
	return before ? before : NEWEST;
}

enum err
application_list(struct sql *db, struct arena *arena, const struct application_filter *f,
    int64_t before, int64_t limit, const struct application_item **ret, size_t *ret_count)
{
	const char *type = f->business_type;

	if (f->institution_id && f->status >= 0)
		return sql_all(db, arena,
		    "SELECT {} FROM application a JOIN unit u ON u.id = a.unit_id WHERE a.unit_id = ?"
		    " AND a.institution_id = ? AND a.status = ? AND (? IS NULL OR a.business_type = ?)"
		    " AND a.id < ? ORDER BY a.id DESC LIMIT ?",
		    ARGS(V(f->unit_id), V(f->institution_id), V(f->status), V(type), V(type),
			V(from(before)), V(limit)),
		    application_item_shape(), ret, ret_count);
	if (f->institution_id)
		return sql_all(db, arena,
		    "SELECT {} FROM application a JOIN unit u ON u.id = a.unit_id WHERE a.unit_id = ?"
		    " AND a.institution_id = ? AND (? IS NULL OR a.business_type = ?) AND a.id < ?"
		    " ORDER BY a.id DESC LIMIT ?",
		    ARGS(V(f->unit_id), V(f->institution_id), V(type), V(type), V(from(before)),
			V(limit)),
		    application_item_shape(), ret, ret_count);
	return sql_all(db, arena,
	    "SELECT {} FROM application a JOIN unit u ON u.id = a.unit_id WHERE a.unit_id = ?"
	    " AND (? < 0 OR a.status = ?) AND (? IS NULL OR a.business_type = ?) AND a.id < ?"
	    " ORDER BY a.id DESC LIMIT ?",
	    ARGS(V(f->unit_id), V(f->status), V(f->status), V(type), V(type), V(from(before)),
		V(limit)),
	    application_item_shape(), ret, ret_count);
}

enum err
application_count(struct sql *db, struct arena *arena, const struct application_filter *f,
    int64_t *ret)
{
	const char *type = f->business_type;

	if (f->institution_id && f->status >= 0)
		return sql_number(db, arena,
		    "SELECT COUNT(*) FROM application WHERE unit_id = ? AND institution_id = ?"
		    " AND status = ? AND (? IS NULL OR business_type = ?)",
		    ARGS(V(f->unit_id), V(f->institution_id), V(f->status), V(type), V(type)), ret);
	if (f->institution_id)
		return sql_number(db, arena,
		    "SELECT COUNT(*) FROM application WHERE unit_id = ? AND institution_id = ?"
		    " AND (? IS NULL OR business_type = ?)",
		    ARGS(V(f->unit_id), V(f->institution_id), V(type), V(type)), ret);
	return sql_number(db, arena,
	    "SELECT COUNT(*) FROM application WHERE unit_id = ? AND (? < 0 OR status = ?)"
	    " AND (? IS NULL OR business_type = ?)",
	    ARGS(V(f->unit_id), V(f->status), V(f->status), V(type), V(type)), ret);
}

/* 申请审核通过 or later, and not 已弃用. */
#define REACHED                                                                                    \
	" a.unit_id = ? AND a.institution_id = ? AND a.business_type = 'auth'"                     \
	" AND a.app_source IN ('own_new', 'own_existing') AND a.state BETWEEN ? AND ?"
#define FIRST_REACHED V((unsigned)STATE_APPLIED)
#define LAST_REACHED V((unsigned)STATE_ACCEPTED)
enum err
application_existing(struct sql *db, struct arena *arena, int64_t unit_id, int64_t institution_id,
    const struct existing_app **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM application a WHERE" REACHED
	    " AND NOT EXISTS (SELECT 1 FROM application l WHERE l.unit_id = a.unit_id"
	    " AND l.institution_id = a.institution_id AND l.business_type = 'auth'"
	    " AND l.app_source IN ('own_new', 'own_existing') AND l.state BETWEEN ? AND ?"
	    " AND l.shown_app_name = a.shown_app_name AND l.id > a.id) ORDER BY a.shown_app_name"
	    " LIMIT 200",
	    ARGS(V(unit_id), V(institution_id), FIRST_REACHED, LAST_REACHED, FIRST_REACHED,
		LAST_REACHED),
	    existing_app_shape(), ret, ret_count);
}

enum err
application_existing_get(struct sql *db, struct arena *arena, int64_t unit_id,
    int64_t institution_id, const char *number, struct existing_app *ret)
{
	return sql_one(db, arena, "SELECT {} FROM application a WHERE" REACHED " AND a.number = ?",
	    ARGS(V(unit_id), V(institution_id), FIRST_REACHED, LAST_REACHED, V(number)),
	    existing_app_shape(), ret);
}

enum err
application_running_count(struct sql *db, struct arena *arena, int64_t unit_id, int64_t *ret)
{
	return sql_number(db, arena,
	    "SELECT COUNT(*) FROM application WHERE unit_id = ? AND round > 0 AND state <> ?",
	    ARGS(V(unit_id), V((unsigned)STATE_DISCARDED)), ret);
}
