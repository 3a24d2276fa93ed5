#include "handlers/review/queue_count.h"
#include "handlers/common/reach.h"
#include "handlers/common/who.h"
#include "handlers/review/calendar.h"
#include "handlers/review/review.h"
#include "handlers/rules/procedure/deadline.h"
#include "handlers/rules/procedure/region.h"
#include "sql/catalogue/bureau.h"

/* clang-format off */
#define DESK_COUNT_ROWS(type, at)                                                                  \
	ANSWER_AS(type, at pending, "pending"),                                                    \
	ANSWER_AS(type, at late, "late", .about = "of these, beyond the days the desk may take"),  \
	ANSWER_AS(type, at soon, "soon", .about = "of these, the last days have come"),            \
	ANSWER_AS(type, at unread, "unread", .about = "of these, never opened by this officer"),   \
	ANSWER_AS(type, at claimed, "claimed", .about = "of these, 领取 by this officer")
/* clang-format on */

static const struct answer_row desk_rows[] = { DESK_COUNT_ROWS(struct queue_counts, ) };
const struct answer desk_counts_answer =
    ANSWER_TABLE("desk_counts", struct queue_counts, desk_rows);

struct queue_counts_answer {
	struct queue_counts desk;
	int64_t done, all, overdue, most;
};
static const struct answer_row rows[] = {
	DESK_COUNT_ROWS(struct queue_counts_answer, desk.),
	ANSWER(struct queue_counts_answer, done),
	ANSWER(struct queue_counts_answer, all),
	ANSWER(struct queue_counts_answer, overdue),
	ANSWER(struct queue_counts_answer, most, .about = "none is counted beyond this"),
};
const struct answer queue_counts_answer =
    ANSWER_TABLE("queue_counts", struct queue_counts_answer, rows);

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
desk_counts(struct req *q, const struct late_desks *late, struct queue_counts *ret)
{
	TRY(queue_count(q->db, q->arena, who_bureau(q), reach_region(q), who_user(q), late->late,
	    late->soon, ret));
	ret->soon -= ret->late;
	return ERR_OK;
}

enum err
review_queue_counts(struct req *q)
{
	struct bureau mine;
	struct calendar calendar;
	struct queue_counts_answer answer = { .most = QUEUE_COUNTED };
	const char *region = reach_region(q);
	int64_t desk;

	TRY(bureau_get(q->db, q->arena, who_bureau(q), &mine));
	TRY(calendar_now(q, &calendar));
	const struct late_desks desks = late_desks(&calendar, q->now);
	TRY(queue_count_done(q->db, q->arena, mine.id, region, &answer.done));
	TRY(queue_count_all(q->db, q->arena, mine.id, desk_of_level(mine.level), region,
	    &answer.all));
	TRY(late_desk(q, &mine, region, &desk));
	if (mine.level <= 2)
		TRY(queue_count_overdue(q->db, q->arena, mine.id, desk, region, desks.late,
		    &answer.overdue));
	TRY(desk_counts(q, &desks, &answer.desk));
	return reply(q, 200, &queue_counts_answer, &answer);
}
