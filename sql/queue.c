#include "sql/queue.h"

#include <string.h>

/* `order` differs from list to list, the rest is one. */
#define COLUMNS                                                                                    \
	" a.number, a.version, a.state, a.unit_name, a.institution_name, a.institution_code,"      \
	" a.province_city, a.business_type, a.shown_app_name, a.desk_since, a.updated_at,"         \
	" c.staff_id, c.staff_name, s.seen_at"
#define JOINS                                                                                      \
	" LEFT JOIN application_claim c ON c.application_id = a.id"                                \
	" LEFT JOIN application_seen s ON s.application_id = a.id AND s.staff_id = ?"

static const struct sql_column columns[] = {
	COLUMN(struct queue_item, id),
	COLUMN(struct queue_item, order),
	COLUMN(struct queue_item, number),
	COLUMN(struct queue_item, version),
	COLUMN(struct queue_item, state),
	COLUMN(struct queue_item, unit_name),
	COLUMN(struct queue_item, institution_name),
	COLUMN(struct queue_item, institution_code),
	COLUMN(struct queue_item, province_city),
	COLUMN(struct queue_item, business_type),
	COLUMN(struct queue_item, shown_app_name),
	COLUMN(struct queue_item, desk_since),
	COLUMN(struct queue_item, updated_at),
	COLUMN(struct queue_item, claimed_by),
	COLUMN(struct queue_item, claimed_name),
	COLUMN(struct queue_item, seen_at),
};
static const struct sql_shape shape = SHAPE(struct queue_item, columns);

/* What the filter says of a row, in the order of FILTER_ARGS. */
#define FILTER                                                                                     \
	" AND (? IS NULL OR LEFT(a.institution_code, 1) = ?)"                                      \
	" AND (? IS NULL OR a.business_type = ?)"                                                  \
	" AND (? IS NULL OR a.region_code LIKE ?)"                                                 \
	" AND (? = 0 OR a.state BETWEEN ? AND ?)"
#define FILTER_ARGS(f)                                                                             \
	V((f)->kind), V((f)->kind), V((f)->business_type), V((f)->business_type), V(region),       \
	    V(region), V((f)->first), V((f)->first), V((f)->last)

/* `text` as the LIKE pattern of what begins so, or NULL. */
static const char *
beginning(struct arena *arena, const char *text)
{
	size_t n = 0;

	if (!text)
		return NULL;
	char *pattern = arena_alloc(arena, strlen(text) * 2 + 2);
	for (; *text; text++) {
		if (*text == '%' || *text == '_' || *text == '\\')
			pattern[n++] = '\\';
		pattern[n++] = *text;
	}
	pattern[n] = '%';
	return pattern;
}

enum err
queue_pending(struct sql *db, struct arena *arena, int64_t bureau_id, const struct queue_filter *f,
    struct queue_place after, int64_t limit, const struct queue_item **ret, size_t *ret_count)
{
	const char *region = beginning(arena, f->region), *number = beginning(arena, f->number),
		   *institution = beginning(arena, f->institution),
		   *unit = beginning(arena, f->unit);

	return sql_all(db, arena,
	    "SELECT a.id, a.desk_since," COLUMNS " FROM application a FORCE INDEX (by_desk)" JOINS
	    " WHERE a.desk_bureau = ? AND a.desk_since >= ?"
	    " AND (a.desk_since > ? OR a.id > ?)" FILTER
	    " AND (? IS NULL OR a.number LIKE ?) AND (? IS NULL OR a.institution_name LIKE ?)"
	    " AND (? IS NULL OR a.unit_name LIKE ?)"
	    " ORDER BY a.desk_since, a.id LIMIT ?",
	    ARGS(V(f->staff_id), V(bureau_id), V(after.order), V(after.order), V(after.id),
		FILTER_ARGS(f), V(number), V(number), V(institution), V(institution), V(unit),
		V(unit), V(limit)),
	    &shape, ret, ret_count);
}

enum err
queue_done(struct sql *db, struct arena *arena, int64_t bureau_id, const struct queue_filter *f,
    struct queue_place after, int64_t limit, const struct queue_item **ret, size_t *ret_count)
{
	/* an application the bureau decided on several times is listed at the last */
	return sql_all(db, arena,
	    "SELECT a.id, e.id," COLUMNS " FROM application_event e"
	    " JOIN application a ON a.id = e.application_id" JOINS
	    " WHERE e.bureau_id = ? AND e.id < ? AND NOT EXISTS (SELECT 1 FROM application_event l"
	    "  WHERE l.application_id = e.application_id AND l.id > e.id"
	    "  AND l.bureau_id = e.bureau_id)"
	    " ORDER BY e.id DESC LIMIT ?",
	    ARGS(V(f->staff_id), V(bureau_id), V(after.order ? after.order : INT64_MAX), V(limit)),
	    &shape, ret, ret_count);
}

/* What passes a desk, and what of it this bureau may see, whoever's desk the list is read by. */
#define SUBMITTED " AND a.round > 0"
#define LIST(index, column)                                                                        \
	"SELECT a.id, a.id," COLUMNS " FROM application a" index JOINS " WHERE " column            \
	" = ? AND a.id < ?" SUBMITTED FILTER " ORDER BY a.id DESC LIMIT ?"
#define FIND(index, scope, column)                                                                 \
	"SELECT a.id, a.id," COLUMNS " FROM application a FORCE INDEX (" index ")" JOINS           \
	" WHERE " scope " = ? AND " column " LIKE ?" SUBMITTED FILTER " ORDER BY " column          \
	", a.id LIMIT ?"

static const char *
list_text(enum desk desk)
{
	switch (desk) {
	case DESK_LOCAL:
		return LIST(" FORCE INDEX (by_local)", "a.local_bureau");
	case DESK_PROVINCE:
		return LIST(" FORCE INDEX (by_province)", "a.province_bureau");
	case DESK_NATION:
	case DESK_NONE:
		break;
	}
	return LIST(" FORCE INDEX (PRIMARY)", "a.nation_bureau");
}

static const char *
institution_text(enum desk desk)
{
	switch (desk) {
	case DESK_LOCAL:
		return FIND("by_local_institution", "a.local_bureau", "a.institution_name");
	case DESK_PROVINCE:
		return FIND("by_province_institution", "a.province_bureau", "a.institution_name");
	case DESK_NATION:
	case DESK_NONE:
		break;
	}
	return FIND("by_institution_name", "a.nation_bureau", "a.institution_name");
}

static const char *
unit_text(enum desk desk)
{
	switch (desk) {
	case DESK_LOCAL:
		return FIND("by_local_unit", "a.local_bureau", "a.unit_name");
	case DESK_PROVINCE:
		return FIND("by_province_unit", "a.province_bureau", "a.unit_name");
	case DESK_NATION:
	case DESK_NONE:
		break;
	}
	return FIND("by_unit_name", "a.nation_bureau", "a.unit_name");
}

static const char *
number_text(enum desk desk)
{
	switch (desk) {
	case DESK_LOCAL:
		return FIND("by_number", "a.local_bureau", "a.number");
	case DESK_PROVINCE:
		return FIND("by_number", "a.province_bureau", "a.number");
	case DESK_NATION:
	case DESK_NONE:
		break;
	}
	return FIND("by_number", "a.nation_bureau", "a.number");
}

enum err
queue_find(struct sql *db, struct arena *arena, int64_t bureau_id, enum desk desk,
    const struct queue_filter *f, int64_t limit, const struct queue_item **ret, size_t *ret_count)
{
	const char *region = beginning(arena, f->region);
	const char *text = f->number        ? number_text(desk)
			   : f->institution ? institution_text(desk)
					    : unit_text(desk);
	const char *begins = beginning(arena, f->number        ? f->number
					      : f->institution ? f->institution
							       : f->unit);

	return sql_all(db, arena, text,
	    ARGS(V(f->staff_id), V(bureau_id), V(begins), FILTER_ARGS(f), V(limit)), &shape, ret,
	    ret_count);
}

enum err
queue_all(struct sql *db, struct arena *arena, int64_t bureau_id, enum desk desk,
    const struct queue_filter *f, struct queue_place after, int64_t limit,
    const struct queue_item **ret, size_t *ret_count)
{
	const char *region = beginning(arena, f->region);

	return sql_all(db, arena, list_text(desk),
	    ARGS(V(f->staff_id), V(bureau_id), V(after.id ? after.id : INT64_MAX), FILTER_ARGS(f),
		V(limit)),
	    &shape, ret, ret_count);
}

enum err
queue_of_region(struct sql *db, struct arena *arena, int64_t bureau_id, const char *code,
    const struct queue_filter *f, struct queue_place after, int64_t limit,
    const struct queue_item **ret, size_t *ret_count)
{
	const char *region = beginning(arena, f->region);

	return sql_all(db, arena,
	    "SELECT a.id, a.id," COLUMNS " FROM application a FORCE INDEX (by_region)" JOINS
	    " WHERE a.region_code = ? AND a.id < ?"
	    " AND ? IN (a.local_bureau, a.province_bureau, a.nation_bureau)" SUBMITTED FILTER
	    " ORDER BY a.id DESC LIMIT ?",
	    ARGS(V(f->staff_id), V(code), V(after.id ? after.id : INT64_MAX), V(bureau_id),
		FILTER_ARGS(f), V(limit)),
	    &shape, ret, ret_count);
}

static const struct sql_column count_columns[] = {
	COLUMN(struct queue_counts, pending),
	COLUMN(struct queue_counts, late),
	COLUMN(struct queue_counts, claimed),
};
static const struct sql_shape count_shape = SHAPE(struct queue_counts, count_columns);

enum err
queue_count(struct sql *db, struct arena *arena, int64_t bureau_id, int64_t staff_id,
    const int64_t late[3], struct queue_counts *ret)
{
	/* the index holds all three columns, so no row is fetched */
	return sql_one(db, arena,
	    "SELECT COUNT(*), COALESCE(SUM(desk_since < CASE WHEN state IN (?, ?) THEN ?"
	    "  WHEN state IN (?, ?) THEN ? ELSE ? END), 0),"
	    " (SELECT COUNT(*) FROM application_claim WHERE staff_id = ?)"
	    " FROM application WHERE desk_bureau = ?",
	    ARGS(V((unsigned)STATE_APPLY_LOCAL), V((unsigned)STATE_ACCEPT_LOCAL), V(late[0]),
		V((unsigned)STATE_APPLY_PROVINCE), V((unsigned)STATE_ACCEPT_PROVINCE), V(late[1]),
		V(late[2]), V(staff_id), V(bureau_id)),
	    &count_shape, ret);
}
