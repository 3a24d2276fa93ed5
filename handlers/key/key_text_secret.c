/* Is a private key inside? Whoever changes this changes web/public/parts/privateKey.ts. */
#include "handlers/key/key_text_secret.h"

#include <string.h>

#include "handlers/key/key_text_read.h"

#define DIGITS "0123456789"

/* What the first element of the outermost SEQUENCE begins with. */
static const struct {
	const char *mark;
	size_t size;
} begins[] = {
	{ "\x02\x01\x01\x04", 4 }, /* ECPrivateKey (SEC1) */
	{ "\x02\x01\x00\x30", 4 }, /* PKCS#8 */
	{ "\x02\x01\x01\x30", 4 }, /* PKCS#8 with the public key (RFC 5958) */
	{ "\x02\x01\x00\x02", 4 }, /* RSAPrivateKey */
	{ "\x02\x01\x03\x30", 4 }, /* PKCS#12 */
};

/* Encrypted PKCS#8 begins with the way it is encrypted. */
static const struct {
	const char *mark;
	size_t size;
} ways[] = {
	{ "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05", 10 },         /* PKCS#5 */
	{ "\x06\x0a\x2a\x86\x48\x86\xf7\x0d\x01\x0c", 10 },         /* PKCS#12 */
	{ "\x06\x0a\x2a\x81\x1c\xcf\x55\x06\x01\x04\x01\x05", 12 }, /* GM/T 0091 */
};

static bool
begins_with(const struct key_bytes *in, const void *mark, size_t size)
{
	return in->size >= size && memcmp(in->at, mark, size) == 0;
}

/* What is in the SEQUENCE it begins with; .at NULL: it begins with none. */
static struct key_bytes
sequence(const struct key_bytes *in)
{
	size_t head = 2;

	if (in->size < 2 || in->at[0] != 0x30)
		return (struct key_bytes){ NULL, 0 };
	if (in->at[1] > 0x80)
		head += in->at[1] & 3u;
	return in->size < head ? (struct key_bytes){ NULL, 0 }
			       : (struct key_bytes){ in->at + head, in->size - head };
}

static bool
is_secret_structure(const struct key_bytes *in)
{
	struct key_bytes outer = sequence(in);

	if (!outer.at)
		return begins_with(in, "\xfe\xed\xfe\xed", 4) || /* Java's JKS and JCEKS */
		       begins_with(in, "\xce\xce\xce\xce", 4);
	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
		if (begins_with(&outer, begins[i].mark, begins[i].size))
			return true;
	struct key_bytes inner = sequence(&outer);
	for (size_t i = 0; inner.at && i < sizeof(ways) / sizeof(ways[0]); i++)
		if (begins_with(&inner, ways[i].mark, ways[i].size))
			return true;
	return false;
}

/* A number of 32 bytes, give or take the zeros it begins with; 33 bytes of a point are none. */
static bool
is_secret_number(const struct key_bytes *in)
{
	return (in->size >= 30 && in->size <= 32) || (in->size == 33 && !in->at[0]);
}

/* Written in digits, of which some at the beginning may be missing. */
static bool
is_number_text(const char *clean)
{
	size_t n = strlen(clean);
	bool half = n == 66 && clean[0] == '0' && (clean[1] == '2' || clean[1] == '3');

	if (n >= 70 && n <= 78 && strspn(clean, DIGITS) == n)
		return true;
	return n >= 58 && n <= 66 && !half && key_text_is_hex(clean);
}

/* One of several things; but x and y, or r and s, belong together. */
static bool
is_among(struct arena *arena, const char *text)
{
	unsigned char number[SM2_PRIVATE_SIZE];
	size_t numbers = 0, names = 0;
	char *piece;

	while ((piece = key_text_piece(arena, &text))) {
		bool one = strlen(piece) == 1;

		names += one && strchr("xXyYrRsS", piece[0]);
		numbers += key_piece_number(piece, number);
		explicit_bzero(piece, strlen(piece));
	}
	explicit_bzero(number, sizeof(number));
	return numbers && !(numbers == 2 && names == 2);
}

bool
key_text_gives_away(struct arena *arena, const char *text)
{
	struct key_bytes in;
	bool whole = false; /* is it all one thing? */

	if (strcasestr(text, "PRIVATE KEY") || strcasestr(text, "priv:"))
		return true;
	char *clean = key_text_cleaned(arena, text);
	bool secret = is_number_text(clean);
	explicit_bzero(clean, strlen(clean));
	if (!secret && key_text_bytes(arena, text, &in) == ERR_OK) {
		secret = is_secret_number(&in) || is_secret_structure(&in) ||
			 memmem(in.at, in.size, "PRIVATE KEY", 11) != NULL;
		whole = sequence(&in).at || key_bytes_point(arena, &in).at;
		explicit_bzero(in.at, in.size);
	}
	return secret || (!whole && is_among(arena, text));
}
