#include "sql/application/queue_row.h"

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
#define COUNT(names) "SELECT COUNT(*) FROM (" names ") k"

/* What begins with what is looked for, and by which index. */
enum word { WORD_NUMBER, WORD_INSTITUTION, WORD_UNIT };
enum range { RANGE_LOCAL, RANGE_PROVINCE, RANGE_NATION, RANGE_DESK };

static const struct texts {
	const char *find, *count;
} texts[][4] = {
#define TEXTS(index, where, column, start)                                                         \
	{                                                                                          \
		FIND(NAMES(index, where, column, start)),                                          \
		    COUNT(NAMES(index, where, column, start))                                      \
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
	const struct texts *text = &texts[word][range_of(desk, scope)];
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
