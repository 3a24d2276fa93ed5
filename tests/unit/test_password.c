#include <CUnit/Basic.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "fcgi/crypto/password.h"

static struct arena *arena;
static char folder[] = "/tmp/password.XXXXXX";

static void
a_password_matches_only_itself(void)
{
	char *encoded, *again;
	bool match = false;

	CU_ASSERT_EQUAL_FATAL(password_hash(arena, "Abcd1234", &encoded), ERR_OK);
	CU_ASSERT_EQUAL(strncmp(encoded, "$argon2id$v=19$m=47104,t=1,p=1$", 31), 0);
	CU_ASSERT_EQUAL(password_verify(encoded, "Abcd1234", &match), ERR_OK);
	CU_ASSERT_TRUE(match);
	CU_ASSERT_EQUAL(password_verify(encoded, "abcd1234", &match), ERR_OK);
	CU_ASSERT_FALSE(match);
	CU_ASSERT_EQUAL(password_verify(encoded, "", &match), ERR_OK);
	CU_ASSERT_FALSE(match);
	CU_ASSERT_EQUAL_FATAL(password_hash(arena, "Abcd1234", &again), ERR_OK);
	CU_ASSERT_STRING_NOT_EQUAL(encoded, again); /* salted */
}

static void
a_malformed_hash_is_an_error_not_a_mismatch(void)
{
	static const char *const bad[] = { "", "x", "$argon2id$", "$argon2i$v=19$m=47104,t=1,p=1$",
		"$argon2id$v=19$m=47104,t=1,p=1$bm8$" };
	bool match = true;

	for (size_t i = 0; i < COUNT(bad); i++)
		CU_ASSERT_EQUAL(password_verify(bad[i], "Abcd1234", &match), ERR_INTERNAL);
	CU_ASSERT_TRUE(match); /* left alone */
}

static void
an_unknown_account_costs_the_same(void)
{
	/* That it succeeds says that the parameters were accepted and the work was done. */
	CU_ASSERT_EQUAL(password_dummy_verify("Abcd1234"), ERR_OK);
	CU_ASSERT_EQUAL(password_dummy_verify(""), ERR_OK);
}

static int
hold(unsigned slot)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/password.%u.lock", folder, slot);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	CU_ASSERT_EQUAL_FATAL(flock(fd, LOCK_EX | LOCK_NB), 0);
	return fd;
}

static void
with_one_slot_taken_the_other_serves(void)
{
	int fd = hold(0);

	password_init(folder);
	CU_ASSERT_EQUAL(password_dummy_verify("x"), ERR_OK);
	close(fd);
	fd = hold(1); /* it was given back */
	CU_ASSERT_EQUAL(password_dummy_verify("x"), ERR_OK);
	close(fd);
	password_init(NULL);
}

static void
with_all_slots_taken_it_waits_then_gives_up(void)
{
	int first = hold(0), second = hold(1);

	password_init(folder);
	CU_ASSERT_EQUAL(password_dummy_verify("x"), ERR_UNAVAILABLE);

	pid_t child = fork();
	if (child == 0) /* inherited no lock; waits until the parent lets go */
		_exit(password_dummy_verify("x") == ERR_OK ? 0 : 1);
	int status = 1;
	usleep(50000);
	CU_ASSERT_EQUAL(waitpid(child, &status, WNOHANG), 0);
	CU_ASSERT_EQUAL(flock(second, LOCK_UN), 0);
	CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
	CU_ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	close(first);
	close(second);
	password_init(NULL);
}

static void
a_missing_folder_is_an_error(void)
{
	password_init("/nowhere");
	CU_ASSERT_EQUAL(password_dummy_verify("x"), ERR_INTERNAL);
	password_init(NULL);
}

static void
generated_passwords_obey_the_rule_and_are_readable(void)
{
	char *last = password_random(arena);

	for (int i = 0; i < 500; i++) {
		char *text = password_random(arena);

		CU_ASSERT_EQUAL(strlen(text), 12);
		CU_ASSERT_EQUAL(strspn(text,
				    "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"),
		    12);
		CU_ASSERT_PTR_NOT_NULL(strpbrk(text, "23456789"));
		CU_ASSERT_TRUE(strspn(text, "23456789") < 12);
		CU_ASSERT_STRING_NOT_EQUAL(text, last);
		last = text;
	}
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "a password matches only itself", a_password_matches_only_itself },
		{ "a malformed hash is an error, not a mismatch",
		    a_malformed_hash_is_an_error_not_a_mismatch },
		{ "an unknown account costs the same", an_unknown_account_costs_the_same },
		{ "with one slot taken the other serves", with_one_slot_taken_the_other_serves },
		{ "with all slots taken it waits, then gives up",
		    with_all_slots_taken_it_waits_then_gives_up },
		{ "a missing folder is an error", a_missing_folder_is_an_error },
		{ "generated passwords obey the rule and are readable",
		    generated_passwords_obey_the_rule_and_are_readable },
		CU_TEST_INFO_NULL,
	};
	static CU_SuiteInfo suites[] = {
		{ .pName = "password", .pTests = tests },
		CU_SUITE_INFO_NULL,
	};

	if (!mkdtemp(folder) || CU_initialize_registry() || CU_register_suites(suites))
		return 2;
	arena = arena_new((size_t)1 << 20);
	CU_basic_run_tests();
	unsigned failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	arena_free(arena);
	for (unsigned i = 0; i < PASSWORD_SLOTS; i++) {
		char path[64];

		snprintf(path, sizeof(path), "%s/password.%u.lock", folder, i);
		unlink(path);
	}
	rmdir(folder);
	return failures != 0;
}
