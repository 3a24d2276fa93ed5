#include <math.h>
#include <stdio.h>
#include <stdlib.h>
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

/* ---- who has all the recordings ---- */

#define RATE 8000
#define SLOT 5600
#define BANDS 16
#define FRAMES 32
#define FRAME 200
#define HOP 100
#define SPEEDS 3
#define CAPTCHAS 12

extern const unsigned char captcha_pcm[] __asm__("captcha_pcm");
extern const unsigned char captcha_pcm_end[] __asm__("captcha_pcm_end");

/* Half a second as what is loud when, without how it was recorded. */
struct spectrum {
	float at[FRAMES][BANDS];
};

static double
power(const double *samples, double frequency)
{
	double step = 2 * cos(2 * M_PI * frequency / RATE), a = 0, b = 0;

	for (int i = 0; i < FRAME; i++) {
		double c = samples[i] + step * a - b;

		b = a;
		a = c;
	}
	return a * a + b * b - step * a * b;
}

static void
look(const double *samples, struct spectrum *ret)
{
	for (int f = 0; f < FRAMES; f++)
		for (int b = 0; b < BANDS; b++)
			ret->at[f][b] = (float)log(
			    power(samples + f * HOP, 150 * pow(25, b / (double)(BANDS - 1))) +
			    20000);
	for (int b = 0; b < BANDS; b++) {
		float mean = 0;

		for (int f = 0; f < FRAMES; f++)
			mean += ret->at[f][b] / FRAMES;
		for (int f = 0; f < FRAMES; f++)
			ret->at[f][b] -= mean;
	}
}

/* Or more than `least`, if it is more. */
static float
distance(const struct spectrum *x, const struct spectrum *y, float least)
{
	float sum = 0;

	for (int f = 0; f < FRAMES && sum < least; f++)
		for (int b = 0; b < BANDS; b++)
			sum += (x->at[f][b] - y->at[f][b]) * (x->at[f][b] - y->at[f][b]);
	return sum;
}

#define LONG (FRAMES * HOP + FRAME)

/* Every recording at every speed. */
static struct spectrum *
known(size_t *ret_count)
{
	static const double speeds[SPEEDS] = { .86, 1, 1.14 };
	size_t recordings = (size_t)(captcha_pcm_end - captcha_pcm) / SLOT;
	struct spectrum *all = malloc(recordings * SPEEDS * sizeof(*all));
	double samples[LONG];

	CU_ASSERT_PTR_NOT_NULL_FATAL(all);
	for (size_t r = 0; r < recordings; r++)
		for (size_t s = 0; s < SPEEDS; s++) {
			for (int i = 0; i < LONG; i++) {
				size_t place = (size_t)(i * speeds[s]);

				samples[i] =
				    place < SLOT ? captcha_pcm[r * SLOT + place] - 128.0 : 0;
			}
			look(samples, &all[r * SPEEDS + s]);
		}
	*ret_count = recordings;
	return all;
}

/* How loud it is around each tenth of a second; the four loudest places are where a character is. */
static void
cut(const double *samples, size_t count, size_t starts[4])
{
	static double loud[200];
	size_t steps = count / (RATE / 10), found = 0;

	for (size_t i = 0; i < steps; i++) {
		loud[i] = 0;
		for (size_t j = i * RATE / 10; j < (i + 4) * RATE / 10 && j < count; j++)
			loud[i] += samples[j] * samples[j];
	}
	while (found < 4) {
		size_t best = 0;

		for (size_t i = 1; i < steps; i++)
			best = loud[i] > loud[best] ? i : best;
		for (size_t i = best > 5 ? best - 5 : 0; i < best + 6 && i < steps; i++)
			loud[i] = -1;
		size_t at = best * RATE / 10, place = found++;
		for (; place > 0 && starts[place - 1] > at; place--)
			starts[place] = starts[place - 1];
		starts[place] = at;
	}
}

static char
nearest(const double *samples, size_t count, size_t start, const struct spectrum *all,
    size_t recordings)
{
	float least = HUGE_VALF;
	char found = '?';

	for (int shift = -16; shift <= 16; shift++) {
		long from = (long)start + shift * HOP;
		struct spectrum heard;

		if (from < 0 || (size_t)from + LONG > count)
			continue;
		look(samples + from, &heard);
		for (size_t i = 0; i < recordings * SPEEDS; i++) {
			float d = distance(&heard, &all[i], least);

			if (d < least) {
				least = d;
				found = CAPTCHA_ALPHABET[i / SPEEDS % strlen(CAPTCHA_ALPHABET)];
			}
		}
	}
	return found;
}

static void
nearest_recordings_solve_under_a_fifth(void)
{
	size_t recordings, solved = 0, characters = 0;
	struct spectrum *all = known(&recordings);
	static double samples[RATE * 20];

	for (uint64_t n = 0; n < CAPTCHAS; n++) {
		char text[5] = "", guess[5] = "";
		size_t starts[4];

		for (size_t i = 0; i < 4; i++)
			text[i] =
			    CAPTCHA_ALPHABET[(n * 31 + i * 7 + n / 3) % strlen(CAPTCHA_ALPHABET)];
		struct wav w = spoken(text, n + 1000);
		size_t count = w.size - 44;
		CU_ASSERT_FATAL(count < RATE * 20);
		for (size_t i = 0; i < count; i++)
			samples[i] = w.bytes[44 + i] - 128.0;
		cut(samples, count, starts);
		for (size_t i = 0; i < 4; i++) {
			guess[i] = nearest(samples, count, starts[i], all, recordings);
			characters += guess[i] == text[i];
		}
		solved += strcmp(guess, text) == 0;
	}
	free(all);
	printf("nearest recordings: %zu of %d solved, %zu of %d characters\n", solved, CAPTCHAS,
	    characters, CAPTCHAS * 4);
	CU_ASSERT_TRUE(solved * 5 < CAPTCHAS);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "it is a WAV of a few seconds", it_is_a_wav_of_a_few_seconds },
		{ "asking again tells no more", asking_again_tells_no_more },
		{ "every character of the alphabet is spoken",
		    every_character_of_the_alphabet_is_spoken },
		{ "nearest recordings solve under a fifth",
		    nearest_recordings_solve_under_a_fifth },
		CU_TEST_INFO_NULL,
	};

	arena = arena_new((size_t)16 << 20);
	int failed = run_suite("captcha_sound", tests);
	arena_free(arena);
	return failed;
}
