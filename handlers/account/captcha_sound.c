#include "handlers/account/captcha_sound.h"

#include <string.h>

#include "handlers/account/captcha_picture.h"

#define RATE 8000u /* samples a second, one byte each; 128 is silence */
#define SLOT 5600u /* samples of one character, as sounds/make cuts them */
#define HEADER 44u
#define SILENCE 128

/* captcha.pcm as it is; the assembler reads it. */
__asm__(".section .rodata\n"
	"captcha_pcm:\n"
	".incbin \"" SOUNDS "\"\n"
	".previous\n");
extern const unsigned char captcha_pcm[] __asm__("captcha_pcm");

struct tape {
	unsigned char *bytes;
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

static void
add(struct tape *t, int sample)
{
	int noisy = sample + (int)below(t, 13) - 6;

	t->bytes[t->size++] = (unsigned char)(noisy < 0 ? 0 : noisy > 255 ? 255 : noisy);
}

static void
pause_for(struct tape *t, size_t samples)
{
	while (samples-- > 0)
		add(t, SILENCE);
}

/* At 85 to 110 % of the speed it was spoken. */
static void
say(struct tape *t, char c)
{
	const char *at = strchr(CAPTCHA_ALPHABET, c);
	const unsigned char *spoken = captcha_pcm + (size_t)(at - CAPTCHA_ALPHABET) * SLOT;
	unsigned speed = 85 + below(t, 26);

	for (size_t i = 0; i * speed / 100 < SLOT; i++)
		add(t, spoken[i * speed / 100]);
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

void
captcha_speak(struct arena *arena, const char *text, uint64_t seed, unsigned char **ret_wav,
    size_t *ret_size)
{
	size_t most = HEADER + RATE / 2 + strlen(text) * (SLOT * 100 / 85 + 1 + RATE);
	struct tape t = { .bytes = arena_alloc(arena, most), .size = HEADER, .state = seed };

	pause_for(&t, RATE / 4);
	for (; *text; text++) {
		say(&t, *text);
		pause_for(&t, RATE / 8 + below(&t, RATE / 2));
	}
	write_header(t.bytes, (uint32_t)(t.size - HEADER));
	*ret_wav = t.bytes;
	*ret_size = t.size;
}
