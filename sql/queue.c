#include "sql/queue.h"

#include <string.h>

/* `order` and the decision differ from list to list, the rest is one. */
#define UNDECIDED ", 0, NULL, NULL"
#define COLUMNS                                                                                    \
	" a.number, a.version, a.state, a.unit_name, a.institution_name, a.institution_code,"      \
	" a.province_city, a.business_type, a.shown_app_name, a.desk_since, a.updated_at,"         \
	" c.staff_id, c.staff_name, s.seen_at, d.name"
#define JOINS                                                                                      \
	" LEFT JOIN bureau d ON d.id = a.desk_bureau"                                              \
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
	COLUMN(struct queue_item, desk_name),
	COLUMN(struct queue_item, decided),
	COLUMN(struct queue_item, decided_at),
	COLUMN(struct queue_item, decided_by),
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
	const char *region = beginning(arena, f->region);

	return sql_all(db, arena,
	    "SELECT a.id, a.desk_since," COLUMNS UNDECIDED
	    " FROM application a FORCE INDEX (by_desk)" JOINS
	    " WHERE a.desk_bureau = ? AND a.desk_since >= ?"
	    " AND (a.desk_since > ? OR a.id > ?)" FILTER " ORDER BY a.desk_since, a.id LIMIT ?",
	    ARGS(V(f->staff_id), V(bureau_id), V(after.order), V(after.order), V(after.id),
		FILTER_ARGS(f), V(limit)),
	    &shape, ret, ret_count);
}

/* Where a look at QUEUE_WINDOW decisions ends; 0 when there are fewer. */
static enum err
window_end(struct sql *db, struct arena *arena, int64_t bureau_id, int64_t before, int64_t *ret)
{
	struct end {
		int64_t id, count;
	} end;
	static const struct sql_column end_columns[] = {
		COLUMN(struct end, id),
		COLUMN(struct end, count),
	};
	static const struct sql_shape end_shape = SHAPE(struct end, end_columns);

	TRY(sql_one(db, arena,
	    "SELECT MIN(id), COUNT(*) FROM (SELECT id FROM application_event"
	    " WHERE bureau_id = ? AND id < ? ORDER BY id DESC LIMIT ?) AS looked_at",
	    ARGS(V(bureau_id), V(before), V(QUEUE_WINDOW)), &end_shape, &end));
	*ret = end.count == QUEUE_WINDOW ? end.id : 0;
	return ERR_OK;
}

static bool
narrows(const struct queue_filter *f)
{
	return f->kind || f->business_type || f->region || f->first || f->result || f->mine;
}

enum err
queue_done(struct sql *db, struct arena *arena, int64_t bureau_id, const struct queue_filter *f,
    struct queue_place after, int64_t limit, const struct queue_item **ret, size_t *ret_count,
    struct queue_place *ret_next)
{
	const char *region = beginning(arena, f->region);
	int64_t before = after.order ? after.order : INT64_MAX, end = 0;
	const struct queue_item *items;
	size_t count;

	if (narrows(f)) /* what is asked for may be rare: a bounded look, then the reader decides */
		TRY(window_end(db, arena, bureau_id, before, &end));
	/* an application the bureau decided on several times is listed at the last */
	TRY(sql_all(db, arena,
	    "SELECT a.id, e.id," COLUMNS ", e.event, e.created_at, p.name"
	    " FROM application_event e FORCE INDEX (by_bureau)"
	    " JOIN application a ON a.id = e.application_id LEFT JOIN staff p ON p.id = "
	    "e.actor_id" JOINS " WHERE e.bureau_id = ? AND e.id < ? AND e.id >= ?"
	    " AND NOT EXISTS (SELECT 1 FROM application_event l"
	    "  WHERE l.application_id = e.application_id AND l.id > e.id"
	    "  AND l.bureau_id = e.bureau_id)"
	    " AND (? = 0 OR e.event = ?) AND (? = 0 OR e.actor_id = ?)" FILTER
	    " ORDER BY e.id DESC LIMIT ?",
	    ARGS(V(f->staff_id), V(bureau_id), V(before), V(end), V(f->result), V(f->result),
		V(f->mine), V(f->staff_id), FILTER_ARGS(f), V(limit + 1)),
	    &shape, &items, &count));
	*ret_next = (struct queue_place){ end, end };
	if (count > (size_t)limit) {
		count = (size_t)limit;
		*ret_next = (struct queue_place){ items[count - 1].order, items[count - 1].id };
	}
	*ret = items;
	*ret_count = count;
	return ERR_OK;
}

/* Since before the time given for the desk a state lies at. */
#define IS_LATE " CASE WHEN a.state IN (?, ?) THEN ? WHEN a.state IN (?, ?) THEN ? ELSE ? END"
#define IS_LATE_ARGS(late)                                                                         \
	V((unsigned)STATE_APPLY_LOCAL), V((unsigned)STATE_ACCEPT_LOCAL), V((late)[0]),             \
	    V((unsigned)STATE_APPLY_PROVINCE), V((unsigned)STATE_ACCEPT_PROVINCE), V((late)[1]),   \
	    V((late)[2])
#define OVERDUE                                                                                    \
	" FROM bureau b STRAIGHT_JOIN application a FORCE INDEX (by_desk) ON a.desk_bureau = b.id" \
	" WHERE b.level = ? AND b.prefix LIKE ? AND a.desk_since <" IS_LATE

enum err
queue_overdue(struct sql *db, struct arena *arena, unsigned level, const char *prefix,
    const int64_t late[3], const struct queue_filter *f, struct queue_place after, int64_t limit,
    const struct queue_item **ret, size_t *ret_count)
{
	const char *region = beginning(arena, f->region), *holds = beginning(arena, prefix);

	/* the page is found in the index alone; only its rows are read */
	return sql_all(db, arena,
	    "SELECT a.id, a.desk_since," COLUMNS UNDECIDED " FROM (SELECT a.id" OVERDUE
	    " AND a.desk_since >= ? AND (a.desk_since > ? OR a.id > ?)" FILTER
	    " ORDER BY a.desk_since, a.id LIMIT ?) k JOIN application a ON a.id = k.id" JOINS
	    " ORDER BY a.desk_since, a.id",
	    ARGS(V(level), V(holds), IS_LATE_ARGS(late), V(after.order), V(after.order),
		V(after.id), FILTER_ARGS(f), V(limit), V(f->staff_id)),
	    &shape, ret, ret_count);
}

/* What passes a desk, and what of it this bureau may see, whoever's desk the list is read by. */
#define SUBMITTED " AND a.round > 0"
#define SCOPE                                                                                      \
	" AND (? = 0 OR a.desk_bureau = ?) AND (? = 0 OR EXISTS (SELECT 1 FROM application_event " \
	"v"                                                                                        \
	" WHERE v.application_id = a.id AND v.bureau_id = ?))"
#define LIST(index, column)                                                                        \
	"SELECT a.id, a.id," COLUMNS UNDECIDED " FROM application a" index JOINS " WHERE " column  \
	" = ? AND a.id < ?" SUBMITTED FILTER " ORDER BY a.id DESC LIMIT ?"
#define FIND(index, scope, column)                                                                 \
	"SELECT a.id, a.id," COLUMNS UNDECIDED " FROM application a FORCE INDEX (" index ")" JOINS \
	" WHERE " scope " = ? AND " column " LIKE ?" SUBMITTED SCOPE FILTER " ORDER BY " column    \
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
    enum queue_scope scope, const struct queue_filter *f, int64_t limit,
    const struct queue_item **ret, size_t *ret_count)
{
	const char *region = beginning(arena, f->region);
	const char *text = f->number        ? number_text(desk)
			   : f->institution ? institution_text(desk)
					    : unit_text(desk);
	const char *begins = beginning(arena, f->number        ? f->number
					      : f->institution ? f->institution
							       : f->unit);

	return sql_all(db, arena, text,
	    ARGS(V(f->staff_id), V(bureau_id), V(begins), V(scope == QUEUE_AT_DESK), V(bureau_id),
		V(scope == QUEUE_DECIDED), V(bureau_id), FILTER_ARGS(f), V(limit)),
	    &shape, ret, ret_count);
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
	    "SELECT a.id, a.id," COLUMNS UNDECIDED
	    " FROM application a FORCE INDEX (by_region)" JOINS
	    " WHERE a.region_code = ? AND a.id < ?"
	    " AND ? IN (a.local_bureau, a.province_bureau, a.nation_bureau)" SUBMITTED FILTER
	    " ORDER BY a.id DESC LIMIT ?",
	    ARGS(V(f->staff_id), V(code), V(after.id ? after.id : INT64_MAX), V(bureau_id),
		FILTER_ARGS(f), V(limit)),
	    &shape, ret, ret_count);
}
