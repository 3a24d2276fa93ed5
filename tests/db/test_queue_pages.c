#include "sql/application/queue.h"
#include "tests/support/applications.h"

#define STAFF 5
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

static const char *mark; /* what the names of the crowd begin with */

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
		" SELECT id, 2, 20, 21, 1, local_bureau, 3, 1, '局', 1, ?"
		" FROM application FORCE INDEX (by_local)"
		" WHERE local_bureau = ? AND unit_id = 1",
		ARGS(V(NOW), V(bureau)), NULL));
	WRITE(ERR_OK, sql_exec(&tx,
			  "INSERT INTO application_decision SELECT e.bureau_id, a.region_code, e.id"
			  " FROM application a FORCE INDEX (by_local)"
			  " STRAIGHT_JOIN application_event e FORCE INDEX (by_application)"
			  " ON e.application_id = a.id"
			  " WHERE a.local_bureau = ? AND a.unit_id = 1",
			  ARGS(V(bureau)), NULL));
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

/* Of another county than the crowd's one waits at the same desk, after one that was decided. */
static void
a_region_reads_none_of_the_others(void)
{
	static const int64_t late[3] = { NOW + 2 * CROWD, NOW + 2 * CROWD, NOW + 2 * CROWD };
	struct queue_filter rare = { .staff_id = STAFF };
	struct queue_counts counts;

	bureau = test_number() / 2;
	struct application a = at_desk("甲");
	take(&a, EVENT_PASS, DESK_LOCAL);
	crowd();
	at_desk("乙");
	int64_t before = work(), idle = work() - before;
	for (int which = 0; which < 8; which++) {
		/* nothing is of the one province, nor of the other county */
		rare.region = which % 2 ? "440103" : which < 6 ? "45" : "440104";
		before = work();
		if (which < 2) {
			OK(queue_pending(db, arena, bureau, &rare, start, 20, &items, &count));
		} else if (which < 4) {
			OK(queue_overdue(db, arena, bureau + 1, bureau, late, &rare, start, 20,
			    &items, &count));
		} else if (which < 6) {
			OK(queue_count(db, arena, bureau, rare.region, STAFF, late, late, &counts));
		} else {
			OK(queue_done(db, arena, bureau, &rare, start, 20, &items, &count, &next));
			CU_ASSERT_EQUAL(next.id, 0); /* nothing is left to look through */
		}
		CU_ASSERT_TRUE(work() - before - idle < 40);
		CU_ASSERT_EQUAL(which / 2 == 2 ? counts.pending : (int64_t)count, which % 2);
	}
	rare.region = "4401"; /* the city of all */
	OK(queue_pending(db, arena, bureau, &rare, start, CROWD * 2, &items, &count));
	CU_ASSERT_EQUAL(count, CROWD + 1);
	OK(queue_done(db, arena, bureau, &rare, start, CROWD * 2, &items, &count, &next));
	CU_ASSERT_EQUAL(count, CROWD + 1);
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
		{ "a page reads and sorts no crowd", a_page_reads_and_sorts_no_crowd },
		{ "a region reads none of the others", a_region_reads_none_of_the_others },
		{ "pages follow each other", pages_follow_each_other },
		{ "pages miss and repeat nothing", pages_miss_and_repeat_nothing },
		CU_TEST_INFO_NULL,
	};

	return test_main("queue_pages", tests);
}
