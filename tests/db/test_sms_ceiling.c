/* How many SMS somebody had: exactly, in any hour, with everybody at once. */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sql/record/sms_ceiling.h"
#include "tests/support/database.h"

#define NOW INT64_C(1700000000)
#define PROCESSES 8
#define EACH 10

static const char *
hex64(void)
{
	return arena_printf(arena, "%s%s", test_key(), test_key());
}

/* Seconds to wait; 0: counted; -1: something failed. */
static int64_t
take(struct sql *link, const struct sms_ceiling *list, size_t count, int64_t now)
{
	int64_t left = -1;
	struct sql_tx tx;

	if (sql_begin(&tx, link) != ERR_OK ||
	    sms_ceiling_take(&tx, arena, list, count, now, &left) != ERR_OK)
		left = -1;
	if (left == 0 && sql_commit(&tx) != ERR_OK)
		left = -1;
	sql_tx_end(&tx);
	return left;
}

static void
any_hour_has_its_most_wherever_it_begins(void)
{
	const struct sms_ceiling c = { hex64(), 3600, 3 };

	CU_ASSERT_EQUAL(take(db, &c, 1, NOW), 0);
	CU_ASSERT_EQUAL(take(db, &c, 1, NOW + 3000), 0);
	CU_ASSERT_EQUAL(take(db, &c, 1, NOW + 3500), 0);
	CU_ASSERT_EQUAL(take(db, &c, 1, NOW + 3599), 1);
	CU_ASSERT_EQUAL(take(db, &c, 1, NOW + 3600), 0);
	CU_ASSERT_EQUAL(take(db, &c, 1, NOW + 3600), 3000); /* a clock hour would begin anew */
	CU_ASSERT_EQUAL(take(db, &c, 1, NOW + 6599), 1);
	CU_ASSERT_EQUAL(take(db, &c, 1, NOW + 6600), 0);
}

static void
where_one_is_full_none_counts(void)
{
	const char *phone = hex64(), *sender = hex64();
	const struct sms_ceiling list[] = { { phone, 60, 1 }, { phone, 3600, 5 },
		{ sender, 3600, 2 } };

	CU_ASSERT_EQUAL(take(db, list, 3, NOW), 0);
	CU_ASSERT_EQUAL(take(db, list, 3, NOW + 59), 1);
	CU_ASSERT_EQUAL(take(db, list, 3, NOW + 60), 0);
	CU_ASSERT_EQUAL(take(db, list, 3, NOW + 120), 3480); /* the sender's */
	CU_ASSERT_EQUAL(test_count("SELECT COUNT(*) FROM sms_counted WHERE subject = ?",
			    ARGS(V(phone))),
	    2);
	CU_ASSERT_EQUAL(take(db, list, 2, NOW + 120), 0);
}

/* One of several processes that try at once; how many it got. */
static int
try_often(const struct sms_ceiling *list)
{
	struct sql *link = test_connect(10);
	int got = 0;

	for (int i = 0; i < EACH; i++) {
		int64_t left = take(link, list, 2, NOW);

		if (left < 0)
			return 200;
		got += left == 0;
	}
	sql_close(link);
	return got;
}

static void
of_many_at_once_only_the_most_get_through(void)
{
	const struct sms_ceiling list[] = { { hex64(), 3600, 7 }, { hex64(), 3600, 1000 } };
	int total = 0, status;

	for (int i = 0; i < PROCESSES; i++)
		if (fork() == 0)
			_exit(try_often(list));
	for (int i = 0; i < PROCESSES; i++) {
		wait(&status);
		total += WEXITSTATUS(status);
	}
	CU_ASSERT_EQUAL(total, 7);
	CU_ASSERT_EQUAL(test_count("SELECT COUNT(*) FROM sms_counted WHERE subject = ?",
			    ARGS(V(list[1].subject))),
	    7);
}

static void
what_is_over_is_forgotten(void)
{
	const struct sms_ceiling c = { hex64(), 3600, 1 };
	struct sql_tx tx;

	CU_ASSERT_EQUAL(take(db, &c, 1, 1000), 0);
	CU_ASSERT_EQUAL_FATAL(sql_begin(&tx, db), ERR_OK);
	CU_ASSERT_EQUAL(sms_ceiling_purge(&tx, 1001, 1000), ERR_OK);
	CU_ASSERT_EQUAL(sql_commit(&tx), ERR_OK);
	CU_ASSERT_EQUAL(test_count("SELECT (SELECT COUNT(*) FROM sms_counted WHERE subject = ?) +"
				   " (SELECT COUNT(*) FROM sms_subject WHERE subject = ?)",
			    ARGS(V(c.subject), V(c.subject))),
	    0);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "any hour has its most, wherever it begins",
		    any_hour_has_its_most_wherever_it_begins },
		{ "where one is full none counts", where_one_is_full_none_counts },
		{ "of many at once only the most get through",
		    of_many_at_once_only_the_most_get_through },
		{ "what is over is forgotten", what_is_over_is_forgotten },
		CU_TEST_INFO_NULL,
	};

	return test_main("sms_ceiling", tests);
}
