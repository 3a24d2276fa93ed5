#include <string.h>

#include "sql/application_claim.h"
#include "sql/application_seen.h"
#include "sql/queue.h"
#include "tests/db/applications.h"

#define STAFF 5
#define DAY (24 * 3600)
#define CROWD 1000 /* applications of one bureau that a page must not read */

static const struct queue_filter any = { .staff_id = STAFF };
static const struct queue_place start;

static const struct queue_item *items;
static size_t count;
static struct queue_place next;
static bool more;

static int64_t
value(const char *name)
{
	return test_count("SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS"
			  " WHERE VARIABLE_NAME = ?",
	    ARGS(V(name)));
}

/* Rows the server has touched and sorted for this connection. */
static int64_t
work(void)
{
	return value("HANDLER_READ_NEXT") + value("HANDLER_READ_PREV") + value("HANDLER_READ_RND") +
	       value("SORT_ROWS");
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

	bureau = test_number() / 2;
	at_desk("甲");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
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
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
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

static const char *mark; /* what the names of the crowd begin with */

static void
lists_are_counted_by_region(void)
{
	static const int64_t late[3] = { NOW + DAY, NOW + DAY, NOW + DAY };
	static const struct {
		const char *region;
		int64_t found;
	} cases[] = { { NULL, 1 }, { "44", 1 }, { "440103", 1 }, { "440106", 0 }, { "45", 0 } };
	int64_t n;

	bureau = test_number() / 2;
	struct application a = at_desk("甲");
	take(&a, EVENT_PASS, DESK_LOCAL);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
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

/* The crowd: one bureau's applications, all at its desk, each with one decision of it. */
static void
crowd(void)
{
	mark = test_key();
	WRITE(ERR_OK,
	    sql_exec(&tx,
		"INSERT INTO application (number, state, status, unit_id, operator_id,"
		" institution_id, institution_code, institution_name, unit_name, region_code,"
		" province_city, local_bureau, province_bureau, nation_bureau, desk_bureau,"
		" over_bureau, desk_since, round, filed, business_type, created_at, updated_at)"
		" WITH RECURSIVE many AS (SELECT 1 AS seq UNION ALL"
		" SELECT seq + 1 FROM many WHERE seq < 1000)"
		" SELECT MD5(CONCAT(?, seq)), ?, 1, 1, 1, 1, 'H44010300001',"
		" CONCAT(?, '医院', seq), CONCAT(?, '单位', seq), '440105', '广州', ?, ?, ?, ?, ?,"
		" ? + seq, 1, 1, 'mixed', ?, ? FROM many",
		ARGS(V(mark), V((unsigned)STATE_APPLY_LOCAL), V(mark), V(mark), V(bureau),
		    V(bureau + 1), V(bureau + 2), V(bureau), V(bureau + 1), V(NOW), V(NOW), V(NOW)),
		NULL));
	WRITE(ERR_OK,
	    sql_exec(&tx,
		"INSERT INTO application_event (application_id, event, from_state, to_state, desk,"
		" bureau_id, actor_role, actor_id, actor_name, round, created_at)"
		" SELECT id, 2, 20, 21, 1, local_bureau, 3, 1, '局', 1, ? FROM application"
		" WHERE local_bureau = ?",
		ARGS(V(NOW), V(bureau)), NULL));
}

/* Which list; all of them read a page of 20. */
static enum err
list(int which)
{
	static const int64_t late[3] = { NOW + CROWD, NOW + CROWD, NOW + CROWD };
	const struct queue_filter institution = { .institution = mark }, unit = { .unit = mark };

	switch (which) {
	case 0:
		return queue_pending(db, arena, bureau, &any, start, 20, &items, &count);
	case 1:
		return queue_done(db, arena, bureau, &any, start, 20, &items, &count, &next);
	case 2:
		return queue_all(db, arena, bureau, DESK_LOCAL, &any, start, 20, &items, &count);
	case 3:
		return queue_all(db, arena, bureau + 1, DESK_PROVINCE, &any, start, 20, &items,
		    &count);
	case 4:
		return queue_all(db, arena, bureau + 2, DESK_NATION, &any, start, 20, &items,
		    &count);
	case 5:
		return queue_of_region(db, arena, bureau + 2, "440105", &any, start, 20, &items,
		    &count);
	case 6:
	case 7:
		return queue_find(db, arena, bureau + which - 6,
		    (enum desk)(DESK_LOCAL + which - 6), QUEUE_ANYWHERE, &institution, 20, &items,
		    &count, &more);
	case 8:
	case 9:
		return queue_find(db, arena, bureau + which - 8,
		    (enum desk)(DESK_LOCAL + which - 8), QUEUE_ANYWHERE, &unit, 20, &items, &count,
		    &more);
	case 10:
		return queue_overdue(db, arena, bureau + 1, 0, late, &any, start, 20, &items,
		    &count);
	case 11:
	case 12:
		return queue_find(db, arena, bureau, DESK_LOCAL, QUEUE_AT_DESK,
		    which == 11 ? &institution : &unit, 20, &items, &count, &more);
	case 13:
		return queue_find(db, arena, bureau + 2, DESK_NATION, QUEUE_ANYWHERE, &institution,
		    20, &items, &count, &more);
	default:
		return queue_find(db, arena, bureau + 2, DESK_NATION, QUEUE_ANYWHERE, &unit, 20,
		    &items, &count, &more);
	}
}

static void
a_page_reads_and_sorts_no_crowd(void)
{
	bureau = test_number() / 2;
	crowd();
	int64_t before = work(), idle = work() - before;
	for (int which = 0; which < 15; which++) {
		before = work();
		OK(list(which));
		int64_t done = work() - before - idle;

		CU_ASSERT_EQUAL(count, 20);
		/* a page, its claims and readers: not the crowd of this bureau, nor that of others */
		if (done >= CROWD / 2)
			printf("list %d read %lld rows\n", which, (long long)done);
		CU_ASSERT_TRUE(done < CROWD / 2);
	}
}

static void
pages_follow_each_other(void)
{
	struct queue_place place = start;
	size_t seen = 0;

	bureau = test_number() / 2;
	crowd();
	do {
		OK(queue_pending(db, arena, bureau, &any, place, 30, &items, &count));
		for (size_t i = 1; i < count; i++)
			CU_ASSERT_TRUE(items[i].desk_since >= items[i - 1].desk_since);
		seen += count;
		if (count)
			place = (struct queue_place){ items[count - 1].order, items[count - 1].id };
	} while (count);
	CU_ASSERT_EQUAL(seen, CROWD);
	OK(queue_done(db, arena, bureau, &any, start, 30, &items, &count, &next));
	OK(queue_done(db, arena, bureau, &any, next, CROWD, &items, &count, &next));
	CU_ASSERT_EQUAL(count, CROWD - 30);
	OK(queue_all(db, arena, bureau + 2, DESK_NATION, &any, start, 30, &items, &count));
	place = (struct queue_place){ items[29].order, items[29].id };
	OK(queue_all(db, arena, bureau + 2, DESK_NATION, &any, place, CROWD, &items, &count));
	CU_ASSERT_EQUAL(count, CROWD - 30);
}

/* What a reader has seen of the crowd, by the ids of its rows. */
static bool
seen_before(int64_t *seen, size_t *nseen, int64_t id)
{
	for (size_t i = 0; i < *nseen; i++)
		if (seen[i] == id)
			return true;
	seen[(*nseen)++] = id;
	return false;
}

/* All came in the same second; while somebody turns pages some leave the desk and others come. */
static void
pages_miss_and_repeat_nothing(void)
{
	struct queue_place place = start;
	int64_t seen[2 * CROWD];
	size_t nseen = 0, late = 0;

	bureau = test_number() / 2;
	crowd();
	WRITE(ERR_OK, sql_exec(&tx, "UPDATE application SET desk_since = ? WHERE desk_bureau = ?",
			  ARGS(V(NOW), V(bureau)), NULL));
	do {
		OK(queue_pending(db, arena, bureau, &any, place, 70, &items, &count));
		for (size_t i = 0; i < count; i++)
			CU_ASSERT_FALSE(seen_before(seen, &nseen, items[i].id));
		if (count == 0)
			break;
		place = (struct queue_place){ items[count - 1].order, items[count - 1].id };
		WRITE(ERR_OK, sql_exec(&tx,
				  "UPDATE application SET desk_bureau = NULL, desk_since = NULL"
				  " WHERE id = ?",
				  ARGS(V(items[0].id)), NULL)); /* decided */
		if (late == 10)
			continue;
		at_desk("甲");
		late++;
	} while (true);
	CU_ASSERT_EQUAL(nseen, CROWD + late); /* those that came meanwhile wait at the end */

	place = start;
	nseen = 0;
	do {
		OK(queue_all(db, arena, bureau, DESK_LOCAL, &any, place, 70, &items, &count));
		for (size_t i = 0; i < count; i++)
			CU_ASSERT_FALSE(seen_before(seen, &nseen, items[i].id));
		if (count)
			place = (struct queue_place){ items[count - 1].order, items[count - 1].id };
		at_desk("乙"); /* newer than what is shown: not on a later page */
	} while (count);
	CU_ASSERT_EQUAL(nseen, CROWD + late);
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
		{ "a page reads and sorts no crowd", a_page_reads_and_sorts_no_crowd },
		{ "pages follow each other", pages_follow_each_other },
		{ "pages miss and repeat nothing", pages_miss_and_repeat_nothing },
		CU_TEST_INFO_NULL,
	};

	return test_main("queue", tests);
}
