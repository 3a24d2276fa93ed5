#include <CUnit/Basic.h>
#include <argon2.h>
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
		"$argon2id$v=19$m=47104,t=1,p=1$bm8$",
		"$argon2id$v=19$m=47104,t=2,p=1$bm8gc3VjaCBhY2NvdW50AA"
		"$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=47104,t=1,p=1$bm8gc3VjaCBhY2NvdW50AA"
		"$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" };
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

	snprintf(path, sizeof(path), "%s/password.public.%u.lock", folder, slot);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	CU_ASSERT_EQUAL_FATAL(flock(fd, LOCK_EX | LOCK_NB), 0);
	return fd;
}

static void
with_one_slot_taken_the_other_serves(void)
{
	int fd = hold(0);

	password_init(folder, "public", 1);
	CU_ASSERT_EQUAL(password_dummy_verify("x"), ERR_OK);
	close(fd);
	fd = hold(1); /* it was given back */
	CU_ASSERT_EQUAL(password_dummy_verify("x"), ERR_OK);
	close(fd);
	password_init(NULL, NULL, 0);
}

static void
with_all_slots_taken_it_waits_then_gives_up(void)
{
	int first = hold(0), second = hold(1);

	password_init(folder, "public", 1);
	CU_ASSERT_EQUAL(password_dummy_verify("x"), ERR_BUSY);

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
	password_init(NULL, NULL, 0);
}

static enum err
two_in_one_turn(int *ret_taken)
{
	char *encoded;

	PASSWORD_TURN(turn);
	*ret_taken = hold(1);
	TRY(password_hash(arena, "Abcd1234", &encoded));
	return password_dummy_verify("x");
}

static void
a_turn_is_kept_until_it_ends(void)
{
	int taken = -1;

	password_init(folder, "public", 0);
	CU_ASSERT_EQUAL(two_in_one_turn(&taken), ERR_OK);
	int other = hold(0); /* it was given back */
	CU_ASSERT_EQUAL(two_in_one_turn(&taken), ERR_BUSY);
	close(other);
	close(taken);
	password_init(NULL, NULL, 0);
}

static void
where_all_places_to_wait_are_taken_nobody_waits(void)
{
	int first = hold(0), second = hold(1);

	password_init(folder, "public", 0);
	CU_ASSERT_EQUAL(password_dummy_verify("x"), ERR_BUSY);
	pid_t child = fork();
	if (child == 0) { /* would wait, if it might, until it has a slot */
		alarm(5);
		_exit(password_dummy_verify("x") == ERR_BUSY ? 0 : 1);
	}
	int status = 1;
	CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
	CU_ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	close(first);
	close(second);
	password_init(NULL, NULL, 0);
}

static void
the_sites_have_slots_of_their_own(void)
{
	int first = hold(0), second = hold(1);

	password_init(folder, "review", 1);
	CU_ASSERT_EQUAL(password_dummy_verify("x"), ERR_OK);
	close(first);
	close(second);
	password_init(NULL, NULL, 0);
}

/* As hashed before memory was kept: by the library alone. */
static void
the_kept_memory_computes_the_same(void)
{
	char *encoded;
	bool match = false;

	password_init(folder, "public", 1);
	CU_ASSERT_EQUAL_FATAL(password_hash(arena, "Abcd1234", &encoded), ERR_OK);
	CU_ASSERT_EQUAL(argon2id_verify(encoded, "Abcd1234", 8), ARGON2_OK);
	CU_ASSERT_EQUAL(argon2id_verify(encoded, "Abcd1235", 8), ARGON2_VERIFY_MISMATCH);
	CU_ASSERT_EQUAL(password_verify(encoded, "Abcd1234", &match), ERR_OK);
	CU_ASSERT_TRUE(match);
	CU_ASSERT_EQUAL(password_verify(encoded, "Abcd1235", &match), ERR_OK);
	CU_ASSERT_FALSE(match);
	password_init(NULL, NULL, 0);
	CU_ASSERT_EQUAL(password_verify(encoded, "Abcd1234", &match), ERR_OK);
	CU_ASSERT_TRUE(match);
}

#define SLOT_SIZE ((size_t)46 << 20)

/* Shared memory of at least a slot's size; the number of bytes in it that are not 0. */
static size_t
written(size_t *ret_size)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	char line[512];
	size_t count = 0;

	*ret_size = 0;
	CU_ASSERT_PTR_NOT_NULL_FATAL(maps);
	while (fgets(line, sizeof(line), maps)) {
		char mode[8] = "";
		unsigned long long from, to;

		if (sscanf(line, "%llx-%llx %7s", &from, &to, mode) != 3 ||
		    strcmp(mode, "rw-s") != 0 || to - from < SLOT_SIZE)
			continue;
		*ret_size += to - from;
		for (const unsigned char *p = (void *)(uintptr_t)from;
		     p < (const unsigned char *)(uintptr_t)to; p++)
			count += *p != 0;
	}
	fclose(maps);
	return count;
}

static void
memory_is_kept_and_wiped(void)
{
	char *encoded;
	size_t size;

	password_init(folder, "public", 1);
	CU_ASSERT_EQUAL_FATAL(password_hash(arena, "Abcd1234", &encoded), ERR_OK);
	CU_ASSERT_EQUAL(written(&size), 0);
	CU_ASSERT_EQUAL(size, PASSWORD_SLOTS * SLOT_SIZE);
	password_init(NULL, NULL, 0);
	(void)written(&size);
	CU_ASSERT_EQUAL(size, 0);
}

static void
a_missing_folder_is_an_error(void)
{
	password_init("/nowhere", "public", 1);
	CU_ASSERT_EQUAL(password_dummy_verify("x"), ERR_INTERNAL);
	password_init(NULL, NULL, 0);
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
		{ "a turn is kept until it ends", a_turn_is_kept_until_it_ends },
		{ "where all places to wait are taken nobody waits",
		    where_all_places_to_wait_are_taken_nobody_waits },
		{ "the sites have slots of their own", the_sites_have_slots_of_their_own },
		{ "the kept memory computes the same", the_kept_memory_computes_the_same },
		{ "memory is kept, and wiped", memory_is_kept_and_wiped },
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

		snprintf(path, sizeof(path), "%s/password.public.%u.lock", folder, i);
		unlink(path);
		snprintf(path, sizeof(path), "%s/password.review.%u.lock", folder, i);
		unlink(path);
		snprintf(path, sizeof(path), "%s/password.public.wait.%u.lock", folder, i);
		unlink(path);
	}
	rmdir(folder);
	return failures != 0;
}
