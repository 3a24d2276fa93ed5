#include "sql/application/queue_row.h"

#define OF_REGION QUEUE_OF_REGION

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
	" AND desk_since <" QUEUE_BEFORE OF_REGION " ORDER BY desk_since, id LIMIT ?) AS counted"

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
