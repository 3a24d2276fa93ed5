#include "handlers/common/reach.h"
#include "handlers/common/who.h"
#include "handlers/review/calendar.h"
#include "handlers/review/queue_late.h"
#include "handlers/review/review.h"
#include "handlers/rules/procedure/deadline.h"
#include "handlers/rules/procedure/region.h"
#include "sql/application/queue.h"
#include "sql/catalogue/bureau.h"

enum desk
desk_of_level(unsigned level)
{
	return level == 1 ? DESK_NATION : level == 2 ? DESK_PROVINCE : DESK_LOCAL;
}

struct late_desks
late_desks(const struct calendar *c, int64_t now)
{
	struct late_desks all;

	for (enum desk desk = DESK_LOCAL; desk <= DESK_NATION; desk++) {
		all.late[desk - 1] = deadline_start(c, desk, AGE_LATE, now);
		all.soon[desk - 1] = deadline_start(c, desk, AGE_SOON, now);
	}
	return all;
}

enum err
late_desk(struct req *q, const struct bureau *mine, const char *prefix, int64_t *ret)
{
	const struct bureau within = { .prefix = prefix ? prefix : "" };
	struct bureau found = { 0 };
	struct bureau_chain chain;
	char code[REGION_SIZE];
	enum err e = ERR_OK;

	region_of_prefix(within.prefix, code);
	if (mine->level == 1 && *within.prefix) {
		e = bureau_above(q->db, q->arena, &within, &found);
	} else if (mine->level == 2 && *within.prefix) {
		e = bureau_chain(q->db, q->arena, code, &chain);
		found = e == ERR_OK ? chain.local : found;
		if (e == ERR_NOT_FOUND) /* a city has none itself, its counties have */
			e = bureau_by_region(q->db, q->arena, code, &found);
	}
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	*ret = e == ERR_OK && found.id != mine->id ? found.id : 0;
	return ERR_OK;
}

enum err
queue_counts_json(struct req *q, const struct late_desks *late, json_t **ret)
{
	struct queue_counts counts;

	TRY(queue_count(q->db, q->arena, who_bureau(q), reach_region(q), who_user(q), late->late,
	    late->soon, &counts));
	*ret = json_pack("{sI sI sI sI sI}", "pending", (json_int_t)counts.pending, "late",
	    (json_int_t)counts.late, "soon", (json_int_t)(counts.soon - counts.late), "unread",
	    (json_int_t)counts.unread, "claimed", (json_int_t)counts.claimed);
	return ERR_OK;
}

enum err
review_queue_counts(struct req *q)
{
	struct bureau mine;
	struct calendar calendar;
	int64_t done, all, overdue = 0, desk;
	const char *region = reach_region(q);
	json_t *counts;

	TRY(bureau_get(q->db, q->arena, who_bureau(q), &mine));
	TRY(calendar_now(q, &calendar));
	const struct late_desks desks = late_desks(&calendar, q->now);
	TRY(queue_count_done(q->db, q->arena, mine.id, region, &done));
	TRY(queue_count_all(q->db, q->arena, mine.id, desk_of_level(mine.level), region, &all));
	TRY(late_desk(q, &mine, region, &desk));
	if (mine.level <= 2)
		TRY(queue_count_overdue(q->db, q->arena, mine.id, desk, region, desks.late,
		    &overdue));
	TRY(queue_counts_json(q, &desks, &counts));
	json_object_set_new(counts, "done", json_integer(done));
	json_object_set_new(counts, "all", json_integer(all));
	json_object_set_new(counts, "overdue", json_integer(overdue));
	json_object_set_new(counts, "most", json_integer(QUEUE_COUNTED));
	return reply_json(q, 200, counts);
}
