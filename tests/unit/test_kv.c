#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "fcgi/store/kv.h"
#include "tests/support/redis.h"
#include "tests/support/suite.h"

static const struct kv_family family = { "f", 100 };
static struct arena *arena;
static struct kv *kv;
static const char *text;
static int64_t count, left;

static void
a_value_comes_back_as_it_went(void)
{
	static const char *const values[] = { "", "a", "a b\r\nSET x y\r\n", "%s%n%b", "\"'\\",
		"王慢" };
	static const char *const keys[] = { "", "k", "a b", "a\r\nDEL f:k", "%s", "*", "a:b" };
	char *big = arena_alloc(arena, 100001);

	memset(big, 'x', 100000);
	for (size_t k = 0; k < COUNT(keys); k++) {
		for (size_t v = 0; v < COUNT(values); v++) {
			CU_ASSERT_EQUAL(kv_set(kv, &family, keys[k], values[v]), ERR_OK);
			CU_ASSERT_EQUAL_FATAL(kv_get(kv, arena, &family, keys[k], &text), ERR_OK);
			CU_ASSERT_STRING_EQUAL(text, values[v]);
		}
		CU_ASSERT_EQUAL(redis_number("EXISTS f:%s", keys[k]), 1);
	}
	CU_ASSERT_EQUAL(redis_number("DBSIZE"), COUNT(keys));
	CU_ASSERT_EQUAL(kv_set(kv, &family, "big", big), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(kv_get(kv, arena, &family, "big", &text), ERR_OK);
	CU_ASSERT_STRING_EQUAL(text, big);
	CU_ASSERT_EQUAL(kv_delete(kv, &family, "big"), ERR_OK);
	CU_ASSERT_EQUAL(kv_delete(kv, &family, "big"), ERR_OK);
	CU_ASSERT_EQUAL(kv_get(kv, arena, &family, "big", &text), ERR_NOT_FOUND);
}

static void
a_value_is_set_new_or_replaced_only_when_it_is(void)
{
	CU_ASSERT_EQUAL(kv_replace(kv, &family, "n", "0"), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(kv_set_new(kv, &family, "n", "1"), ERR_OK);
	CU_ASSERT_EQUAL(kv_set_new(kv, &family, "n", "2"), ERR_CONFLICT);
	CU_ASSERT_EQUAL(kv_replace(kv, &family, "n", "3"), ERR_OK);
	CU_ASSERT_EQUAL(kv_get(kv, arena, &family, "n", &text), ERR_OK);
	CU_ASSERT_STRING_EQUAL(text, "3");
}

static void
of_several_who_take_one_gets_it(void)
{
	int winners = 0, status;
	pid_t pids[6];

	CU_ASSERT_EQUAL(kv_set(kv, &family, "prize", "x"), ERR_OK);
	for (size_t i = 0; i < 6; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			struct kv *own = kv_new(redis_path(), 2);

			_exit(kv_take(own, arena, &family, "prize", &text) == ERR_OK);
		}
	}
	for (size_t i = 0; i < 6; i++) {
		waitpid(pids[i], &status, 0);
		winners += WIFEXITED(status) && WEXITSTATUS(status) == 1;
	}
	CU_ASSERT_EQUAL(winners, 1);
	CU_ASSERT_EQUAL(kv_take(kv, arena, &family, "prize", &text), ERR_NOT_FOUND);
}

/* Will the key live for about the family's time? */
static bool
lives(const char *key)
{
	int64_t ttl = redis_number("TTL f:%s", key);

	return ttl > 90 && ttl <= 100;
}

static void
everything_has_an_end(void)
{
	CU_ASSERT_EQUAL(kv_set(kv, &family, "1", "x"), ERR_OK);
	CU_ASSERT_EQUAL(kv_set_new(kv, &family, "2", "x"), ERR_OK);
	CU_ASSERT_EQUAL(kv_count(kv, &family, "3", NULL, NULL), ERR_OK);
	CU_ASSERT_EQUAL(kv_add(kv, &family, "4", "x"), ERR_OK);
	CU_ASSERT_TRUE(lives("1") && lives("2") && lives("3") && lives("4"));
	CU_ASSERT_EQUAL(redis_number("EXPIRE f:1 5"), 1);
	CU_ASSERT_EQUAL(kv_get(kv, arena, &family, "1", &text), ERR_OK);
	CU_ASSERT_FALSE(lives("1"));
	CU_ASSERT_EQUAL(kv_get_fresh(kv, arena, &family, "1", &text), ERR_OK);
	CU_ASSERT_STRING_EQUAL(text, "x");
	CU_ASSERT_TRUE(lives("1"));
	CU_ASSERT_EQUAL(redis_number("EXPIRE f:1 5"), 1);
	CU_ASSERT_EQUAL(kv_replace(kv, &family, "1", "y"), ERR_OK);
	CU_ASSERT_TRUE(lives("1"));
	CU_ASSERT_EQUAL(kv_get_fresh(kv, arena, &family, "none", &text), ERR_NOT_FOUND);
}

static void
a_counters_time_begins_with_its_first(void)
{
	CU_ASSERT_EQUAL(kv_counted(kv, &family, "c", &count, &left), ERR_OK);
	CU_ASSERT_TRUE(count == 0 && left == 0);
	CU_ASSERT_EQUAL(kv_count(kv, &family, "c", &count, &left), ERR_OK);
	CU_ASSERT_TRUE(count == 1 && left == 100);
	CU_ASSERT_EQUAL(redis_number("EXPIRE f:c 5"), 1);
	CU_ASSERT_EQUAL(kv_count(kv, &family, "c", &count, &left), ERR_OK);
	CU_ASSERT_TRUE(count == 2 && left >= 3 && left <= 5);
	CU_ASSERT_EQUAL(kv_counted(kv, &family, "c", &count, &left), ERR_OK);
	CU_ASSERT_TRUE(count == 2 && left >= 3 && left <= 5);
	CU_ASSERT_EQUAL(redis_number("PERSIST f:c"), 1); /* one without an end gets one again */
	CU_ASSERT_EQUAL(kv_count(kv, &family, "c", &count, &left), ERR_OK);
	CU_ASSERT_TRUE(count == 3 && lives("c"));
}

static void
a_set_holds_a_member_once(void)
{
	const char *const *members;
	size_t size;

	CU_ASSERT_EQUAL(kv_members(kv, arena, &family, "s", &members, &size), ERR_OK);
	CU_ASSERT_EQUAL(size, 0);
	CU_ASSERT_EQUAL(kv_add(kv, &family, "s", "a b"), ERR_OK);
	CU_ASSERT_EQUAL(kv_add(kv, &family, "s", "a b"), ERR_OK);
	CU_ASSERT_EQUAL(kv_add(kv, &family, "s", "c"), ERR_OK);
	CU_ASSERT_EQUAL(kv_remove(kv, &family, "s", "c"), ERR_OK);
	CU_ASSERT_EQUAL(kv_remove(kv, &family, "s", "d"), ERR_OK);
	CU_ASSERT_EQUAL(kv_members(kv, arena, &family, "s", &members, &size), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(size, 1);
	CU_ASSERT_STRING_EQUAL(members[0], "a b");
}

/* After whatever happened: is an answer the answer to what was asked? */
static bool
in_step(void)
{
	return kv_ping(kv) == ERR_OK && kv_set(kv, &family, "step", "1") == ERR_OK &&
	       kv_get(kv, arena, &family, "step", &text) == ERR_OK && strcmp(text, "1") == 0;
}

static void
a_refused_command_leaves_the_link_in_step(void)
{
	CU_ASSERT_EQUAL(kv_set(kv, &family, "t", "text"), ERR_OK);
	CU_ASSERT_EQUAL(kv_add(kv, &family, "t", "x"), ERR_UNAVAILABLE);
	CU_ASSERT_EQUAL(kv_count(kv, &family, "t", &count, &left), ERR_UNAVAILABLE);
	CU_ASSERT_TRUE(in_step());
	CU_ASSERT_STRING_EQUAL(redis_text("CONFIG SET maxmemory 1"), "OK");
	CU_ASSERT_EQUAL(kv_count(kv, &family, "full", &count, &left), ERR_UNAVAILABLE);
	CU_ASSERT_EQUAL(kv_set(kv, &family, "full", "x"), ERR_UNAVAILABLE);
	CU_ASSERT_STRING_EQUAL(redis_text("CONFIG SET maxmemory 0"), "OK");
	CU_ASSERT_TRUE(in_step());
	CU_ASSERT_EQUAL(kv_count(kv, &family, "full", &count, &left), ERR_OK);
	CU_ASSERT_EQUAL(count, 1);
}

static int
descriptors(void)
{
	DIR *open = opendir("/proc/self/fd");
	int n = 0;

	while (readdir(open))
		n++;
	closedir(open);
	return n;
}

static void
the_first_call_after_a_restart_succeeds(void)
{
	const char *const *members;
	size_t size;
	int before = descriptors();

	for (int what = 0; what < 6; what++) {
		CU_ASSERT_EQUAL(kv_ping(kv), ERR_OK);
		redis_restart();
		switch (what) {
		case 0:
			CU_ASSERT_EQUAL(kv_set(kv, &family, "a", "x"), ERR_OK);
			break;
		case 1:
			CU_ASSERT_EQUAL(kv_get(kv, arena, &family, "a", &text), ERR_NOT_FOUND);
			break;
		case 2:
			CU_ASSERT_EQUAL(kv_count(kv, &family, "a", &count, &left), ERR_OK);
			CU_ASSERT_EQUAL(count, 1);
			break;
		case 3:
			CU_ASSERT_EQUAL(kv_take(kv, arena, &family, "a", &text), ERR_NOT_FOUND);
			break;
		case 4:
			CU_ASSERT_EQUAL(kv_members(kv, arena, &family, "a", &members, &size),
			    ERR_OK);
			break;
		default:
			CU_ASSERT_EQUAL(kv_ping(kv), ERR_OK);
		}
		CU_ASSERT_TRUE(in_step());
	}
	CU_ASSERT_EQUAL(descriptors(), before);
}

static void
a_server_that_is_away_is_unavailable_until_it_returns(void)
{
	int before = descriptors();

	redis_stop();
	for (int i = 0; i < 3; i++) {
		CU_ASSERT_EQUAL(kv_get(kv, arena, &family, "a", &text), ERR_UNAVAILABLE);
		CU_ASSERT_EQUAL(kv_count(kv, &family, "a", &count, &left), ERR_UNAVAILABLE);
		CU_ASSERT_EQUAL(kv_ping(kv), ERR_UNAVAILABLE);
	}
	redis_start();
	CU_ASSERT_TRUE(in_step());
	CU_ASSERT_EQUAL(descriptors(), before);
}

static void
a_silent_server_is_given_up_and_not_asked_twice(void)
{
	CU_ASSERT_EQUAL(kv_count(kv, &family, "slow", &count, &left), ERR_OK);
	kill(redis_pid(), SIGSTOP);
	CU_ASSERT_EQUAL(kv_count(kv, &family, "slow", &count, &left), ERR_UNAVAILABLE);
	kill(redis_pid(), SIGCONT);
	CU_ASSERT_TRUE(in_step());
	CU_ASSERT_EQUAL(kv_count(kv, &family, "slow", &count, &left), ERR_OK);
	CU_ASSERT_TRUE(count <= 3); /* with the one nobody waited for; asked twice it would be 4 */
}

static void
a_key_that_does_not_fit_is_refused(void)
{
	char key[300];
	const char *const *members;
	size_t size;

	memset(key, 'k', sizeof(key) - 1);
	key[sizeof(key) - 1] = '\0';
	CU_ASSERT_EQUAL(kv_set(kv, &family, key, "x"), ERR_INTERNAL);
	CU_ASSERT_EQUAL(kv_replace(kv, &family, key, "x"), ERR_INTERNAL);
	CU_ASSERT_EQUAL(kv_get(kv, arena, &family, key, &text), ERR_INTERNAL);
	CU_ASSERT_EQUAL(kv_take(kv, arena, &family, key, &text), ERR_INTERNAL);
	CU_ASSERT_EQUAL(kv_count(kv, &family, key, NULL, NULL), ERR_INTERNAL);
	CU_ASSERT_EQUAL(kv_add(kv, &family, key, "x"), ERR_INTERNAL);
	CU_ASSERT_EQUAL(kv_members(kv, arena, &family, key, &members, &size), ERR_INTERNAL);
	key[180] = '\0';
	CU_ASSERT_EQUAL(kv_set(kv, &family, key, "x"), ERR_OK);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "a value comes back as it went", a_value_comes_back_as_it_went },
		{ "a value is set new, or replaced, only when it is",
		    a_value_is_set_new_or_replaced_only_when_it_is },
		{ "of several who take, one gets it", of_several_who_take_one_gets_it },
		{ "everything has an end", everything_has_an_end },
		{ "a counter's time begins with its first", a_counters_time_begins_with_its_first },
		{ "a set holds a member once", a_set_holds_a_member_once },
		{ "a refused command leaves the link in step",
		    a_refused_command_leaves_the_link_in_step },
		{ "the first call after a restart succeeds",
		    the_first_call_after_a_restart_succeeds },
		{ "a server that is away is unavailable until it returns",
		    a_server_that_is_away_is_unavailable_until_it_returns },
		{ "a silent server is given up and not asked twice",
		    a_silent_server_is_given_up_and_not_asked_twice },
		{ "a key that does not fit is refused", a_key_that_does_not_fit_is_refused },
		CU_TEST_INFO_NULL,
	};

	alarm(120);
	signal(SIGPIPE, SIG_IGN);
	redis_start();
	arena = arena_new(16 << 20);
	kv = kv_new(redis_path(), 1);
	int failed = run_suite("kv", tests);
	kv_free(kv);
	arena_free(arena);
	return failed;
}
