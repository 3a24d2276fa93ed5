#include "sql/application/queue.h"

#include <string.h>

#include "sql/db/like.h"

/* One parameter: who reads. */
#define QUEUE_JOINS                                                                                \
	" LEFT JOIN bureau d ON d.id = a.desk_bureau"                                              \
	" LEFT JOIN application_claim c ON c.application_id = a.id"                                \
	" LEFT JOIN application_seen s ON s.application_id = a.id AND s.staff_id = ?"

/* What the filter says of a row; `region` is its pattern. */
#define QUEUE_FILTER                                                                               \
	" AND (? IS NULL OR LEFT(a.institution_code, 1) = ?)"                                      \
	" AND (? IS NULL OR a.business_type = ?)"                                                  \
	" AND (? IS NULL OR a.region_code LIKE ?)"                                                 \
	" AND (? = 0 OR a.state BETWEEN ? AND ?)"
#define QUEUE_FILTER_ARGS(f, region)                                                               \
	V((f)->kind), V((f)->kind), V((f)->business_type), V((f)->business_type), V(region),       \
	    V(region), V((f)->first), V((f)->first), V((f)->last)

/*
 * Of an application decided on several times by a bureau, the last decision; e is the step. The
 * index is named: by the statistics of a busy day the server may take by_bureau, and read all the
 * bureau ever decided for each row.
 */
#define QUEUE_DECIDED_LAST                                                                         \
	" AND NOT EXISTS (SELECT 1 FROM application_event l FORCE INDEX (by_application)"          \
	"  WHERE l.application_id = e.application_id AND l.id > e.id"                              \
	"  AND l.bureau_id = e.bureau_id)"

#define QUEUE_BEFORE_ARGS(t)                                                                       \
	V((unsigned)STATE_APPLY_LOCAL), V((unsigned)STATE_ACCEPT_LOCAL), V((t)[0]),                \
	    V((unsigned)STATE_APPLY_PROVINCE), V((unsigned)STATE_ACCEPT_PROVINCE), V((t)[1]),      \
	    V((t)[2])

/*
 * What lies at a desk, by an index that begins with the desk and, when a region is asked for, goes on
 * with it: its province, by the bureau that has it, or the beginning of its code. An array of three
 * TEXT(index, where), for queue_part(); where's parameters are the desk and the region.
 */
#define QUEUE_AT_DESKS(TEXT)                                                                       \
	{                                                                                          \
		TEXT("by_desk", "a.desk_bureau = ? AND ? IS NULL"),                                \
		    TEXT("by_desk_province", "a.desk_bureau = ? AND a.province_bureau ="           \
					     " (SELECT id FROM bureau WHERE region_code ="         \
					     " RPAD(?, 6, '0'))"),                                 \
		    TEXT("by_desk_region",                                                         \
			"a.desk_bureau = ? AND a.region_code LIKE CONCAT(?, '%')"),                \
	}
/* The same for all the desks a bureau watches: the region is for the filter. */
#define QUEUE_AT_WATCHED(TEXT) TEXT("by_over", "a.over_bureau = ? AND (TRUE OR ? IS NULL)")
static size_t
queue_part(const char *region)
{
	return !region ? 0 : strlen(region) <= 2 ? 1 : 2;
}

/* Does it ask for less than all of a list, or of a region of it? */
static bool
queue_narrows_more(const struct queue_filter *f)
{
	return f->kind || f->business_type || f->first || f->result || f->mine;
}
static bool
queue_narrows(const struct queue_filter *f)
{
	return f->region || queue_narrows_more(f);
}

/* ---- pages ------------------------------------------------------------------ */

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
} decided_texts[] = {
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
	const struct decided *text = &decided_texts[county != NULL];
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

/* ---- by name ---------------------------------------------------------------- */

#define WINDOW 200           /* names looked at when all of them are wanted */
#define WINDOW_NARROWED 2000 /* and when only some are */

/*
 * The names that begin so come from an index alone, in its order, and a bounded number of them;
 * only these rows are read, until there are enough. What was decided is looked up row by row, not
 * as EXISTS, which the server may turn around and read all of the bureau's decisions.
 */
#define NAMES(index, where, column, start)                                                         \
	"SELECT id, " column " AS word FROM application FORCE INDEX (" index ") WHERE " where      \
	" AND " SQL_BEGINS(column, start) " ORDER BY " column ", id LIMIT ?"
#define FIND(names)                                                                                \
	"SELECT {} FROM (" names ") k STRAIGHT_JOIN application a ON a.id = k.id" QUEUE_JOINS      \
	" WHERE a.filed = 1 AND ? IN (a.local_bureau, a.province_bureau, a.nation_bureau)"         \
	" AND (? = 0 OR (SELECT 1 FROM application_event v FORCE INDEX (by_application)"           \
	"  WHERE v.application_id = a.id AND v.bureau_id = ? AND (? = 0 OR v.event = ?)"           \
	"  AND (? = 0 OR v.actor_id = ?) LIMIT 1))" QUEUE_FILTER " ORDER BY k.word, k.id LIMIT ?"
#define COUNTED(names) "SELECT COUNT(*) FROM (" names ") k"

/* What begins with what is looked for, and by which index. */
enum word { WORD_NUMBER, WORD_INSTITUTION, WORD_UNIT };
enum range { RANGE_LOCAL, RANGE_PROVINCE, RANGE_NATION, RANGE_DESK };

static const struct names {
	const char *find, *count;
} names[][4] = {
#define TEXTS(index, where, column, start)                                                         \
	{                                                                                          \
		FIND(NAMES(index, where, column, start)),                                          \
		    COUNTED(NAMES(index, where, column, start))                                    \
	}
#define RANGES(name, column, start, everywhere)                                                    \
	{                                                                                          \
		[RANGE_LOCAL] = TEXTS("by_local_" name, "local_bureau = ?", column, start),        \
		[RANGE_PROVINCE] =                                                                 \
		    TEXTS("by_province_" name, "province_bureau = ?", column, start),              \
		[RANGE_NATION] =                                                                   \
		    TEXTS(everywhere, "? <> 0", column, start), /* there is one nation */          \
		    [RANGE_DESK] = TEXTS("by_desk_" name, "desk_bureau = ?", column, start),       \
	}
	[WORD_NUMBER] = RANGES("number", "number", "LOWER(?)", "by_number"),
	[WORD_INSTITUTION] = RANGES("institution", "institution_name", "?", "by_institution_name"),
	[WORD_UNIT] = RANGES("unit", "unit_name", "?", "by_unit_name"),
};

static enum range
range_of(enum desk desk, enum queue_scope scope)
{
	if (scope == QUEUE_AT_DESK)
		return RANGE_DESK;
	return desk == DESK_LOCAL      ? RANGE_LOCAL
	       : desk == DESK_PROVINCE ? RANGE_PROVINCE
				       : RANGE_NATION;
}

/* Were there more names than were looked at? */
static enum err
window_full(struct sql *db, struct arena *arena, const char *text, struct sql_args args,
    int64_t window, bool *ret)
{
	int64_t count;

	TRY(sql_number(db, arena, text, args, &count));
	*ret = count >= window;
	return ERR_OK;
}

enum err
queue_find(struct sql *db, struct arena *arena, int64_t bureau_id, enum desk desk,
    enum queue_scope scope, const struct queue_filter *f, int64_t limit,
    const struct queue_item **ret, size_t *ret_count, bool *ret_more)
{
	enum word word = f->number ? WORD_NUMBER : f->institution ? WORD_INSTITUTION : WORD_UNIT;
	const struct names *text = &names[word][range_of(desk, scope)];
	const char *region = sql_beginning(arena, f->region);
	const char *begins = f->number ? f->number : f->institution ? f->institution : f->unit;
	bool decided = scope == QUEUE_DECIDED;
	int64_t window = queue_narrows(f) || decided ? WINDOW_NARROWED : WINDOW;

	TRY(sql_all(db, arena, text->find,
	    ARGS(V(bureau_id), V(begins), V(begins), V(window), V(f->staff_id), V(bureau_id),
		V(decided), V(bureau_id), V(f->result), V(f->result), V(f->mine), V(f->staff_id),
		QUEUE_FILTER_ARGS(f, region), V(limit + 1)),
	    queue_item_shape(), ret, ret_count));
	*ret_more = *ret_count > (size_t)limit;
	*ret_count -= *ret_more;
	if (*ret_more)
		return ERR_OK;
	return window_full(db, arena, text->count,
	    ARGS(V(bureau_id), V(begins), V(begins), V(window)), window, ret_more);
}

/* ---- how many --------------------------------------------------------------- */

/* Of the oldest ones, from the index alone. */
#define COUNTS(index, where)                                                                       \
	"SELECT {} FROM (SELECT id, state, desk_since FROM application a FORCE INDEX (" index      \
	") WHERE " where " ORDER BY desk_since, id LIMIT ?) a"                                     \
	" LEFT JOIN application_seen s ON s.application_id = a.id AND s.staff_id = ?"

enum err
queue_count(struct sql *db, struct arena *arena, int64_t bureau_id, const char *region,
    int64_t staff_id, const int64_t late[3], const int64_t soon[3], struct queue_counts *ret)
{
	static const char *const texts[] = QUEUE_AT_DESKS(COUNTS);
	const char *of = sql_beginning(arena, region);

	return sql_one(db, arena, texts[queue_part(region)],
	    ARGS(QUEUE_BEFORE_ARGS(late), QUEUE_BEFORE_ARGS(soon), V(staff_id), V(of), V(of),
		V(bureau_id), V(region), V(QUEUE_COUNTED), V(staff_id)),
	    queue_counts_shape(), ret);
}

enum err
queue_count_done(struct sql *db, struct arena *arena, int64_t bureau_id, const char *region,
    int64_t *ret)
{
	if (!region)
		return sql_number(db, arena,
		    "SELECT COUNT(*) FROM (SELECT id FROM application_event FORCE INDEX (by_bureau)"
		    " WHERE bureau_id = ? LIMIT ?) AS counted",
		    ARGS(V(bureau_id), V(QUEUE_COUNTED)), ret);
	return sql_number(db, arena,
	    "SELECT COUNT(*) FROM (SELECT k.event_id FROM application_decision k"
	    " STRAIGHT_JOIN application_event e ON e.id = k.event_id"
	    " WHERE k.bureau_id = ? AND k.region_code LIKE CONVERT(? USING ascii)" QUEUE_DECIDED_LAST
	    " ORDER BY k.region_code DESC, k.event_id DESC LIMIT ?) AS counted",
	    ARGS(V(bureau_id), V(sql_beginning(arena, region)), V(QUEUE_COUNTED)), ret);
}

#define PASSING(index, column)                                                                     \
	"SELECT COUNT(*) FROM (SELECT id FROM application FORCE INDEX (" index ") WHERE " column   \
	" = ? AND filed = 1 LIMIT ?) AS counted"

enum err
queue_count_all(struct sql *db, struct arena *arena, int64_t bureau_id, enum desk desk,
    const char *region, int64_t *ret)
{
	const char *text = desk == DESK_LOCAL      ? PASSING("by_local", "local_bureau")
			   : desk == DESK_PROVINCE ? PASSING("by_province", "province_bureau")
						   : PASSING("by_nation", "nation_bureau");

	if (!region)
		return sql_number(db, arena, text, ARGS(V(bureau_id), V(QUEUE_COUNTED)), ret);
	return sql_number(db, arena,
	    "SELECT COUNT(*) FROM (SELECT id FROM application FORCE INDEX (by_region)"
	    " WHERE region_code LIKE ? AND filed = 1"
	    " AND ? IN (local_bureau, province_bureau, nation_bureau) LIMIT ?) AS counted",
	    ARGS(V(sql_beginning(arena, region)), V(bureau_id), V(QUEUE_COUNTED)), ret);
}

#define OVERDUE(index, where)                                                                      \
	"SELECT COUNT(*) FROM (SELECT id FROM application a FORCE INDEX (" index ") WHERE " where  \
	" AND desk_since <" QUEUE_BEFORE QUEUE_OF_REGION                                           \
	" ORDER BY desk_since, id LIMIT ?) AS counted"

enum err
queue_count_overdue(struct sql *db, struct arena *arena, int64_t over_bureau, int64_t desk_bureau,
    const char *region, const int64_t late[3], int64_t *ret)
{
	static const char *const desks[] = QUEUE_AT_DESKS(OVERDUE);
	const char *of = sql_beginning(arena, region);

	return sql_number(db, arena,
	    desk_bureau ? desks[queue_part(region)] : QUEUE_AT_WATCHED(OVERDUE),
	    ARGS(V(desk_bureau ? desk_bureau : over_bureau), V(region), QUEUE_BEFORE_ARGS(late),
		V(of), V(of), V(QUEUE_COUNTED)),
	    ret);
}
