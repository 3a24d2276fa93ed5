/* From what was pasted to bytes. */
#include <string.h>

#include "fcgi/base/bytes.h"
#include "handlers/key/key_text_part.h"

#define TEXT_MAX 8192 /* characters of a key or a certificate */
#define BLANKS " \t\r\n"
#define AROUND BLANKS ":;,\"'`{}[]()<>"
#define HEX "0123456789abcdefABCDEF"
#define PIECE "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"

bool
key_text_is_hex(const char *text)
{
	return *text && !text[strspn(text, HEX)];
}

/* Between the lines of PEM, or the digits `openssl -text` prints; else all of it. */
static char *
body_of(struct arena *arena, const char *text)
{
	const char *from = text;

	while ((from = strstr(from, "-----BEGIN "))) {
		const char *name = from + 11, *end = strstr(name, "-----");

		if (!end)
			break;
		from = end + 5;
		if (memmem(name, (size_t)(end - name), "PARAMETERS", 10))
			continue;
		end = strstr(from, "-----");
		return arena_strndup(arena, from, end ? (size_t)(end - from) : strlen(from));
	}
	if ((from = strstr(text, "pub:"))) {
		const char *end = strstr(from += 4, "ASN1");
		size_t size = strspn(from, HEX ":" BLANKS);

		if (end && (size_t)(end - from) < size)
			size = (size_t)(end - from);
		return arena_strndup(arena, from, size);
	}
	return arena_strndup(arena, text, strlen(text));
}

char *
key_text_cleaned(struct arena *arena, const char *text)
{
	char *clean = body_of(arena, text), *to = clean;
	bool start = true; /* of a piece */

	for (const char *c = clean; *c; c++) {
		if (*c == '\\') { /* as JSON and properties write line ends */
			c += c[1] && strchr("nrt", c[1]);
		} else if (strchr(AROUND, *c) || (unsigned char)*c >= 0x80) {
			start = true;
		} else if (start && *c == '0' && (c[1] == 'x' || c[1] == 'X')) {
			c++;
		} else {
			*to++ = *c == '-' ? '+' : *c == '_' ? '/' : *c;
			start = false;
		}
	}
	explicit_bzero(to, strlen(to));
	return clean;
}

/* Base64, however many = it ends with. */
static enum err
unbase64(struct arena *arena, const char *clean, struct key_bytes *ret)
{
	size_t n = strlen(clean), room = n + 4;
	char *padded = arena_alloc(arena, room + 1);

	memcpy(padded, clean, n);
	while (n && padded[n - 1] == '=')
		n--;
	while (n % 4)
		padded[n++] = '=';
	padded[n] = '\0';
	enum err e = bytes_unbase64(padded, ret->at, room, &ret->size);
	explicit_bzero(padded, room);
	return e;
}

static bool
is_printed(const struct key_bytes *in)
{
	for (size_t i = 0; i < in->size; i++)
		if ((in->at[i] < ' ' && !strchr(BLANKS, in->at[i])) || in->at[i] > '~' ||
		    !in->at[i])
			return false;
	return in->size > 0;
}

static enum err
read_bytes(struct arena *arena, const char *text, int deep, struct key_bytes *ret)
{
	if (strlen(text) > TEXT_MAX)
		return ERR_INVALID;
	char *clean = key_text_cleaned(arena, text);
	size_t n = strlen(clean);
	enum err e = ERR_INVALID;

	ret->at = arena_alloc(arena, n + 4);
	if (key_text_is_hex(clean))
		e = bytes_unhex(clean, ret->at, n, &ret->size);
	if (e != ERR_OK && n)
		e = unbase64(arena, clean, ret);
	explicit_bzero(clean, n);
	if (e == ERR_OK && deep && is_printed(ret)) {
		struct key_bytes inner;
		char *again = arena_strndup(arena, (char *)ret->at, ret->size);

		if (read_bytes(arena, again, deep - 1, &inner) == ERR_OK) {
			explicit_bzero(ret->at, ret->size);
			*ret = inner;
		}
		explicit_bzero(again, strlen(again));
	}
	return e;
}

enum err
key_text_bytes(struct arena *arena, const char *text, struct key_bytes *ret)
{
	return read_bytes(arena, text, 2, ret);
}

char *
key_text_piece(struct arena *arena, const char **text)
{
	const char *from = *text + strcspn(*text, PIECE);
	size_t size = strspn(from, PIECE);

	*text = from + size;
	return size ? arena_strndup(arena, from, size) : NULL;
}

bool
key_piece_number(const char *piece, unsigned char ret[SM2_PRIVATE_SIZE])
{
	char text[65] = "0000000000000000000000000000000000000000000000000000000000000000";
	size_t size, n = strlen(piece);
	bool good = false;

	if (n > 2 && piece[0] == '0' && (piece[1] == 'x' || piece[1] == 'X'))
		piece += 2, n -= 2;
	if (n >= 58 && n <= 64) { /* as numbers are printed, zeros at the beginning are missing */
		memcpy(text + 64 - n, piece, n);
		good = bytes_unhex(text, ret, SM2_PRIVATE_SIZE, &size) == ERR_OK;
	} else if (n == 43) {
		for (size_t i = 0; i < n; i++)
			text[i] = piece[i] == '-' ? '+' : piece[i] == '_' ? '/' : piece[i];
		memcpy(text + n, "=", 2);
		good = bytes_unbase64(text, ret, SM2_PRIVATE_SIZE, &size) == ERR_OK;
	}
	explicit_bzero(text, sizeof(text));
	return good;
}
