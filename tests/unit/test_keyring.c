#include <CUnit/Basic.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "fcgi/crypto/keyring.h"
#include "fcgi/crypto/keyring_inside.h"

#define KEY_A "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define KEY_B "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define OLD_VALUE "1:1:KCcSeWQLc/C03K4jxTWWE0AA5MvY4Y3v82sGR5KAW/X7rk/emKNc"
#define OLD_INDEX "7b70d7e36a43bdc9e0ca84f2ba6dc217275b290bbc6576037c8b86c690cb757e"
#define LEGAL_ID "11010519491231002X"

static struct arena *arena;
static char folder[] = "/tmp/keyring.XXXXXX";
static char path[64];

static void
write_file(const char *text, mode_t mode)
{
	unlink(path);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);

	CU_ASSERT_EQUAL_FATAL(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	CU_ASSERT_EQUAL_FATAL(fchmod(fd, mode), 0);
	close(fd);
}

static struct keyring *
opened(const char *text)
{
	struct keyring *keyring = NULL;

	write_file(text, 0600);
	CU_ASSERT_EQUAL_FATAL(keyring_open(path, &keyring), ERR_OK);
	return keyring;
}

static void
a_fresh_file_seals_and_unseals(void)
{
	struct keyring *keyring;
	struct stat st;
	char *sealed, *text;

	unlink(path);
	CU_ASSERT_EQUAL_FATAL(keyring_generate(path), ERR_OK);
	CU_ASSERT_EQUAL(stat(path, &st), 0);
	CU_ASSERT_EQUAL(st.st_mode & 0777, 0600);
	CU_ASSERT_EQUAL(keyring_generate(path), ERR_EXISTS);
	CU_ASSERT_EQUAL_FATAL(keyring_open(path, &keyring), ERR_OK);

	sealed = keyring_seal(keyring, arena, "unit.legal_id", LEGAL_ID);
	CU_ASSERT_EQUAL(strncmp(sealed, "1:1:", 4), 0);
	CU_ASSERT_PTR_NULL(strstr(sealed, LEGAL_ID));
	CU_ASSERT_TRUE(strlen(sealed) <= strlen(LEGAL_ID) * 4 / 3 + KEYRING_OVERHEAD);
	CU_ASSERT_STRING_NOT_EQUAL(sealed, keyring_seal(keyring, arena, "unit.legal_id", LEGAL_ID));
	CU_ASSERT_EQUAL_FATAL(keyring_unseal(keyring, arena, "unit.legal_id", sealed, &text),
	    ERR_OK);
	CU_ASSERT_STRING_EQUAL(text, LEGAL_ID);
	keyring_close(keyring);
	keyring_close(NULL);
}

static void
any_length_comes_back(void)
{
	struct keyring *keyring = opened("1 " KEY_A "\n");
	char *text, long_text[3000];

	for (size_t size = 0; size < sizeof(long_text); size = size * 3 / 2 + 1) {
		memset(long_text, 'x', size);
		long_text[size] = 0;
		char *sealed = keyring_seal(keyring, arena, "p", long_text);
		CU_ASSERT_TRUE(strlen(sealed) <= size * 4 / 3 + KEYRING_OVERHEAD);
		CU_ASSERT_EQUAL(keyring_unseal(keyring, arena, "p", sealed, &text), ERR_OK);
		CU_ASSERT_STRING_EQUAL(text, long_text);
	}
	CU_ASSERT_PTR_NULL(keyring_seal(keyring, arena, "p", NULL));
	CU_ASSERT_EQUAL(keyring_unseal(keyring, arena, "p", NULL, &text), ERR_OK);
	CU_ASSERT_PTR_NULL(text);
	keyring_close(keyring);
}

/* A value sealed long ago, by this file's first version: the format must keep opening. */
static void
old_values_still_open(void)
{
	struct keyring *keyring = opened("1 " KEY_A "\n");
	char *text;

	CU_ASSERT_EQUAL(keyring_unseal(keyring, arena, "operator.phone", OLD_VALUE, &text), ERR_OK);
	CU_ASSERT_STRING_EQUAL(text, "13800000000");
	CU_ASSERT_STRING_EQUAL(keyring_index(keyring, arena, "operator.phone", "13800000000"),
	    OLD_INDEX);
	keyring_close(keyring);
}

static void
the_newest_key_seals_and_the_old_ones_open(void)
{
	struct keyring *before = opened("# first\n7 " KEY_A "\n");
	char *old = keyring_seal(before, arena, "p", "text"), *text;
	struct keyring *after = opened("# first\n7 " KEY_A "\n\n9 " KEY_B);
	char *new = keyring_seal(after, arena, "p", "text");

	CU_ASSERT_EQUAL(strncmp(old, "1:7:", 4), 0);
	CU_ASSERT_EQUAL(strncmp(new, "1:9:", 4), 0);
	CU_ASSERT_EQUAL(keyring_unseal(after, arena, "p", old, &text), ERR_OK);
	CU_ASSERT_STRING_EQUAL(text, "text");
	CU_ASSERT_EQUAL(keyring_unseal(after, arena, "p", new, &text), ERR_OK);
	/* takes up the newer file by itself */
	CU_ASSERT_EQUAL(keyring_newest(before), 7);
	CU_ASSERT_EQUAL(keyring_unseal(before, arena, "p", new, &text), ERR_OK);
	CU_ASSERT_EQUAL(keyring_newest(before), 9);
	/* but none that is malformed */
	write_file("nothing", 0600);
	keyring_refresh(before);
	CU_ASSERT_EQUAL(keyring_newest(before), 9);
	/* Look-ups survive the rotation. */
	CU_ASSERT_STRING_EQUAL(keyring_index(before, arena, "p", "text"),
	    keyring_index(after, arena, "p", "text"));
	keyring_close(before);
	keyring_close(after);
}

static void
an_altered_value_is_refused(void)
{
	static const char *const bad[] = { "", "1", "1:", "1:1", "1:1:", "1:1:AAAA", "1:1:A",
		"1:2:", "2:1:AAAA", "plain text", "1:1:****" };
	struct keyring *keyring = opened("1 " KEY_A "\n");
	const char *sealed = keyring_seal(keyring, arena, "unit.legal_id", LEGAL_ID);
	size_t len = strlen(sealed);
	char *text = NULL;

	for (size_t i = 0; i < len; i++) {
		char *altered = arena_strndup(arena, sealed, len);

		altered[i] = altered[i] == 'A' ? 'B' : 'A';
		CU_ASSERT_EQUAL(keyring_unseal(keyring, arena, "unit.legal_id", altered, &text),
		    ERR_INTERNAL);
		altered = arena_strndup(arena, sealed, i);
		CU_ASSERT_EQUAL(keyring_unseal(keyring, arena, "unit.legal_id", altered, &text),
		    ERR_INTERNAL);
	}
	for (size_t i = 0; i < COUNT(bad); i++)
		CU_ASSERT_EQUAL(keyring_unseal(keyring, arena, "unit.legal_id", bad[i], &text),
		    ERR_INTERNAL);
	CU_ASSERT_EQUAL(keyring_unseal(keyring, arena, "unit.legal_phone", sealed, &text),
	    ERR_INTERNAL);
	CU_ASSERT_PTR_NULL(text);
	keyring_close(keyring);
}

static void
the_index_is_of_purpose_and_uniform_text(void)
{
	struct keyring *keyring = opened("1 " KEY_A "\n"), *other = opened("1 " KEY_B "\n");
	const char *index = keyring_index(keyring, arena, "unit.legal_id", LEGAL_ID);

	CU_ASSERT_EQUAL(strlen(index), KEYRING_INDEX_SIZE);
	CU_ASSERT_STRING_EQUAL(index,
	    keyring_index(keyring, arena, "unit.legal_id", " 110105 19491231002x\t"));
	CU_ASSERT_STRING_NOT_EQUAL(index,
	    keyring_index(keyring, arena, "unit.legal_id", "110105194912310021"));
	CU_ASSERT_STRING_NOT_EQUAL(index, keyring_index(keyring, arena, "operator.id", LEGAL_ID));
	CU_ASSERT_STRING_NOT_EQUAL(index, keyring_index(other, arena, "unit.legal_id", LEGAL_ID));
	/* Nothing can move from the text into the purpose. */
	CU_ASSERT_STRING_NOT_EQUAL(keyring_index(keyring, arena, "ab", "c"),
	    keyring_index(keyring, arena, "a", "bc"));
	keyring_close(keyring);
	keyring_close(other);
}

static void
a_malformed_file_is_refused(void)
{
	static const char *const bad[] = { "", "\n", "# nothing\n", "1\n", "1 \n", "x " KEY_A "\n",
		"0 " KEY_A "\n", "-1 " KEY_A "\n", "+1 " KEY_A "\n", "1 " KEY_A "0\n",
		"1 " KEY_A "00\n", "1  " KEY_A "\n", "1 " KEY_A " \n", "1 " KEY_A "\r\n",
		"2 " KEY_A "\n1 " KEY_B "\n", "1 " KEY_A "\n1 " KEY_B "\n",
		"2147483648 " KEY_A "\n", "99999999999999999999 " KEY_A "\n", "1 " KEY_A " x\n",
		"1 " KEY_A " 0\n", "1 " KEY_A " 17 0\n", "index " KEY_A "\n",
		"index " KEY_A "\nindex " KEY_A "\n1 " KEY_B "\n", "1 " KEY_A "\nturn 0\n",
		"1 " KEY_A "\nturn 2\nturn 3\n", "1 " KEY_A "\nturn -2\n",
		"1 " KEY_A "\nindex-next 00\n",
		"1 " KEY_A "\nindex-next " KEY_B "\nindex-former " KEY_B "\n",
		"1 " KEY_A "\nindex-other " KEY_B "\n", "index 00\n1 " KEY_A "\n",
		"1 g00102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1\n" };
	struct keyring *keyring = NULL;

	for (size_t i = 0; i < COUNT(bad); i++) {
		write_file(bad[i], 0600);
		CU_ASSERT_EQUAL(keyring_open(path, &keyring), ERR_INTERNAL);
	}
	write_file("1 " KEY_A "\n", 0644);
	CU_ASSERT_EQUAL(keyring_open(path, &keyring), ERR_INTERNAL);
	unlink(path);
	CU_ASSERT_EQUAL(keyring_open(path, &keyring), ERR_INTERNAL);
	CU_ASSERT_EQUAL(keyring_open(folder, &keyring), ERR_INTERNAL);
	CU_ASSERT_EQUAL(keyring_generate("/nowhere/keyring"), ERR_INTERNAL);
	CU_ASSERT_PTR_NULL(keyring);
}

static void
a_file_has_its_ceiling(void)
{
	struct keyring *keyring = NULL;
	char *text = arena_alloc(arena, 32768), *end = text;

	for (int i = 1; i <= KEYRING_KEYS_MAX; i++)
		end += sprintf(end, "%d " KEY_A "\n", i);
	write_file(text, 0600);
	CU_ASSERT_EQUAL_FATAL(keyring_open(path, &keyring), ERR_OK);
	keyring_close(keyring);
	sprintf(end, "%d " KEY_A "\n", KEYRING_KEYS_MAX + 1);
	write_file(text, 0600);
	CU_ASSERT_EQUAL(keyring_open(path, &keyring), ERR_INTERNAL);
	memset(text, '#', 32767);
	write_file(text, 0600);
	CU_ASSERT_EQUAL(keyring_open(path, &keyring), ERR_INTERNAL);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "a fresh file seals and unseals", a_fresh_file_seals_and_unseals },
		{ "any length comes back", any_length_comes_back },
		{ "old values still open", old_values_still_open },
		{ "the newest key seals and the old ones open",
		    the_newest_key_seals_and_the_old_ones_open },
		{ "an altered value is refused", an_altered_value_is_refused },
		{ "the index is of purpose and uniform text",
		    the_index_is_of_purpose_and_uniform_text },
		{ "a malformed file is refused", a_malformed_file_is_refused },
		{ "a file has its ceiling", a_file_has_its_ceiling },
		CU_TEST_INFO_NULL,
	};
	static CU_SuiteInfo suites[] = {
		{ .pName = "keyring", .pTests = tests },
		CU_SUITE_INFO_NULL,
	};

	if (!mkdtemp(folder) || CU_initialize_registry() || CU_register_suites(suites))
		return 2;
	snprintf(path, sizeof(path), "%s/keyring", folder);
	arena = arena_new((size_t)8 << 20);
	CU_basic_run_tests();
	unsigned failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	arena_free(arena);
	unlink(path);
	rmdir(folder);
	return failures != 0;
}
