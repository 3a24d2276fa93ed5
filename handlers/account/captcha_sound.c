#include "handlers/account/captcha_sound.h"

#include <stdbool.h>
#include <string.h>

#include "handlers/account/captcha_picture.h"

#define RATE 8000u /* samples a second, one byte each; 128 is silence */
#define SLOT 5600u /* samples of one character, as sounds/trim.c cuts them */
#define HEADER 44u
#define SILENCE 128
#define STREAMS 4u /* voices that talk at once behind it */
#define BEHIND 25  /* of 100: how loud each of them is */

/* What sounds/make.sh made; the assembler reads it. */
__asm__(".section .rodata\n"
	".globl captcha_pcm, captcha_pcm_end\n"
	"captcha_pcm:\n"
	".incbin \"" SOUNDS "\"\n"
	"captcha_pcm_end:\n"
	".previous\n");
extern const unsigned char captcha_pcm[] __asm__("captcha_pcm");
extern const unsigned char captcha_pcm_end[] __asm__("captcha_pcm_end");

struct tape {
	int *mix; /* around 0 */
	size_t size;
	uint64_t state; /* of the random numbers */
};

/* splitmix64, as in handlers/account/captcha_picture.c */
static uint32_t
below(struct tape *t, uint32_t limit)
{
	uint64_t z = t->state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (uint32_t)((z ^ z >> 31) % limit);
}

static const unsigned char *
spoken_by_anyone(struct tape *t, size_t character)
{
	size_t characters = strlen(CAPTCHA_ALPHABET);
	size_t voices = (size_t)(captcha_pcm_end - captcha_pcm) / SLOT / characters;

	return captcha_pcm + (below(t, (uint32_t)voices) * characters + character) * SLOT;
}

/* How one utterance is bent, so that none sounds twice like a recording. */
struct bend {
	unsigned speed, tone; /* of 100 */
	bool darker;
	int loud; /* of 100 */
};

static struct bend
any_bend(struct tape *t, int loud)
{
	return (struct bend){ 80 + below(t, 41), 20 + below(t, 50), below(t, 2) == 0,
		loud * (int)(85 + below(t, 31)) / 100 };
}

/* backwards: nobody takes it for a character, though it has the same sounds. Returns where it ends. */
static size_t
utter(struct tape *t, const unsigned char *spoken, struct bend bend, bool backwards, size_t at)
{
	int low = 0;

	for (size_t i = 0; i * bend.speed / 100 < SLOT && at < t->size; i++, at++) {
		size_t place = i * bend.speed / 100;
		int sample = spoken[backwards ? SLOT - 1 - place : place] - SILENCE;

		low += (sample - low) * (int)(100 - bend.tone) / 100;
		t->mix[at] += (bend.darker ? low : sample - low / 2) * bend.loud / 100;
	}
	return at;
}

/* One voice that talks all the time, of nothing. */
static void
babble(struct tape *t)
{
	for (size_t at = 0; at < t->size;) {
		size_t character = below(t, (uint32_t)strlen(CAPTCHA_ALPHABET));
		const unsigned char *spoken = spoken_by_anyone(t, character);
		struct bend bend = any_bend(t, BEHIND);

		at = utter(t, spoken, bend, true, at);
		at -= at > SLOT / 3 ? SLOT / 3 : 0; /* without a pause */
		if (at + SLOT / 3 >= t->size)
			break;
	}
}

static void
put(unsigned char *to, uint32_t value, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		to[i] = (unsigned char)(value >> 8 * i);
}

static void
write_header(unsigned char *to, uint32_t samples)
{
	static const char fixed[] = "RIFF....WAVEfmt ";

	memcpy(to, fixed, sizeof(fixed) - 1);
	put(to + 4, HEADER - 8 + samples, 4);
	put(to + 16, 16, 4);
	put(to + 20, 1, 2); /* PCM */
	put(to + 22, 1, 2);
	put(to + 24, RATE, 4);
	put(to + 28, RATE, 4);
	put(to + 32, 1, 2);
	put(to + 34, 8, 2);
	memcpy(to + 36, "data", 4);
	put(to + 40, samples, 4);
}

/* Where each character begins, and how long it all is. */
static void
lay_out(struct tape *t, size_t characters, size_t starts[])
{
	size_t at = RATE / 2 + below(t, RATE / 2);

	for (size_t i = 0; i < characters; i++) {
		starts[i] = at;
		at += SLOT * 100 / 85 + below(t, RATE / 2);
	}
	t->size = at + RATE / 2;
}

void
captcha_speak(struct arena *arena, const char *text, uint64_t seed, unsigned char **ret_wav,
    size_t *ret_size)
{
	size_t characters = strlen(text);
	size_t *starts = ARENA_ARRAY(arena, size_t, characters);
	struct tape t = { .state = seed };

	lay_out(&t, characters, starts);
	t.mix = ARENA_ARRAY(arena, int, t.size);
	for (size_t i = 0; i < STREAMS; i++)
		babble(&t);
	for (size_t i = 0; i < characters; i++) {
		const char *at = strchr(CAPTCHA_ALPHABET, text[i]);
		const unsigned char *spoken = spoken_by_anyone(&t, (size_t)(at - CAPTCHA_ALPHABET));

		(void)utter(&t, spoken, any_bend(&t, 100), false, starts[i]);
	}
	unsigned char *wav = arena_alloc(arena, HEADER + t.size);
	for (size_t i = 0; i < t.size; i++) {
		int sample = SILENCE + t.mix[i] * 3 / 4 + (int)below(&t, 9) - 4;

		wav[HEADER + i] = (unsigned char)(sample < 0 ? 0 : sample > 255 ? 255 : sample);
	}
	write_header(wav, (uint32_t)t.size);
	*ret_wav = wav;
	*ret_size = HEADER + t.size;
}
