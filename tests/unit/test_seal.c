/* The platform's signature behind a sheet's PDF. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/config.h"
#include "fcgi/pdf.h"
#include "handlers/sheet/layout.h"
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

/* 500 bytes of a real sheet, each changed at random; with LONG every one. */
static void
nor_is_one_changed_byte_of_a_real_sheet(void)
{
	struct sheet_row row = { .app_name = "示例医院公众号",
		.app_id = "0123456789ABCDEF0123456789ABCDEF",
		.secret = "FEDCBA9876543210FEDCBA9876543210" };
	struct sheet sheet = { .environment = ENVIRONMENT_TEST,
		.kind = SHEET_PAYMENT,
		.number = NUMBER,
		.initiator = "广东省医疗保障局",
		.verify_url = "http://localhost/verify?number=" NUMBER,
		.replied_at = 1700000000,
		.accepted = true,
		.rows = &row,
		.count = 1 };
	struct arena *kept = arena_new((size_t)8 << 20);
	char number[SHEET_NUMBER_SIZE + 1];
	unsigned char *file;
	size_t size, passed = 0;

	pdf_init(CONFIG_FONT);
	sheet_render(kept, &sheet, &file, &size);
	CU_ASSERT_EQUAL_FATAL(sheet_seal(kept, pair.private_key, NUMBER, file, size, &file, &size),
	    ERR_OK);
	size_t count = getenv("LONG") ? size : 500;
	for (size_t n = 0; n < count; n++) {
		size_t at = getenv("LONG") ? n : sm_random_below((uint32_t)size);
		unsigned char before = file[at];

		file[at] = (unsigned char)(before ^ (1 + sm_random_below(255)));
		passed += sheet_unseal(arena, pair.public_key, file, size, number) == ERR_OK;
		file[at] = before;
		arena_reset(arena);
	}
	CU_ASSERT_EQUAL(passed, 0);
	CU_ASSERT_EQUAL(sheet_unseal(arena, pair.public_key, file, size, number), ERR_OK);
	printf("%zu of %zu bytes changed one by one\n", count, size);
	arena_free(kept);
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
		{ "nor is one changed byte of a real sheet",
		    nor_is_one_changed_byte_of_a_real_sheet },
		{ "another key or no seal is not", another_key_or_no_seal_is_not },
		CU_TEST_INFO_NULL,
	};

	arena = arena_new((size_t)16 << 20);
	sm2_generate(&pair);
	int status = run_suite("seal", tests);
	arena_free(arena);
	return status;
}
