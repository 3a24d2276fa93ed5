/* The platform's signature behind a sheet's PDF. */
#include <string.h>

#include "handlers/sheet/seal.h"
#include "tests/tools/suite.h"

#define NUMBER "0123456789abcdef0123456789abcdef"

static struct arena *arena;
static struct sm2_pair pair;
static const char pdf[] = "%PDF-1.5\nwhatever it says\n%%EOF\n";

static unsigned char *
sealed(size_t *ret_size)
{
	unsigned char *file;

	CU_ASSERT_EQUAL_FATAL(sheet_seal(arena, pair.private_key, NUMBER,
				  (const unsigned char *)pdf, sizeof(pdf) - 1, &file, ret_size),
	    ERR_OK);
	return file;
}

static void
what_was_sealed_is_genuine(void)
{
	char number[SHEET_NUMBER_SIZE + 1];
	size_t size;
	unsigned char *file = sealed(&size);

	CU_ASSERT_EQUAL(memcmp(file, pdf, sizeof(pdf) - 1), 0);
	CU_ASSERT_EQUAL(sheet_unseal(arena, pair.public_key, file, size, number), ERR_OK);
	CU_ASSERT_STRING_EQUAL(number, NUMBER);
}

static void
one_changed_byte_is_not(void)
{
	char number[SHEET_NUMBER_SIZE + 1];
	size_t size;
	unsigned char *file = sealed(&size);

	for (size_t i = 0; i < size; i++)
		for (unsigned bit = 1; bit < 256; bit <<= 3) {
			file[i] = (unsigned char)(file[i] ^ bit);
			CU_ASSERT_NOT_EQUAL(sheet_unseal(arena, pair.public_key, file, size,
						number),
			    ERR_OK);
			file[i] = (unsigned char)(file[i] ^ bit);
		}
	for (size_t less = 1; less < size; less++)
		CU_ASSERT_NOT_EQUAL(sheet_unseal(arena, pair.public_key, file, size - less, number),
		    ERR_OK);
}

static void
another_key_or_no_seal_is_not(void)
{
	char number[SHEET_NUMBER_SIZE + 1];
	struct sm2_pair other;
	size_t size;
	unsigned char *file = sealed(&size);

	sm2_generate(&other);
	CU_ASSERT_EQUAL(sheet_unseal(arena, other.public_key, file, size, number), ERR_INVALID);
	CU_ASSERT_EQUAL(sheet_unseal(arena, pair.public_key, (const unsigned char *)pdf,
			    sizeof(pdf) - 1, number),
	    ERR_NOT_FOUND);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "what was sealed is genuine", what_was_sealed_is_genuine },
		{ "one changed byte is not", one_changed_byte_is_not },
		{ "another key or no seal is not", another_key_or_no_seal_is_not },
		CU_TEST_INFO_NULL,
	};

	arena = arena_new((size_t)16 << 20);
	sm2_generate(&pair);
	int status = run_suite("seal", tests);
	arena_free(arena);
	return status;
}
