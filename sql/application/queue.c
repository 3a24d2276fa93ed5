#include "sql/application/queue_row.h"

#define COUNTY_DIGITS 6

/*
 * What waits, the longest first, by an index that holds all the filter asks: a page is found in it
 * alone, and only its rows are read.
 */
#define WAITING(index, where)                                                                      \
	"SELECT {} FROM (SELECT a.id, a.desk_since FROM application a FORCE INDEX (" index         \
	") WHERE " where " AND a.desk_since >= ? AND (a.desk_since > ? OR a.id > ?)" QUEUE_FILTER  \
	" ORDER BY a.desk_since, a.id LIMIT ?) k"                                                  \
	" STRAIGHT_JOIN application a ON a.id = k.id" QUEUE_JOINS " ORDER BY k.desk_since, k.id"
#define LATE(index, where) WAITING(index, where " AND a.desk_since <" QUEUE_BEFORE)
#define WAITING_ARGS(f, region, after, limit)                                                      \
	V((after).order), V((after).order), V((after).id), QUEUE_FILTER_ARGS(f, region), V(limit), \
	    V((f)->staff_id)

enum err
queue_pending(struct sql *db, struct arena *arena, int64_t bureau_id, const struct queue_filter *f,
    struct queue_place after, int64_t limit, const struct queue_item **ret, size_t *ret_count)
{
	static const char *const texts[] = QUEUE_AT_DESKS(WAITING);
	const char *region = sql_beginning(arena, f->region);

	return sql_all(db, arena, texts[queue_part(f->region)],
	    ARGS(V(bureau_id), V(f->region), WAITING_ARGS(f, region, after, limit)),
	    queue_waiting_shape(), ret, ret_count);
}

enum err
queue_overdue(struct sql *db, struct arena *arena, int64_t over_bureau, int64_t desk_bureau,
    const int64_t late[3], const struct queue_filter *f, struct queue_place after, int64_t limit,
    const struct queue_item **ret, size_t *ret_count)
{
	static const char *const desks[] = QUEUE_AT_DESKS(LATE);
	const char *region = sql_beginning(arena, f->region);
	const char *text = desk_bureau ? desks[queue_part(f->region)] : QUEUE_AT_WATCHED(LATE);

	return sql_all(db, arena, text,
	    ARGS(V(desk_bureau ? desk_bureau : over_bureau), V(f->region), QUEUE_BEFORE_ARGS(late),
		WAITING_ARGS(f, region, after, limit)),
	    queue_waiting_shape(), ret, ret_count);
}

/*
 * A bureau's decisions, all of them or those of one county: by what they are found, latest first.
 * The page is found before anything is joined to it.
 */
#define DECIDED(from, where, id)                                                                   \
	{                                                                                          \
		"SELECT {} FROM (SELECT e.id FROM " from                                           \
		" STRAIGHT_JOIN application a ON a.id = e.application_id WHERE " where " AND " id  \
		" < ? AND " id " >= ?" QUEUE_DECIDED_LAST                                          \
		" AND (? = 0 OR e.event = ?) AND (? = 0 OR e.actor_id = ?)" QUEUE_FILTER           \
		" ORDER BY " id " DESC LIMIT ?) f"                                                 \
		" STRAIGHT_JOIN application_event e ON e.id = f.id"                                \
		" STRAIGHT_JOIN application a ON a.id = e.application_id"                          \
		" LEFT JOIN staff p ON p.id = e.actor_id" QUEUE_JOINS " ORDER BY e.id DESC",       \
		    "SELECT {} FROM (SELECT " id " AS id FROM " from " WHERE " where " AND " id    \
		    " < ? ORDER BY " id " DESC LIMIT ?) AS looked_at"                              \
	}
static const struct decided {
	const char *page, *window;
} decided[] = {
	DECIDED("application_event e FORCE INDEX (by_bureau)", "e.bureau_id = ? AND ? IS NULL",
	    "e.id"),
	DECIDED("application_decision k STRAIGHT_JOIN application_event e ON e.id = k.event_id",
	    "k.bureau_id = ? AND k.region_code = ?", "k.event_id"),
};

#define END_COLUMNS(C, E)                                                                          \
	E(INT, id, "MIN(id)")                                                                      \
	E(INT, count, "COUNT(*)")
SQL_ROW(end, END_COLUMNS)

/* Where a look at QUEUE_WINDOW of them ends; 0 when there are fewer. */
static enum err
window_end(struct sql *db, struct arena *arena, const char *text, int64_t bureau_id,
    const char *county, int64_t before, int64_t *ret)
{
	struct end end;

	TRY(sql_one(db, arena, text, ARGS(V(bureau_id), V(county), V(before), V(QUEUE_WINDOW)),
	    end_shape(), &end));
	*ret = end.count == QUEUE_WINDOW ? end.id : 0;
	return ERR_OK;
}

enum err
queue_done(struct sql *db, struct arena *arena, int64_t bureau_id, const struct queue_filter *f,
    struct queue_place after, int64_t limit, const struct queue_item **ret, size_t *ret_count,
    struct queue_place *ret_next)
{
	const char *region = sql_beginning(arena, f->region);
	const char *county = f->region && strlen(f->region) == COUNTY_DIGITS ? f->region : NULL;
	const struct decided *text = &decided[county != NULL];
	int64_t before = after.order ? after.order : INT64_MAX, end = 0;
	const struct queue_item *items;
	size_t count;

	/* what is asked for may be rare: a bounded look, then the reader decides */
	if (county ? queue_narrows_more(f) : queue_narrows(f))
		TRY(window_end(db, arena, text->window, bureau_id, county, before, &end));
	/* an application the bureau decided on several times is listed at the last */
	TRY(sql_all(db, arena, text->page,
	    ARGS(V(bureau_id), V(county), V(before), V(end), V(f->result), V(f->result), V(f->mine),
		V(f->staff_id), QUEUE_FILTER_ARGS(f, region), V(limit + 1), V(f->staff_id)),
	    queue_decided_shape(), &items, &count));
	*ret_next = (struct queue_place){ end, end };
	if (count > (size_t)limit) {
		count = (size_t)limit;
		*ret_next = (struct queue_place){ items[count - 1].order, items[count - 1].id };
	}
	*ret = items;
	*ret_count = count;
	return ERR_OK;
}

/* Whatever was submitted, by an index of the bureau or the region. */
#define LIST(index, where)                                                                         \
	"SELECT {} FROM application a FORCE INDEX (" index ")" QUEUE_JOINS " WHERE " where         \
	" AND a.filed = 1 AND a.id < ?" QUEUE_FILTER " ORDER BY a.id DESC LIMIT ?"

static const char *
list_text(enum desk desk)
{
	switch (desk) {
	case DESK_LOCAL:
		return LIST("by_local", "a.local_bureau = ?");
	case DESK_PROVINCE:
		return LIST("by_province", "a.province_bureau = ?");
	case DESK_NATION:
	case DESK_NONE:
		break;
	}
	return LIST("by_nation", "a.nation_bureau = ?");
}

enum err
queue_all(struct sql *db, struct arena *arena, int64_t bureau_id, enum desk desk,
    const struct queue_filter *f, struct queue_place after, int64_t limit,
    const struct queue_item **ret, size_t *ret_count)
{
	const char *region = sql_beginning(arena, f->region);

	return sql_all(db, arena, list_text(desk),
	    ARGS(V(f->staff_id), V(bureau_id), V(after.id ? after.id : INT64_MAX),
		QUEUE_FILTER_ARGS(f, region), V(limit)),
	    queue_item_shape(), ret, ret_count);
}

enum err
queue_of_region(struct sql *db, struct arena *arena, int64_t bureau_id, const char *code,
    const struct queue_filter *f, struct queue_place after, int64_t limit,
    const struct queue_item **ret, size_t *ret_count)
{
	const char *region = sql_beginning(arena, f->region);

	return sql_all(db, arena,
	    LIST("by_region",
		"a.region_code = ? AND ? IN (a.local_bureau, a.province_bureau, a.nation_bureau)"),
	    ARGS(V(f->staff_id), V(code), V(bureau_id), V(after.id ? after.id : INT64_MAX),
		QUEUE_FILTER_ARGS(f, region), V(limit)),
	    queue_item_shape(), ret, ret_count);
}
