#include <jansson.h>
#include <string.h>

#include "fcgi/base/bytes.h"
#include "handlers/key/key_text.h"
#include "tests/support/suite.h"

#define VECTORS "tests/vectors/key_texts.json"

static struct arena *arena;

static const char *const names[] = {
	[SM2_TEXT_PUBLIC] = "public",
	[SM2_TEXT_PRIVATE] = "private",
	[SM2_TEXT_P256] = "p256",
	[SM2_TEXT_OTHER_CURVE] = "other_curve",
	[SM2_TEXT_RSA] = "rsa",
	[SM2_TEXT_INFINITY] = "infinity",
	[SM2_TEXT_OFF_CURVE] = "off_curve",
	[SM2_TEXT_UNKNOWN] = "unknown",
};

static void
every_text_is_taken_for_what_it_is(void)
{
	json_error_t error;
	json_t *root = json_load_file(VECTORS, 0, &error), *row;
	const char *key = json_string_value(json_object_get(root, "key"));
	size_t i;

	CU_ASSERT_PTR_NOT_NULL_FATAL(key);
	json_array_foreach(json_object_get(root, "texts"), i, row)
	{
		const char *text = json_string_value(json_object_get(row, "text"));
		const char *wanted = json_string_value(json_object_get(row, "is"));
		const char *name = json_string_value(json_object_get(row, "name"));
		unsigned char bytes[SM2_PUBLIC_SIZE] = { 0 };
		const char *found = names[key_text_public(arena, text, bytes)];
		bool good = strcmp(found, wanted) == 0 &&
			    key_text_gives_away(arena, text) == (strcmp(found, "private") == 0);

		if (good && strcmp(wanted, "public") == 0)
			good = strcmp(bytes_base64(arena, bytes, sizeof(bytes)), key) == 0;
		if (!good)
			printf("\n%s: %s instead of %s\n", name, found, wanted);
		CU_ASSERT_TRUE(good);
		arena_reset(arena);
	}
	CU_ASSERT_TRUE(i > 90);
	json_decref(root);
}

/* Whatever is cut off a key, it is read within its bounds. */
static void
beginnings_of_keys_are_read_too(void)
{
	json_error_t error;
	json_t *root = json_load_file(VECTORS, 0, &error), *row;
	unsigned char bytes[SM2_PUBLIC_SIZE];
	size_t i;

	json_array_foreach(json_object_get(root, "texts"), i, row)
	{
		const char *text = json_string_value(json_object_get(row, "text"));

		for (size_t n = 0; n < strlen(text) && n < 150; n += 3) {
			(void)key_text_public(arena, arena_strndup(arena, text, n), bytes);
			(void)!key_text_signature(arena, text + n, bytes);
			arena_reset(arena);
		}
	}
	json_decref(root);
	CU_PASS("read");
}

static void
signatures_are_64_bytes_in_hex_or_base64(void)
{
	unsigned char bytes[SM2_SIGNATURE_SIZE], back[SM2_SIGNATURE_SIZE];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(i * 37 + 5);
	const char *hex = bytes_hex(arena, bytes, sizeof(bytes));
	const char *texts[] = { hex, bytes_base64(arena, bytes, sizeof(bytes)),
		arena_printf(arena, " %.64s\r\n%s\n", hex, hex + 64) };
	for (size_t i = 0; i < 3; i++) {
		CU_ASSERT_EQUAL(key_text_signature(arena, texts[i], back), ERR_OK);
		CU_ASSERT_EQUAL(memcmp(bytes, back, sizeof(back)), 0);
		CU_ASSERT_FALSE(key_text_gives_away(arena, texts[i]));
	}
	CU_ASSERT_EQUAL(key_text_signature(arena, hex + 2, back), ERR_INVALID);
	CU_ASSERT_EQUAL(key_text_signature(arena, "", back), ERR_INVALID);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "every text is taken for what it is", every_text_is_taken_for_what_it_is },
		{ "beginnings of keys are read too", beginnings_of_keys_are_read_too },
		{ "signatures are 64 bytes in hex or base64",
		    signatures_are_64_bytes_in_hex_or_base64 },
		CU_TEST_INFO_NULL,
	};

	arena = arena_new(16 * 1024 * 1024);
	int status = run_suite("key_text", tests);
	arena_free(arena);
	return status;
}
