#include <CUnit/Basic.h>
#include <cairo.h>
#include <string.h>

#include "handlers/account/captcha_picture.h"

static struct arena *arena;

struct picture {
	unsigned char *png;
	size_t size;
};

static struct picture
drawn(const char *text, uint64_t seed, unsigned scale)
{
	struct picture p;

	captcha_draw(arena, text, seed, scale, &p.png, &p.size);
	return p;
}

static cairo_status_t
take(void *closure, unsigned char *to, unsigned size)
{
	struct picture *rest = closure;

	if (size > rest->size)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(to, rest->png, size);
	rest->png += size;
	rest->size -= size;
	return CAIRO_STATUS_SUCCESS;
}

/* Dark pixels between two columns (at scale 1 of a picture of any scale). */
static unsigned
ink(struct picture p, int from, int to, int expected_scale)
{
	cairo_surface_t *s = cairo_image_surface_create_from_png_stream(take, &p);
	unsigned count = 0;

	CU_ASSERT_EQUAL_FATAL(cairo_surface_status(s), CAIRO_STATUS_SUCCESS);
	CU_ASSERT_EQUAL_FATAL(cairo_image_surface_get_width(s), CAPTCHA_WIDTH * expected_scale);
	CU_ASSERT_EQUAL_FATAL(cairo_image_surface_get_height(s), CAPTCHA_HEIGHT * expected_scale);
	const unsigned char *rows = cairo_image_surface_get_data(s);
	for (int y = 0; y < CAPTCHA_HEIGHT * expected_scale; y++)
		for (int x = from * expected_scale; x < to * expected_scale; x++) {
			const unsigned char *pixel =
			    rows + y * cairo_image_surface_get_stride(s) + x * 4;

			count += pixel[0] + pixel[1] + pixel[2] < 384;
		}
	cairo_surface_destroy(s);
	return count;
}

static void
a_picture_is_a_png_of_the_promised_size(void)
{
	struct picture p = drawn("ACEF", 1, 1);

	CU_ASSERT_EQUAL(memcmp(p.png, "\x89PNG\r\n\x1a\n", 8), 0);
	CU_ASSERT_TRUE(p.size < 16384);
	for (int scale = 1; scale <= CAPTCHA_SCALE_MAX; scale++) {
		p = drawn("ACEF", 1, (unsigned)scale);
		CU_ASSERT_TRUE(ink(p, 0, CAPTCHA_WIDTH, scale) > 800u * (unsigned)(scale * scale));
	}
}

static void
the_seed_decides_the_picture(void)
{
	struct picture first = drawn("2346", 42, 1), again = drawn("2346", 42, 1);
	struct picture other = drawn("2346", 43, 1), text = drawn("2347", 42, 1);

	CU_ASSERT_EQUAL_FATAL(first.size, again.size);
	CU_ASSERT_EQUAL(memcmp(first.png, again.png, first.size), 0);
	CU_ASSERT_TRUE(other.size != first.size || memcmp(other.png, first.png, first.size));
	CU_ASSERT_TRUE(text.size != first.size || memcmp(text.png, first.png, first.size));
}

static void
every_character_is_drawn_in_its_place(void)
{
	for (uint64_t seed = 0; seed < 30; seed++) {
		char *text = captcha_text(arena);
		struct picture p = drawn(text, seed, 1);

		for (int i = 0; i < CAPTCHA_LENGTH; i++)
			CU_ASSERT_TRUE(ink(p, 20 + 30 * i, 50 + 30 * i, 1) > 100);
	}
}

static void
answers_are_of_the_alphabet_and_reach_all_of_it(void)
{
	static const char alphabet[] = "2346789ACEFHKMNPRTUXY";
	unsigned seen = 0;

	for (int i = 0; i < 500; i++) {
		const char *text = captcha_text(arena);

		CU_ASSERT_EQUAL_FATAL(strlen(text), CAPTCHA_LENGTH);
		CU_ASSERT_EQUAL_FATAL(strspn(text, alphabet), CAPTCHA_LENGTH);
		for (; *text; text++)
			seen |= 1u << (strchr(alphabet, *text) - alphabet);
	}
	CU_ASSERT_EQUAL(seen, (1u << (sizeof(alphabet) - 1)) - 1);
}

static void
an_answer_matches_in_any_case(void)
{
	CU_ASSERT_TRUE(captcha_match("A7CE", "A7CE"));
	CU_ASSERT_TRUE(captcha_match("A7CE", "a7cE"));
	CU_ASSERT_TRUE(captcha_match("A7CE", " a7ce\t"));
	CU_ASSERT_FALSE(captcha_match("A7CE", ""));
	CU_ASSERT_FALSE(captcha_match("A7CE", "   "));
	CU_ASSERT_FALSE(captcha_match("A7CE", "A7C"));
	CU_ASSERT_FALSE(captcha_match("A7CE", "A7CEE"));
	CU_ASSERT_FALSE(captcha_match("A7CE", "A7 CE"));
	CU_ASSERT_FALSE(captcha_match("A7CE", "A7CF"));
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "a picture is a PNG of the promised size",
		    a_picture_is_a_png_of_the_promised_size },
		{ "the seed decides the picture", the_seed_decides_the_picture },
		{ "every character is drawn in its place", every_character_is_drawn_in_its_place },
		{ "answers are of the alphabet and reach all of it",
		    answers_are_of_the_alphabet_and_reach_all_of_it },
		{ "an answer matches in any case", an_answer_matches_in_any_case },
		CU_TEST_INFO_NULL,
	};
	static CU_SuiteInfo suites[] = {
		{ .pName = "captcha", .pTests = tests },
		CU_SUITE_INFO_NULL,
	};

	if (CU_initialize_registry() || CU_register_suites(suites))
		return 2;
	captcha_init("WenQuanYi Zen Hei");
	arena = arena_new((size_t)64 << 20);
	CU_basic_run_tests();
	unsigned failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	arena_free(arena);
	return failures != 0;
}
