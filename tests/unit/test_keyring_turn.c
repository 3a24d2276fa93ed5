#include <CUnit/Basic.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fcgi/crypto/keyring_turn.h"

#define KEY_A "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

static struct arena *arena;
static char folder[] = "/tmp/keyring-turn.XXXXXX";
static char path[64], retired[80], fresh[80];

static void
write_file(const char *text)
{
	unlink(path);
	unlink(retired);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	CU_ASSERT_EQUAL_FATAL(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

static const char *
file_text(const char *name)
{
	char *text = arena_alloc(arena, 4096);
	int fd = open(name, O_RDONLY);

	if (fd < 0)
		return "";
	CU_ASSERT_TRUE(read(fd, text, 4095) >= 0);
	close(fd);
	return text;
}

static struct keyring *
held(void)
{
	struct keyring *keyring = NULL;

	CU_ASSERT_EQUAL_FATAL(keyring_open(path, &keyring), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(keyring_hold(keyring, folder, "test"), ERR_OK);
	return keyring;
}

static void
a_key_is_added_and_the_older_one_goes(void)
{
	write_file("# ours\n4 " KEY_A "\n");
	struct keyring *k = held();
	char *old = keyring_seal(k, arena, "p", "text"), *text;
	const char *index = keyring_index(k, arena, "p", "text");

	CU_ASSERT_EQUAL_FATAL(keyring_turn_begin(k), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(keyring_add(k, 1700000000), ERR_OK);
	CU_ASSERT_EQUAL(keyring_newest(k), 5);
	CU_ASSERT_EQUAL(keyring_newest_since(k), 1700000000);
	CU_ASSERT_EQUAL(keyring_count(k), 2);
	CU_ASSERT_EQUAL(keyring_unseal(k, arena, "p", old, &text), ERR_OK);
	char *new = keyring_seal(k, arena, "p", "text");
	CU_ASSERT_EQUAL(keyring_id_of(new), 5);
	CU_ASSERT_EQUAL(keyring_turn_alone(k), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(keyring_retire(k), ERR_OK);
	CU_ASSERT_EQUAL(keyring_count(k), 1);
	CU_ASSERT_EQUAL(keyring_unseal(k, arena, "p", old, &text), ERR_INTERNAL);
	CU_ASSERT_EQUAL(keyring_unseal(k, arena, "p", new, &text), ERR_OK);
	/* look-ups go on, and backups can be read with what was put aside */
	CU_ASSERT_STRING_EQUAL(keyring_index(k, arena, "p", "text"), index);
	CU_ASSERT_PTR_NULL(strstr(file_text(path), KEY_A));
	CU_ASSERT_PTR_NOT_NULL(strstr(file_text(path), "# ours\n"));
	CU_ASSERT_STRING_EQUAL(file_text(retired), "4 " KEY_A "\n");
	CU_ASSERT_PTR_NOT_NULL(strstr(file_text(path), "turn 6\n"));
	CU_ASSERT_NOT_EQUAL(access(fresh, F_OK), 0);
	keyring_close(k);
}

/* At every two neighbouring steps of the exchange, each finds what the other writes. */
static void
the_key_of_the_index_is_exchanged(void)
{
	const char *now[4], *also[4];

	write_file("# ours\n4 " KEY_A "\n");
	struct keyring *k = held(), *reopened = NULL;
	CU_ASSERT_EQUAL_FATAL(keyring_turn_begin(k), ERR_OK);
	for (int step = 0; step < 4; step++) {
		static const enum keyring_step steps[] = { KEYRING_STILL, KEYRING_COMING,
			KEYRING_LEAVING, KEYRING_STILL };

		if (step)
			CU_ASSERT_EQUAL_FATAL((step == 1      ? keyring_index_announce
						  : step == 2 ? keyring_index_switch
							      : keyring_index_retire)(k),
			    ERR_OK);
		CU_ASSERT_EQUAL(keyring_index_step(k), steps[step]);
		CU_ASSERT_EQUAL(keyring_turn_alone(k), ERR_OK);
		now[step] = keyring_index(k, arena, "p", "text");
		also[step] = keyring_index_also(k, arena, "p", "text");
		/* the file says the same to whoever opens it now */
		CU_ASSERT_EQUAL_FATAL(keyring_open(path, &reopened), ERR_OK);
		CU_ASSERT_STRING_EQUAL(keyring_index(reopened, arena, "p", "text"), now[step]);
		keyring_close(reopened);
	}
	CU_ASSERT_TRUE(!also[0] && !also[3]);
	CU_ASSERT_STRING_EQUAL(now[0], now[1]);
	CU_ASSERT_STRING_EQUAL(also[1], now[2]);
	CU_ASSERT_STRING_EQUAL(also[2], now[1]);
	CU_ASSERT_STRING_EQUAL(now[2], now[3]);
	CU_ASSERT_STRING_NOT_EQUAL(now[0], now[3]);
	CU_ASSERT_EQUAL(strncmp(file_text(retired), "index-former ", 13), 0);
	CU_ASSERT_PTR_NULL(strstr(file_text(path), "index-former"));
	CU_ASSERT_PTR_NOT_NULL(strstr(file_text(path), "# ours\n4 " KEY_A "\n"));
	/* values are none the wiser */
	CU_ASSERT_EQUAL(keyring_id_of(keyring_seal(k, arena, "p", "text")), 4);
	keyring_close(k);
}

/* A key may be added in the middle of an exchange, and the exchange goes on. */
static void
the_two_do_not_disturb_each_other(void)
{
	write_file("1 " KEY_A "\n");
	struct keyring *k = held();

	CU_ASSERT_EQUAL_FATAL(keyring_turn_begin(k), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(keyring_index_announce(k), ERR_OK);
	const char *next = keyring_index_also(k, arena, "p", "text");
	CU_ASSERT_EQUAL_FATAL(keyring_add(k, 1700000000), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(keyring_retire(k), ERR_OK);
	CU_ASSERT_EQUAL(keyring_index_step(k), KEYRING_COMING);
	CU_ASSERT_EQUAL_FATAL(keyring_index_switch(k), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(keyring_index_retire(k), ERR_OK);
	CU_ASSERT_STRING_EQUAL(keyring_index(k, arena, "p", "text"), next);
	CU_ASSERT_EQUAL(keyring_newest(k), 2);
	CU_ASSERT_EQUAL(keyring_count(k), 1);
	keyring_close(k);
}

/* What a child answers, as its exit status. */
static int
in_child(int (*run)(struct keyring *k), struct keyring *k)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0)
		_exit(run(k));
	waitpid(pid, &status, 0);
	return WEXITSTATUS(status);
}

static int
bytes_that_are_left(struct keyring *k)
{
	size_t left = 0;
	const unsigned char *bytes = (const unsigned char *)k;

	for (size_t i = 0; i < 2048; i++)
		left += bytes[i] != 0;
	return left > 0;
}

static void
a_child_inherits_no_key(void)
{
	write_file("1 " KEY_A "\n");
	struct keyring *k = held();

	CU_ASSERT_TRUE(bytes_that_are_left(k));
	CU_ASSERT_EQUAL(in_child(bytes_that_are_left, k), 0);
	keyring_close(k);
}

static int turns[2]; /* pipe: the child says it is ready; then it waits for us to go on */
static int goes[2];

/* Holds the older key until it is told to refresh. */
static int
worker(struct keyring *unused)
{
	struct keyring *k = held();
	char byte = 'r';

	(void)unused;
	if (write(turns[1], &byte, 1) != 1 || read(goes[0], &byte, 1) != 1)
		return 1;
	char *sealed = keyring_seal(k, arena, "p", "text"), *text = NULL;
	if (keyring_id_of(sealed) != 1) /* a request under way keeps its key */
		return 2;
	keyring_refresh(k);
	if (keyring_newest(k) != 2 || keyring_unseal(k, arena, "p", sealed, &text) != ERR_OK)
		return 3;
	if (write(turns[1], &byte, 1) != 1 || read(goes[0], &byte, 1) != 1)
		return 4;
	return 0;
}

static void
a_key_stays_while_another_process_seals_with_it(void)
{
	char byte;
	int status = 0;

	write_file("1 " KEY_A "\n");
	CU_ASSERT_EQUAL_FATAL(pipe(turns) | pipe(goes), 0);
	pid_t pid = fork();
	if (pid == 0)
		_exit(worker(NULL));
	struct keyring *k = held();
	CU_ASSERT_EQUAL_FATAL(read(turns[0], &byte, 1), 1);
	CU_ASSERT_EQUAL_FATAL(keyring_turn_begin(k), ERR_OK);
	CU_ASSERT_EQUAL(keyring_add(k, 1700000000), ERR_OK);
	CU_ASSERT_EQUAL(keyring_turn_alone(k), ERR_CONFLICT);
	CU_ASSERT_EQUAL_FATAL(write(goes[1], "g", 1), 1);
	CU_ASSERT_EQUAL_FATAL(read(turns[0], &byte, 1), 1);
	CU_ASSERT_EQUAL(keyring_turn_alone(k), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(write(goes[1], "g", 1), 1);
	waitpid(pid, &status, 0);
	CU_ASSERT_EQUAL(WEXITSTATUS(status), 0);
	keyring_close(k);
}

static int
begin(struct keyring *unused)
{
	struct keyring *k = held();

	(void)unused;
	return keyring_turn_begin(k) == ERR_CONFLICT ? 7 : 0;
}

static void
one_process_turns_at_a_time(void)
{
	write_file("1 " KEY_A "\n");
	struct keyring *k = held();

	CU_ASSERT_EQUAL(keyring_turn_begin(k), ERR_OK);
	CU_ASSERT_EQUAL(in_child(begin, NULL), 7);
	keyring_close(k);
	CU_ASSERT_EQUAL(in_child(begin, NULL), 0);
}

static void
a_process_without_the_keyring_opens_nothing(void)
{
	char *text = NULL;

	CU_ASSERT_EQUAL(keyring_unseal(NULL, arena, "p", "1:1:AAAA", &text), ERR_INTERNAL);
	CU_ASSERT_EQUAL(keyring_unseal(NULL, arena, "p", NULL, &text), ERR_OK);
	keyring_refresh(NULL);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "a key is added and the older one goes", a_key_is_added_and_the_older_one_goes },
		{ "the key of the index is exchanged", the_key_of_the_index_is_exchanged },
		{ "the two do not disturb each other", the_two_do_not_disturb_each_other },
		{ "a child inherits no key", a_child_inherits_no_key },
		{ "a key stays while another process seals with it",
		    a_key_stays_while_another_process_seals_with_it },
		{ "one process turns at a time", one_process_turns_at_a_time },
		{ "a process without the keyring opens nothing",
		    a_process_without_the_keyring_opens_nothing },
		CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = { { .pName = "keyring_turn", .pTests = tests },
		CU_SUITE_INFO_NULL };

	if (!mkdtemp(folder))
		return 2;
	snprintf(path, sizeof(path), "%s/keyring", folder);
	snprintf(retired, sizeof(retired), "%s.retired", path);
	snprintf(fresh, sizeof(fresh), "%s.new", path);
	arena = arena_new((size_t)1 << 20);
	if (CU_initialize_registry() || CU_register_suites(suites))
		return 2;
	CU_basic_run_tests();
	unsigned failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	arena_free(arena);
	unlink(path);
	unlink(retired);
	char lock[80];
	snprintf(lock, sizeof(lock), "%s/test.lock", folder);
	unlink(lock);
	rmdir(folder);
	return failures != 0;
}
