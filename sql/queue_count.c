#include "handlers/rules/workflow.h"
#include "sql/queue.h"

/* As queue.c: since before the time given for the desk a state lies at. */
#define LIMIT_OF " CASE WHEN a.state IN (?, ?) THEN ? WHEN a.state IN (?, ?) THEN ? ELSE ? END"
#define LIMIT_ARGS(t)                                                                              \
	V((unsigned)STATE_APPLY_LOCAL), V((unsigned)STATE_ACCEPT_LOCAL), V((t)[0]),                \
	    V((unsigned)STATE_APPLY_PROVINCE), V((unsigned)STATE_ACCEPT_PROVINCE), V((t)[1]),      \
	    V((t)[2])

static const struct sql_column columns[] = {
	COLUMN(struct queue_counts, pending),
	COLUMN(struct queue_counts, late),
	COLUMN(struct queue_counts, soon),
	COLUMN(struct queue_counts, unread),
	COLUMN(struct queue_counts, claimed),
};
static const struct sql_shape shape = SHAPE(struct queue_counts, columns);

struct tally {
	int64_t count;
};
static const struct sql_column tally_columns[] = { COLUMN(struct tally, count) };
static const struct sql_shape tally_shape = SHAPE(struct tally, tally_columns);

enum err
queue_count(struct sql *db, struct arena *arena, int64_t bureau_id, int64_t staff_id,
    const int64_t late[3], const int64_t soon[3], struct queue_counts *ret)
{
	/* the oldest ones, from the index alone */
	return sql_one(db, arena,
	    "SELECT COUNT(*), COALESCE(SUM(a.desk_since <" LIMIT_OF "), 0),"
	    " COALESCE(SUM(a.desk_since <" LIMIT_OF "), 0),"
	    " COALESCE(SUM(COALESCE(s.seen_at, 0) < a.desk_since), 0),"
	    " (SELECT COUNT(*) FROM application_claim WHERE staff_id = ?)"
	    " FROM (SELECT id, state, desk_since FROM application FORCE INDEX (by_desk)"
	    "  WHERE desk_bureau = ? ORDER BY desk_since, id LIMIT ?) a"
	    " LEFT JOIN application_seen s ON s.application_id = a.id AND s.staff_id = ?",
	    ARGS(LIMIT_ARGS(late), LIMIT_ARGS(soon), V(staff_id), V(bureau_id), V(QUEUE_COUNTED),
		V(staff_id)),
	    &shape, ret);
}

static enum err
tally(struct sql *db, struct arena *arena, const char *text, struct sql_args args, int64_t *ret)
{
	struct tally row;

	TRY(sql_one(db, arena, text, args, &tally_shape, &row));
	*ret = row.count;
	return ERR_OK;
}

enum err
queue_count_done(struct sql *db, struct arena *arena, int64_t bureau_id, int64_t *ret)
{
	return tally(db, arena,
	    "SELECT COUNT(*) FROM (SELECT id FROM application_event FORCE INDEX (by_bureau)"
	    " WHERE bureau_id = ? LIMIT ?) AS counted",
	    ARGS(V(bureau_id), V(QUEUE_COUNTED)), ret);
}

#define PASSING(index, column)                                                                     \
	"SELECT COUNT(*) FROM (SELECT id FROM application FORCE INDEX (" index ") WHERE " column   \
	" = ? AND round > 0 ORDER BY id DESC LIMIT ?) AS counted"

enum err
queue_count_all(struct sql *db, struct arena *arena, int64_t bureau_id, enum desk desk,
    int64_t *ret)
{
	const char *text = desk == DESK_LOCAL      ? PASSING("by_local", "local_bureau")
			   : desk == DESK_PROVINCE ? PASSING("by_province", "province_bureau")
						   : PASSING("PRIMARY", "nation_bureau");

	return tally(db, arena, text, ARGS(V(bureau_id), V(QUEUE_COUNTED)), ret);
}

enum err
queue_count_overdue(struct sql *db, struct arena *arena, unsigned level, const char *prefix,
    const int64_t late[3], int64_t *ret)
{
	return tally(db, arena,
	    "SELECT COUNT(*) FROM (SELECT a.id FROM bureau b STRAIGHT_JOIN application a"
	    " FORCE INDEX (by_desk) ON a.desk_bureau = b.id WHERE b.level = ?"
	    " AND b.prefix LIKE CONCAT(?, '%') AND a.desk_since <" LIMIT_OF " LIMIT ?) AS counted",
	    ARGS(V(level), V(prefix), LIMIT_ARGS(late), V(QUEUE_COUNTED)), ret);
}
