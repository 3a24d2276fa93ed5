#include <string.h>

#include "handlers/account/captcha_picture.h"
#include "handlers/account/captcha_sound.h"
#include "tests/support/suite.h"

static struct arena *arena;

struct wav {
	unsigned char *bytes;
	size_t size;
};

static struct wav
spoken(const char *text, uint64_t seed)
{
	struct wav w;

	captcha_speak(arena, text, seed, &w.bytes, &w.size);
	return w;
}

static bool
same(struct wav a, struct wav b)
{
	return a.size == b.size && memcmp(a.bytes, b.bytes, a.size) == 0;
}

static void
it_is_a_wav_of_a_few_seconds(void)
{
	struct wav w = spoken("2ACX", 1);

	CU_ASSERT(memcmp(w.bytes, "RIFF", 4) == 0 && memcmp(w.bytes + 8, "WAVEfmt ", 8) == 0);
	CU_ASSERT_EQUAL(w.size - 44, (size_t)w.bytes[40] | (size_t)w.bytes[41] << 8 |
					 (size_t)w.bytes[42] << 16 | (size_t)w.bytes[43] << 24);
	CU_ASSERT(w.size > 8000 * 3 && w.size < 8000 * 7);
}

static void
asking_again_tells_no_more(void)
{
	CU_ASSERT(same(spoken("2ACX", 1), spoken("2ACX", 1)));
	CU_ASSERT_FALSE(same(spoken("2ACX", 1), spoken("2ACX", 2)));
}

/* Loud where it is spoken, each unlike the others. */
static void
every_character_of_the_alphabet_is_spoken(void)
{
	struct wav before = { 0 };

	for (const char *c = CAPTCHA_ALPHABET; *c; c++) {
		struct wav w = spoken((const char[2]){ *c, '\0' }, 7);
		size_t loud = 0;

		for (size_t i = 44; i < w.size; i++)
			loud += w.bytes[i] < 108 || w.bytes[i] > 148;
		CU_ASSERT(loud > 300);
		CU_ASSERT_FALSE(before.bytes && same(before, w));
		before = w;
	}
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "it is a WAV of a few seconds", it_is_a_wav_of_a_few_seconds },
		{ "asking again tells no more", asking_again_tells_no_more },
		{ "every character of the alphabet is spoken",
		    every_character_of_the_alphabet_is_spoken },
		CU_TEST_INFO_NULL,
	};

	arena = arena_new((size_t)16 << 20);
	int failed = run_suite("captcha_sound", tests);
	arena_free(arena);
	return failed;
}
