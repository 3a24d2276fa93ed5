#include "handlers/jobs/remind.h"

#include "fcgi/base/bytes.h"
#include "fcgi/base/log.h"
#include "fcgi/base/random.h"
#include "fcgi/base/time.h"
#include "handlers/common/notify.h"
#include "handlers/review/calendar.h"
#include "handlers/review/queue_count.h"
#include "handlers/rules/procedure/date.h"
#include "handlers/rules/procedure/deadline.h"
#include "handlers/rules/table/kinds.h"
#include "sql/application/reminder.h"

#define MORNING (8 * HOUR + HOUR / 2) /* seconds into the day; before it nobody is reminded */
#define PAGE 100                      /* bureaus read at a time */
#define KEPT (30 * 24 * HOUR)         /* seconds it is remembered who was reminded */

static const char *
number(struct arena *arena, int64_t n)
{
	return arena_printf(arena, "%lld", (long long)n);
}

/* One load, in its own transaction: what fails is done by the next run, what is done stays. */
static enum err
remind(struct req *q, const struct calendar *c, const struct reminder_load *load, int64_t *ret_told)
{
	const char *const arguments[4] = {
		number(q->arena, load->pending),
		number(q->arena, load->late),
		number(q->arena, load->soon - load->late),
		number(q->arena, calendar_waited(c, load->oldest, q->now)),
	};
	struct message message =
	    notify_message(q, *load->scope ? NOTICE_REMINDER_PART : NOTICE_REMINDER, arguments);
	unsigned char round[16];

	random_bytes(round, sizeof(round));
	SQL_TX(tx, q->db);
	TRY(reminder_send(&tx, date_of(q->now), ROLE_OFFICER, load,
	    bytes_hex(q->arena, round, sizeof(round)), &message, ret_told));
	return sql_commit(&tx);
}

/* Those who work on all of the bureau's regions, and those who work on some. */
static enum err
remind_bureau(struct req *q, const struct calendar *c, const struct late_desks *desks,
    const struct reminder_load *whole, int64_t *ret_told)
{
	const struct reminder_load *parts;
	int64_t told;
	size_t count;

	TRY(remind(q, c, whole, ret_told));
	TRY(reminder_parts(q->db, q->arena, whole->bureau_id, ROLE_OFFICER, desks->late,
	    desks->soon, &parts, &count));
	for (size_t i = 0; i < count; i++) {
		TRY(remind(q, c, &parts[i], &told));
		*ret_told += told;
	}
	return ERR_OK;
}

static enum err
forget(struct req *q)
{
	SQL_TX(tx, q->db);
	TRY(reminder_purge(&tx, date_of(q->now - KEPT)));
	return sql_commit(&tx);
}

enum err
remind_run(struct req *q)
{
	const struct reminder_load *loads;
	struct calendar calendar;
	int64_t last = 0, told, all = 0;
	size_t count;

	if (q->now < date_begin(date_of(q->now)) + MORNING)
		return ERR_OK;
	do {
		TRY(calendar_now(q, &calendar));
		if (!calendar_works(&calendar, q->now))
			return ERR_OK;
		const struct late_desks desks = late_desks(&calendar, q->now);
		TRY(reminder_loads(q->db, q->arena, last, desks.late, desks.soon, PAGE, &loads,
		    &count));
		for (size_t i = 0; i < count; i++) {
			TRY(remind_bureau(q, &calendar, &desks, &loads[i], &told));
			all += told;
		}
		last = count > 0 ? loads[count - 1].bureau_id : last;
		arena_reset(q->arena);
	} while (count == PAGE);
	if (all > 0)
		log_line(LOG_INFO, "janitor", "what=reminded officers=%lld", (long long)all);
	return forget(q);
}
