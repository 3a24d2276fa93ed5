#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "handlers/selftest/sign_form.h"
#include "tests/support/suite.h"

static struct arena *arena;

/* Read as these bytes, with that mistake: in one of the ways to read it. */
static bool
is_read(const char *text, const unsigned char *bytes, enum mistake mistake)
{
	struct sign_form forms[FORMS_MAX];
	size_t count = sign_forms(arena, text, forms);

	for (size_t i = 0; i < count; i++)
		if (memcmp(forms[i].signature, bytes, SM2_SIGNATURE_SIZE) == 0 &&
		    sign_form_has(&forms[i], mistake))
			return true;
	return false;
}

/* Also a + in front, whose blank is not one that copying left. */
static void
a_plus_that_became_a_blank_is_known_wherever_it_stood(void)
{
	unsigned char bytes[SM2_SIGNATURE_SIZE];

	for (size_t i = 0; i < 500; i++) {
		random_bytes(bytes, sizeof(bytes));
		if (i % 2)
			bytes[0] = 0xf8 | (bytes[0] & 3); /* begins with + */
		char *text = bytes_base64(arena, bytes, sizeof(bytes));
		bool plus = strchr(text, '+') != NULL;

		for (char *p = text; *p; p++)
			if (*p == '+')
				*p = ' ';
		if (plus)
			CU_ASSERT_TRUE(is_read(text, bytes, MISTAKE_SIGN_URL));
		arena_reset(arena);
	}
}

static void
blanks_around_a_signature_are_no_part_of_it(void)
{
	unsigned char bytes[SM2_SIGNATURE_SIZE];

	random_bytes(bytes, sizeof(bytes));
	const char *text = bytes_base64(arena, bytes, sizeof(bytes));
	CU_ASSERT_TRUE(is_read(arena_printf(arena, " %s", text), bytes, MISTAKE_SIGN_BASE64));
	CU_ASSERT_TRUE(is_read(arena_printf(arena, "%s \n", text), bytes, MISTAKE_SIGN_BASE64));
	CU_ASSERT_TRUE(is_read(arena_printf(arena, "  %.86s", text), bytes, MISTAKE_SIGN_BASE64));
	arena_reset(arena);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "a plus that became a blank is known wherever it stood",
		    a_plus_that_became_a_blank_is_known_wherever_it_stood },
		{ "blanks around a signature are no part of it",
		    blanks_around_a_signature_are_no_part_of_it },
		CU_TEST_INFO_NULL,
	};

	arena = arena_new((size_t)1 << 20);
	int status = run_suite("sign_form", tests);
	arena_free(arena);
	return status;
}
