#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sql/account/attempt.h"
#include "sql/account/known_device.h"
#include "tests/support/database.h"

#define NOW INT64_C(1700000000)
#define PROCESSES 8
#define EACH 25

static const char *
hex64(void)
{
	return arena_printf(arena, "%s%s", test_key(), test_key());
}

/* Five in 900 seconds, locked for `lock`, and a second bucket of three. */
static const struct attempt_bucket *
buckets_for(const char *subject, int64_t lock)
{
	struct attempt_bucket *b = arena_alloc(arena, 2 * sizeof(*b));

	b[0] = (struct attempt_bucket){ subject, "", 900, 5, lock };
	b[1] = (struct attempt_bucket){ subject, hex64(), 900, 3, lock };
	return b;
}

static struct attempt_count
take(const struct attempt_bucket *b, size_t count, int64_t now)
{
	struct attempt_count ret = { 0 };

	CU_ASSERT_EQUAL_FATAL(attempt_take(db, arena, b, count, now, &ret), ERR_OK);
	return ret;
}

static int64_t
used(const struct attempt_bucket *b)
{
	return test_count("SELECT COALESCE(MAX(used), 0) FROM attempt WHERE subject = ? AND"
			  " source = ?",
	    ARGS(V(b->subject), V(b->source)));
}

static void
a_bucket_is_full_until_its_lock_ends(void)
{
	const struct attempt_bucket *b = buckets_for(hex64(), 600);

	for (int i = 0; i < 4; i++) {
		struct attempt_count c = take(b, 1, NOW + i);

		CU_ASSERT_EQUAL(c.full, 1);
		CU_ASSERT_FALSE(c.last);
		CU_ASSERT_EQUAL(c.until, NOW + 900);
	}
	CU_ASSERT_TRUE(take(b, 1, NOW + 10).last);
	for (int i = 0; i < 5; i++) { /* asking does not make it longer */
		struct attempt_count c = take(b, 1, NOW + 10 + i);

		CU_ASSERT_EQUAL(c.full, 0);
		CU_ASSERT_EQUAL(c.until, NOW + 610);
	}
	CU_ASSERT_EQUAL(take(b, 1, NOW + 609).full, 0);
	CU_ASSERT_EQUAL(take(b, 1, NOW + 610).full, 1);
	CU_ASSERT_EQUAL(used(b), 1);
}

static void
few_failures_are_forgotten_with_their_window(void)
{
	const struct attempt_bucket *b = buckets_for(hex64(), 600);

	for (int i = 0; i < 4; i++)
		take(b, 1, NOW);
	CU_ASSERT_FALSE(take(b, 1, NOW + 900).last);
	CU_ASSERT_EQUAL(used(b), 1);
}

static void
where_one_is_full_none_counts(void)
{
	const struct attempt_bucket *b = buckets_for(hex64(), 600);

	for (int i = 0; i < 3; i++)
		take(b, 2, NOW);
	CU_ASSERT_EQUAL(take(b, 2, NOW).full, 1);
	CU_ASSERT_EQUAL(used(&b[0]), 3);
	CU_ASSERT_EQUAL(used(&b[1]), 3);
}

static void
a_right_one_gives_back(void)
{
	const struct attempt_bucket *b = buckets_for(hex64(), 600);

	for (int i = 0; i < 2; i++)
		take(b, 2, NOW);
	CU_ASSERT_EQUAL(attempt_give_back(db, b, 2), ERR_OK);
	CU_ASSERT_EQUAL(used(&b[0]), 1);
	CU_ASSERT_EQUAL(used(&b[1]), 0);
}

static void
a_new_password_empties_what_is_the_accounts(void)
{
	const struct attempt_bucket *mine = buckets_for(hex64(), 600);
	const struct attempt_bucket *other = buckets_for(hex64(), 600);

	take(mine, 2, NOW);
	take(other, 2, NOW);
	struct sql_tx tx;
	CU_ASSERT_EQUAL_FATAL(sql_begin(&tx, db), ERR_OK);
	CU_ASSERT_EQUAL(attempt_clear(&tx, mine->subject), ERR_OK);
	CU_ASSERT_EQUAL(sql_commit(&tx), ERR_OK);
	CU_ASSERT_EQUAL(used(&mine[0]) + used(&mine[1]), 0);
	CU_ASSERT_EQUAL(used(&other[0]) + used(&other[1]), 2);
}

/* One of several processes that try at once; how many tries it got. */
static int
try_often(const struct attempt_bucket *b)
{
	struct sql *link = test_connect(5);
	int got = 0;

	for (int i = 0; i < EACH; i++) {
		struct attempt_count c = { 0 };

		if (attempt_take(link, arena, b, 2, NOW, &c) != ERR_OK)
			return 200;
		got += c.full == 2;
	}
	sql_close(link);
	return got;
}

static void
of_hundreds_at_once_only_the_most_get_through(void)
{
	const struct attempt_bucket b[2] = { { hex64(), "", 900, 17, 900 },
		{ hex64(), hex64(), 900, 1000, 900 } };
	int total = 0, status;

	for (int i = 0; i < PROCESSES; i++)
		if (fork() == 0)
			_exit(try_often(b));
	for (int i = 0; i < PROCESSES; i++) {
		wait(&status);
		total += WEXITSTATUS(status);
	}
	CU_ASSERT_EQUAL(total, 17);
	CU_ASSERT_EQUAL(used(&b[1]), 17);
}

static void
put(int64_t user, const char *device, const char *address, int64_t now)
{
	struct sql_tx tx;

	CU_ASSERT_EQUAL_FATAL(sql_begin(&tx, db), ERR_OK);
	CU_ASSERT_EQUAL(known_device_put(&tx, arena, 1, user, device, address, now), ERR_OK);
	CU_ASSERT_EQUAL(sql_commit(&tx), ERR_OK);
}

static struct known_device
known(unsigned role, int64_t user, const char *device, const char *address)
{
	struct known_device ret = { 0 };

	CU_ASSERT_EQUAL(known_device_get(db, arena, role, user, device, address, &ret), ERR_OK);
	return ret;
}

static void
a_person_is_known_where_he_signed_in(void)
{
	int64_t user = test_number();
	const char *device = hex64(), *other = hex64();
	bool exists = true;

	CU_ASSERT_FALSE(known(1, user, device, "192.0.2.1").browser);
	CU_ASSERT_EQUAL(known_device_exists(db, arena, device, &exists), ERR_OK);
	CU_ASSERT_FALSE(exists);
	put(user, device, "192.0.2.1", NOW);
	put(user, other, "2001:db8::1", NOW);
	CU_ASSERT_TRUE(known(1, user, device, "203.0.113.9").browser);
	CU_ASSERT_FALSE(known(1, user, device, "203.0.113.9").address);
	put(user, other, "192.0.2.2", NOW + 1); /* carried elsewhere: both are known */
	CU_ASSERT_TRUE(known(1, user, NULL, "2001:db8::1").address);
	CU_ASSERT_TRUE(known(1, user, NULL, "192.0.2.2").address);
	CU_ASSERT_FALSE(known(1, user, NULL, "2001:db8::1").browser);
	CU_ASSERT_FALSE(known(2, user, device, "192.0.2.1").browser); /* another role */
	CU_ASSERT_FALSE(known(1, user + 1, device, "192.0.2.1").address);
	CU_ASSERT_EQUAL(known_device_exists(db, arena, device, &exists), ERR_OK);
	CU_ASSERT_TRUE(exists);
}

static void
the_oldest_browser_is_forgotten_first(void)
{
	int64_t user = test_number();
	const char *first = hex64(), *second = hex64();

	put(user, first, "192.0.2.1", NOW);
	put(user, second, "192.0.2.1", NOW + 1);
	put(user, first, "192.0.2.1", NOW + 2); /* seen again */
	for (int i = 0; i < KNOWN_DEVICES_MAX - 1; i++)
		put(user, hex64(), "192.0.2.1", NOW + 3 + i);
	CU_ASSERT_TRUE(known(1, user, first, "").browser);
	CU_ASSERT_FALSE(known(1, user, second, "").browser);
	CU_ASSERT_EQUAL(test_count("SELECT COUNT(*) FROM known_device"
				   " WHERE role = 1 AND user_id = ?",
			    ARGS(V(user))),
	    KNOWN_DEVICES_MAX);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "a bucket is full until its lock ends", a_bucket_is_full_until_its_lock_ends },
		{ "few failures are forgotten with their window",
		    few_failures_are_forgotten_with_their_window },
		{ "where one is full none counts", where_one_is_full_none_counts },
		{ "a right one gives back", a_right_one_gives_back },
		{ "a new password empties what is the account's",
		    a_new_password_empties_what_is_the_accounts },
		{ "of hundreds at once only the most get through",
		    of_hundreds_at_once_only_the_most_get_through },
		{ "a person is known where he signed in", a_person_is_known_where_he_signed_in },
		{ "the oldest browser is forgotten first", the_oldest_browser_is_forgotten_first },
		CU_TEST_INFO_NULL,
	};

	return test_main("attempt", tests);
}
