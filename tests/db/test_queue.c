#include <string.h>

#include "fcgi/base/array.h"
#include "sql/application/application_claim.h"
#include "sql/application/application_seen.h"
#include "sql/application/queue.h"
#include "tests/support/applications.h"

#define STAFF 5
#define DAY (24 * 3600)

static const struct queue_filter any = { .staff_id = STAFF };
static const struct queue_place start;

static const struct queue_item *items;
static size_t count;
static struct queue_place next;
static bool more;

/* Fresh bureaus, and 广东 has the one of the province: a list of 广东 takes it by that. */
static void
bureaus_of_guangdong(void)
{
	bureau = test_number() / 2;
	WRITE(ERR_OK, sql_exec(&tx,
			  "INSERT INTO bureau (id, region_code, name, level, prefix)"
			  " VALUES (?, '440000', '广东省医疗保障局', 2, '44')"
			  " ON DUPLICATE KEY UPDATE id = VALUES(id)",
			  ARGS(V(bureau + 1)), NULL));
}

static struct application
at_desk(const char *name)
{
	struct application a = new_draft(new_unit(), test_number());

	fill(&a, name);
	take(&a, EVENT_SUBMIT, DESK_NONE);
	return a;
}

static void
a_queue_holds_what_lies_at_its_desk(void)
{
	static const enum desk desks[] = { DESK_LOCAL, DESK_PROVINCE, DESK_NATION };

	bureau = test_number() / 2;
	struct application a = new_draft(new_unit(), test_number());
	OK(queue_all(db, arena, bureau, DESK_LOCAL, &any, start, 10, &items, &count));
	CU_ASSERT_EQUAL(count, 0); /* drafts are nobody's business */
	fill(&a, "甲");
	take(&a, EVENT_SUBMIT, DESK_NONE);
	OK(queue_pending(db, arena, bureau, &any, start, 10, &items, &count));
	CU_ASSERT_EQUAL_FATAL(count, 1);
	CU_ASSERT_STRING_EQUAL(items[0].number, a.number);
	CU_ASSERT_PTR_NOT_NULL(strstr(items[0].unit_name, "示例医院"));
	OK(queue_done(db, arena, bureau, &any, start, 10, &items, &count, &next));
	CU_ASSERT_EQUAL(count, 0);
	take(&a, EVENT_PASS, DESK_LOCAL);
	take(&a, EVENT_REJECT, DESK_PROVINCE);
	take(&a, EVENT_SUBMIT, DESK_NONE);
	take(&a, EVENT_PASS, DESK_LOCAL);
	OK(queue_done(db, arena, bureau, &any, start, 10, &items, &count, &next));
	CU_ASSERT_EQUAL(count, 1); /* decided twice, listed once */
	for (int i = 0; i < 3; i++) {
		OK(queue_all(db, arena, bureau + i, desks[i], &any, start, 10, &items, &count));
		CU_ASSERT_EQUAL(count, 1);
	}
}

static void
the_filter_takes_out_what_was_not_asked(void)
{
	static const struct {
		struct queue_filter filter;
		size_t found;
	} cases[] = {
		{ { .kind = "H" }, 1 },
		{ { .kind = "P" }, 0 },
		{ { .business_type = "auth" }, 1 },
		{ { .business_type = "mixed" }, 0 },
		{ { .region = "44" }, 1 },
		{ { .region = "440103" }, 1 },
		{ { .region = "4403" }, 0 },
		{ { .first = STATE_APPLY_LOCAL, .last = STATE_APPLIED }, 1 },
		{ { .first = STATE_ACCEPT_LOCAL, .last = STATE_ACCEPTED }, 0 },
	};

	bureaus_of_guangdong();
	at_desk("甲");
	for (size_t i = 0; i < COUNT(cases); i++) {
		OK(queue_pending(db, arena, bureau, &cases[i].filter, start, 10, &items, &count));
		CU_ASSERT_EQUAL(count, cases[i].found);
		OK(queue_all(db, arena, bureau, DESK_LOCAL, &cases[i].filter, start, 10, &items,
		    &count));
		CU_ASSERT_EQUAL(count, cases[i].found);
		OK(queue_of_region(db, arena, bureau + 2, "440103", &cases[i].filter, start, 10,
		    &items, &count));
		CU_ASSERT_EQUAL(count, cases[i].found);
	}
}

static void
names_and_numbers_are_found_by_their_beginning(void)
{
	static const enum desk desks[] = { DESK_LOCAL, DESK_PROVINCE, DESK_NATION };

	bureau = test_number() / 2;
	struct application a = at_desk("甲");
	const struct {
		struct queue_filter filter;
		size_t found;
	} cases[] = {
		{ { .institution = "示例医" }, 1 },
		{ { .institution = "医院" }, 0 },
		{ { .institution = "%" }, 0 }, /* a letter like any other */
		{ { .institution = "示例_院" }, 0 },
		{ { .unit = "示例医院 O" }, 1 },
		{ { .unit = "医院 O" }, 0 },
		{ { .number = arena_strndup(arena, a.number, 9) }, 1 },
		{ { .number = a.number }, 1 },
		{ { .number = "zz" }, 0 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		OK(queue_find(db, arena, bureau, DESK_LOCAL, QUEUE_AT_DESK, &cases[i].filter, 10,
		    &items, &count, &more));
		CU_ASSERT_EQUAL(count, cases[i].found);
		OK(queue_find(db, arena, bureau, DESK_LOCAL, QUEUE_DECIDED, &cases[i].filter, 10,
		    &items, &count, &more));
		CU_ASSERT_EQUAL(count, 0); /* nobody has decided yet */
		for (int d = 0; d < 3; d++) {
			OK(queue_find(db, arena, bureau + d, desks[d], QUEUE_ANYWHERE,
			    &cases[i].filter, 10, &items, &count, &more));
			CU_ASSERT_EQUAL(count, cases[i].found);
		}
	}
	OK(queue_find(db, arena, bureau + 7, DESK_LOCAL, QUEUE_ANYWHERE, &cases[0].filter, 10,
	    &items, &count, &more));
	CU_ASSERT_EQUAL(count, 0); /* another bureau's */
}

static void
claims_and_readers_are_told(void)
{
	static const int64_t early[3], later[3] = { INT64_MAX, 0, 0 };
	const struct application_claim claim = { STAFF, "黎海珊", NOW };
	struct queue_counts counts;

	bureau = test_number() / 2;
	struct application a = at_desk("甲");
	OK(queue_pending(db, arena, bureau, &any, start, 10, &items, &count));
	CU_ASSERT_EQUAL(items[0].seen_at, 0);
	CU_ASSERT_EQUAL(items[0].claimed_by, 0);
	WRITE(ERR_OK, application_seen_put(&tx, a.id, STAFF, NOW));
	WRITE(ERR_OK, application_seen_put(&tx, a.id, STAFF, NOW + 9));
	WRITE(ERR_OK, application_claim_put(&tx, a.id, &claim));
	OK(queue_pending(db, arena, bureau, &any, start, 10, &items, &count));
	CU_ASSERT_EQUAL(items[0].seen_at, NOW + 9);
	CU_ASSERT_EQUAL(items[0].claimed_by, STAFF);
	CU_ASSERT_STRING_EQUAL(items[0].claimed_name, "黎海珊");
	OK(queue_count(db, arena, bureau, NULL, STAFF, early, later, &counts));
	CU_ASSERT_EQUAL(counts.pending, 1);
	CU_ASSERT_EQUAL(counts.late, 0);
	CU_ASSERT_EQUAL(counts.soon, 1);
	CU_ASSERT_EQUAL(counts.unread, 0);
	CU_ASSERT_TRUE(counts.claimed >= 1);
	OK(queue_count(db, arena, bureau, NULL, STAFF + 1, later, later, &counts));
	CU_ASSERT_EQUAL(counts.late, 1);
	CU_ASSERT_EQUAL(counts.unread, 1); /* a colleague has not opened it */
	OK(queue_count(db, arena, bureau, "4401", STAFF, early, later, &counts));
	CU_ASSERT_EQUAL(counts.pending, 1);
	CU_ASSERT_TRUE(counts.claimed >= 1);
	OK(queue_count(db, arena, bureau, "4403", STAFF, early, later, &counts));
	CU_ASSERT_EQUAL(counts.pending, 0); /* of other regions than his */
	CU_ASSERT_EQUAL(counts.claimed, 0);
	take(&a, EVENT_PASS, DESK_LOCAL); /* what leaves the desk is nobody's */
	OK(queue_pending(db, arena, bureau + 1, &any, start, 10, &items, &count));
	CU_ASSERT_EQUAL(items[0].claimed_by, 0);
}

static void
lists_are_counted_by_region(void)
{
	static const int64_t late[3] = { NOW + DAY, NOW + DAY, NOW + DAY };
	static const struct {
		const char *region;
		int64_t found;
	} cases[] = { { NULL, 1 }, { "44", 1 }, { "440103", 1 }, { "440106", 0 }, { "45", 0 } };
	int64_t n;

	bureaus_of_guangdong();
	struct application a = at_desk("甲");
	take(&a, EVENT_PASS, DESK_LOCAL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		OK(queue_count_done(db, arena, bureau, cases[i].region, &n));
		CU_ASSERT_EQUAL(n, cases[i].found);
		OK(queue_count_all(db, arena, bureau, DESK_LOCAL, cases[i].region, &n));
		CU_ASSERT_EQUAL(n, cases[i].found);
		/* it lies at the province's desk, which the nation watches */
		OK(queue_count_overdue(db, arena, bureau + 2, 0, cases[i].region, late, &n));
		CU_ASSERT_EQUAL(n, cases[i].found);
		OK(queue_count_overdue(db, arena, bureau + 2, bureau + 1, cases[i].region, late,
		    &n));
		CU_ASSERT_EQUAL(n, cases[i].found);
		OK(queue_count_overdue(db, arena, bureau + 1, 0, cases[i].region, late, &n));
		CU_ASSERT_EQUAL(n, 0);
	}
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "a queue holds what lies at its desk", a_queue_holds_what_lies_at_its_desk },
		{ "the filter takes out what was not asked",
		    the_filter_takes_out_what_was_not_asked },
		{ "names and numbers are found by their beginning",
		    names_and_numbers_are_found_by_their_beginning },
		{ "claims and readers are told", claims_and_readers_are_told },
		{ "lists are counted by region", lists_are_counted_by_region },
		CU_TEST_INFO_NULL,
	};

	return test_main("queue", tests);
}
