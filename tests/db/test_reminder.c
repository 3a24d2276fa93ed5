#include "handlers/jobs/remind.h"
#include "handlers/rules/table/kinds.h"
#include "sql/account/staff.h"
#include "sql/application/reminder.h"
#include "sql/catalogue/calendar.h"
#include "tests/support/applications.h"
#include "tests/support/people.h"

/* Monday, 2096-03-05, 10:00 in Asia/Shanghai: far from what other tests leave behind. */
#define MONDAY INT64_C(3981751200)
#define DAY (24 * 3600)
#define OFFICERS 3

static int64_t people[OFFICERS + 1]; /* the last one may not sign in any more */

static void
officers(void)
{
	bureau = test_number() / 2;
	for (int i = 0; i <= OFFICERS; i++) {
		struct staff s = { .account = test_key(),
			.name = "示例",
			.password = "x",
			.bureau_id = bureau,
			.role = ROLE_OFFICER,
			.created_at = NOW };

		CU_ASSERT_EQUAL_FATAL(make_staff(&s), ERR_OK);
		people[i] = s.id;
	}
	WRITE(ERR_OK, staff_set_disabled(&tx, people[OFFICERS], true));
}

/* One that came so many days before Monday. */
static void
waits(int64_t days)
{
	struct application a = new_draft(new_unit(), test_number());

	fill(&a, "甲");
	take(&a, EVENT_SUBMIT, DESK_NONE);
	WRITE(ERR_OK, sql_exec(&tx, "UPDATE application SET desk_since = ? WHERE id = ?",
			  ARGS(V(MONDAY - days * DAY), V(a.id)), NULL));
}

static int64_t
messages(int64_t person)
{
	return test_count("SELECT COUNT(*) FROM message WHERE role = ? AND user_id = ?",
	    ARGS(V((unsigned)ROLE_OFFICER), V(person)));
}

static void
run(struct sql *with, int64_t now)
{
	struct req q = { .db = with, .arena = arena_new(1 << 20), .now = now };

	OK(remind_run(&q));
	arena_free(q.arena);
}

static void
each(int64_t expected)
{
	for (int i = 0; i < OFFICERS; i++)
		CU_ASSERT_EQUAL(messages(people[i]), expected);
	CU_ASSERT_EQUAL(messages(people[OFFICERS]), 0);
}

static void
everybody_is_told_once_a_working_day(void)
{
	officers();
	waits(30);
	waits(0);
	run(db, MONDAY - 2 * 3600); /* 8:00 */
	each(0);
	run(db, MONDAY);
	each(1);
	run(db, MONDAY + 3600);
	each(1);
	CU_ASSERT_EQUAL(
	    test_count(
		"SELECT COUNT(*) FROM message WHERE user_id = ?"
		" AND text LIKE '本局有 2 件待办，其中 1 件已超期、0 件即将超期，最久的已等待 2_ 个工作日%'",
		ARGS(V(people[0]))),
	    1);
	run(db, MONDAY + DAY);
	each(2);
	run(db, MONDAY + 5 * DAY); /* Saturday */
	each(2);
	const struct calendar_day holiday = { 20960312, false, "假日" };
	WRITE(ERR_OK, calendar_put(&tx, &holiday));
	run(db, MONDAY + 7 * DAY);
	each(2);
	WRITE(ERR_OK, calendar_delete(&tx, holiday.date));
}

static void
nobody_is_told_of_what_is_in_time(void)
{
	officers();
	waits(0);
	run(db, MONDAY);
	each(0);
}

/* What one process was about to do when it died, and what two do at once. */
static void
whatever_fails_it_is_once(void)
{
	static const int64_t before[3] = { MONDAY, MONDAY, MONDAY };
	struct sql *other = test_connect(5);
	const struct message m = { .title = "待办提醒", .text = "示例", .created_at = NOW };
	int64_t told;

	officers();
	waits(30);
	struct sql_tx dying = { 0 };
	OK(sql_begin(&dying, other));
	const struct reminder_load all = { .bureau_id = bureau, .scope = "" };
	OK(reminder_send(&dying, 20960305, ROLE_OFFICER, &all, test_key(), &m, &told));
	CU_ASSERT_EQUAL(told, OFFICERS);
	sql_tx_end(&dying);
	each(0);
	/* an officer who was told before a failure is not told again, the others are */
	WRITE(ERR_OK,
	    sql_exec(&tx, "INSERT INTO reminder (day, staff_id, round) VALUES (20960305, ?, '')",
		ARGS(V(people[0])), NULL));
	run(db, MONDAY);
	run(other, MONDAY);
	CU_ASSERT_EQUAL(messages(people[0]), 0);
	CU_ASSERT_EQUAL(messages(people[1]), 1);
	CU_ASSERT_EQUAL(messages(people[2]), 1);
	const struct reminder_load *loads;
	size_t count;
	OK(reminder_loads(db, arena, bureau - 1, before, before, 1, &loads, &count));
	CU_ASSERT_EQUAL_FATAL(count, 1);
	CU_ASSERT_EQUAL(loads[0].bureau_id, bureau);
	CU_ASSERT_EQUAL(loads[0].late, 1);
	sql_close(other);
}

/* 440103 waits; who works on another district alone is not told, who works on this one is. */
static void
everybody_is_told_of_his_own_regions(void)
{
	officers();
	waits(30);
	WRITE(ERR_OK, sql_exec(&tx,
			  "UPDATE staff SET scope = IF(id = ?, '440103', '440106')"
			  " WHERE id IN (?, ?)",
			  ARGS(V(people[0]), V(people[0]), V(people[1])), NULL));
	run(db, MONDAY);
	run(db, MONDAY + 3600);
	CU_ASSERT_EQUAL(messages(people[0]), 1);
	CU_ASSERT_EQUAL(messages(people[1]), 0);
	CU_ASSERT_EQUAL(messages(people[2]), 1);
	CU_ASSERT_EQUAL(test_count("SELECT COUNT(*) FROM message WHERE user_id = ? AND text LIKE"
				   " '您负责的区划有 1 件待办%'",
			    ARGS(V(people[0]))),
	    1);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "everybody is told once a working day", everybody_is_told_once_a_working_day },
		{ "nobody is told of what is in time", nobody_is_told_of_what_is_in_time },
		{ "whatever fails, it is once", whatever_fails_it_is_once },
		{ "everybody is told of his own regions", everybody_is_told_of_his_own_regions },
		CU_TEST_INFO_NULL,
	};

	return test_main("reminder", tests);
}
