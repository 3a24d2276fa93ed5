/* The platform's signature in a sheet's PDF. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "fcgi/crypto/sm.h"
#include "fcgi/crypto/sm2.h"
#include "fcgi/http/config.h"
#include "fcgi/paper/pdf.h"
#include "handlers/sheet/layout.h"
#include "handlers/sheet/seal.h"
#include "tests/support/suite.h"

#define NUMBER "0123456789abcdef0123456789abcdef"

static struct arena *arena;
static struct sm2_pair pair;
#define BODY "%PDF-1.4\nwhatever it says\n"
#define TAIL "startxref\n9\n%%EOF\n"
static const char pdf[] = BODY TAIL;
static char number[SHEET_NUMBER_SIZE + 1];

static unsigned char *
sealed(size_t *ret_size)
{
	unsigned char *file;

	CU_ASSERT_EQUAL_FATAL(sheet_seal(arena, pair.private_key, NUMBER,
				  (const unsigned char *)pdf, sizeof(pdf) - 1, &file, ret_size),
	    ERR_OK);
	return file;
}

static enum err
unsealed(const void *file, size_t size)
{
	return sheet_unseal(arena, pair.public_key, file, size, number);
}

static enum err
unsealed_text(const char *text)
{
	return unsealed(text, strlen(text));
}

/* Body, seal of that form, tail; the seal is over what `about` says. */
static const char *
file_of(const char *body, char form, const char *about, const char *tail)
{
	unsigned char digest[SM3_SIZE], signature[SM2_SIGNATURE_SIZE];

	sm3(about, strlen(about), digest);
	const char *text = arena_printf(arena, "jieru-sheet %c " NUMBER " %s", form,
	    bytes_hex(arena, digest, sizeof(digest)));
	CU_ASSERT_EQUAL_FATAL(sm2_sign(pair.private_key, text, strlen(text), signature), ERR_OK);
	return arena_printf(arena, "%s%%%s %s\n%s", body, text,
	    bytes_base64(arena, signature, sizeof(signature)), tail);
}

static void
what_was_sealed_is_genuine(void)
{
	size_t size;
	unsigned char *file = sealed(&size);

	CU_ASSERT_EQUAL(memcmp(file, BODY "%jieru-sheet 2 " NUMBER " ", sizeof(BODY) + 47), 0);
	CU_ASSERT_EQUAL(memcmp(file + size - sizeof(TAIL), "\n" TAIL, sizeof(TAIL)), 0);
	CU_ASSERT_EQUAL(unsealed(file, size), ERR_OK);
	CU_ASSERT_STRING_EQUAL(number, NUMBER);
	CU_ASSERT_EQUAL(unsealed_text(file_of(BODY, '2', BODY TAIL, TAIL)), ERR_OK);
}

static void
only_what_ends_as_our_pdfs_do_is_sealed(void)
{
	static const char *const others[] = { "", "%%EOF\n", "9\n%%EOF\n", "startxref\n\n%%EOF\n",
		"startxref 9\n%%EOF\n", BODY "startxref\n9\n%%EOF", BODY TAIL "\n" };
	unsigned char *file;
	size_t size;

	for (size_t i = 0; i < COUNT(others); i++)
		CU_ASSERT_EQUAL(sheet_seal(arena, pair.private_key, NUMBER,
				    (const unsigned char *)others[i], strlen(others[i]), &file,
				    &size),
		    ERR_INVALID);
}

static void
sheets_sealed_behind_their_end_stay_good(void)
{
	CU_ASSERT_EQUAL(unsealed_text(file_of(pdf, '1', pdf, "")), ERR_OK);
	CU_ASSERT_STRING_EQUAL(number, NUMBER);
	/* each form at its own place */
	CU_ASSERT_EQUAL(unsealed_text(file_of(pdf, '2', pdf, "")), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(unsealed_text(file_of(BODY, '1', BODY TAIL, TAIL)), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(unsealed_text(file_of(pdf, '3', pdf, "")), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(unsealed_text(file_of(pdf, '1', BODY, "")), ERR_INVALID);
	CU_ASSERT_EQUAL(unsealed_text(file_of(pdf, '1', pdf, "\n")), ERR_NOT_FOUND);
}

static void
what_is_laid_over_or_under_it_is_no_sheet(void)
{
	const char *genuine = file_of(BODY, '2', BODY TAIL, TAIL);
	const char *seal =
	    arena_strndup(arena, genuine + sizeof(BODY) - 1, strlen(genuine) - strlen(pdf));
	const char *update = "1 0 obj\nnull\nendobj\ntrailer\n<< >>\n";
	const char *const forged[][6] = {
		{ genuine, update, TAIL },
		{ genuine, update, seal, TAIL },
		{ BODY, update, seal, TAIL },
		{ BODY, seal, TAIL, update, TAIL },
		{ BODY, seal, seal, TAIL },
		{ seal, BODY, TAIL },
		{ BODY, TAIL, seal },
		{ genuine, genuine },
		{ genuine, seal },
		{ BODY, seal, TAIL, "\n" },
		{ BODY, seal, "startxref\n09\n%%EOF\n" },
		{ BODY, seal, "startxref\r\n9\r\n%%EOF\r\n" },
		{ seal },
		{ "" },
	};

	CU_ASSERT_EQUAL(unsealed_text(genuine), ERR_OK);
	for (size_t i = 0; i < COUNT(forged); i++) {
		const char *text = "";

		for (size_t part = 0; part < 6 && forged[i][part]; part++)
			text = arena_printf(arena, "%s%s", text, forged[i][part]);
		enum err e = unsealed_text(text);
		CU_ASSERT_TRUE(e == ERR_INVALID || e == ERR_NOT_FOUND);
	}
}

static void
one_changed_byte_is_not(void)
{
	size_t size;
	unsigned char *file = sealed(&size);

	for (size_t i = 0; i < size; i++)
		for (unsigned bit = 1; bit < 256; bit <<= 3) {
			file[i] = (unsigned char)(file[i] ^ bit);
			CU_ASSERT_NOT_EQUAL(unsealed(file, size), ERR_OK);
			file[i] = (unsigned char)(file[i] ^ bit);
		}
	for (size_t less = 1; less < size; less++)
		CU_ASSERT_NOT_EQUAL(unsealed(file, size - less), ERR_OK);
}

/* Nor may the seal be written in another way: the last characters of its signature have unused
 * bits. Those before cost a verification for each other letter, and are tried with LONG. */
static void
every_value_of_each_byte_of_the_seal_counts(void)
{
	size_t size, begin = sizeof(BODY) - 1, passed = 0;
	unsigned char *file = sealed(&size);
	struct arena *own = arena_new((size_t)1 << 20);

	size_t rest = sizeof(TAIL) + 5; /* from there: "Q==" and on */
	for (size_t i = getenv("LONG") ? begin : size - rest; i < size; i++)
		for (unsigned other = 1; other < 256; other++) {
			file[i] = (unsigned char)(file[i] ^ other);
			passed += sheet_unseal(own, pair.public_key, file, size, number) == ERR_OK;
			file[i] = (unsigned char)(file[i] ^ other);
			arena_reset(own);
		}
	CU_ASSERT_EQUAL(passed, 0);
	CU_ASSERT_EQUAL(unsealed(file, size), ERR_OK);
	arena_free(own);
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
	unsigned char *file;
	size_t size, passed = 0;

	pdf_init(CONFIG_FONT);
	sheet_render(kept, &sheet, &file, &size);
	CU_ASSERT_EQUAL_FATAL(sheet_seal(kept, pair.private_key, NUMBER, file, size, &file, &size),
	    ERR_OK);
	size_t count = getenv("LONG") ? size : 500;
	for (size_t n = 0; n < count; n++) {
		size_t at = getenv("LONG") ? n : random_below((uint32_t)size);
		unsigned char before = file[at];

		file[at] = (unsigned char)(before ^ (1 + random_below(255)));
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
	struct sm2_pair other;
	size_t size;
	unsigned char *file = sealed(&size);

	sm2_generate(&other);
	CU_ASSERT_EQUAL(sheet_unseal(arena, other.public_key, file, size, number), ERR_INVALID);
	CU_ASSERT_EQUAL(unsealed_text(pdf), ERR_NOT_FOUND);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "what was sealed is genuine", what_was_sealed_is_genuine },
		{ "only what ends as our PDFs do is sealed",
		    only_what_ends_as_our_pdfs_do_is_sealed },
		{ "sheets sealed behind their end stay good",
		    sheets_sealed_behind_their_end_stay_good },
		{ "what is laid over or under it is no sheet",
		    what_is_laid_over_or_under_it_is_no_sheet },
		{ "every value of each byte of the seal counts",
		    every_value_of_each_byte_of_the_seal_counts },
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
