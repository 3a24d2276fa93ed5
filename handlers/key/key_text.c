#include "handlers/key/key_text.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "fcgi/crypto/give_up.h"

/*
 * OpenSSL's decoders would read whole structures, but they refuse without saying why: people paste
 * points off the curve, beginnings of files, keys among other things, and are told what it is. So
 * the few marks that tell are looked for here, as web/public/parts/privateKey.ts does.
 */

#define HALF_SIZE 33  /* compressed */
#define TEXT_MAX 8192 /* characters of a key or a certificate */
#define BLANKS " \t\r\n"
#define AROUND BLANKS ":;,\"'`{}[]()<>"
#define HEX "0123456789abcdefABCDEF"
#define PIECE "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"
#define DIGITS "0123456789"

struct key_bytes {
	unsigned char *at; /* wipe with explicit_bzero */
	size_t size;
};

/* ---- from what was pasted to bytes ---- */

static bool
is_hex(const char *text)
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

/* Without what stands around a key or within it: wipe the result. */
static char *
cleaned(struct arena *arena, const char *text)
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
	char *clean = cleaned(arena, text);
	size_t n = strlen(clean);
	enum err e = ERR_INVALID;

	ret->at = arena_alloc(arena, n + 4);
	if (is_hex(clean))
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

/* Hex, or base64 of bytes or of such a text. ERR_INVALID. */
static enum err
bytes_of(struct arena *arena, const char *text, struct key_bytes *ret)
{
	return read_bytes(arena, text, 2, ret);
}

/*
 * One of the pieces a text consists of: letters and digits as base64 has them. *text moves behind
 * it; NULL at the end. Wipe the result.
 */
static char *
next_piece(struct arena *arena, const char **text)
{
	const char *from = *text + strcspn(*text, PIECE);
	size_t size = strspn(from, PIECE);

	*text = from + size;
	return size ? arena_strndup(arena, from, size) : NULL;
}

/* The 32 bytes a piece stands for: 58 to 64 hex digits, or 43 characters of base64. */
static bool
number_of(const char *piece, unsigned char ret[SM2_PRIVATE_SIZE])
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

/* ---- what bytes are ---- */

/* What follows these bytes, when there are as many as wanted; else NULL. */
static const unsigned char *
behind(const struct key_bytes *in, const void *mark, size_t size, size_t wanted)
{
	const unsigned char *found = memmem(in->at, in->size, mark, size);

	return found && (size_t)(in->at + in->size - found) >= size + wanted ? found + size : NULL;
}

/* Has it the form of a point, bare or in a structure? .at NULL: no. */
static struct key_bytes
point_in(struct arena *arena, const struct key_bytes *in)
{
	/* SubjectPublicKeyInfo, alone or in a certificate: BIT STRING of 65 or 33 bytes */
	const unsigned char *full = behind(in, "\x03\x42\x00\x04", 4, 64);
	const unsigned char *half = behind(in, "\x03\x22\x00", 3, HALF_SIZE);
	unsigned char first = in->size ? in->at[0] : 0;

	if (full)
		return (struct key_bytes){ in->at + (full - 1 - in->at), SM2_PUBLIC_SIZE };
	if (half && (*half == 2 || *half == 3))
		return (struct key_bytes){ in->at + (half - in->at), HALF_SIZE };
	if (in->size == SM2_PUBLIC_SIZE - 1) {
		unsigned char *with_04 = arena_alloc(arena, SM2_PUBLIC_SIZE);

		with_04[0] = 4;
		memcpy(with_04 + 1, in->at, in->size);
		return (struct key_bytes){ with_04, SM2_PUBLIC_SIZE };
	}
	if ((in->size == SM2_PUBLIC_SIZE && first == 4) ||
	    (in->size == HALF_SIZE && (first == 2 || first == 3)))
		return *in;
	return (struct key_bytes){ NULL, 0 };
}

/* ---- is a private key inside? ---- */

/* Whoever changes this changes web/public/parts/privateKey.ts. */
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
	for (size_t i = 0; i < COUNT(begins); i++)
		if (begins_with(&outer, begins[i].mark, begins[i].size))
			return true;
	struct key_bytes inner = sequence(&outer);
	for (size_t i = 0; inner.at && i < COUNT(ways); i++)
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
	return n >= 58 && n <= 66 && !half && is_hex(clean);
}

/* One of several things; but x and y, or r and s, belong together. */
static bool
is_among(struct arena *arena, const char *text)
{
	unsigned char number[SM2_PRIVATE_SIZE];
	size_t numbers = 0, names = 0;
	char *piece;

	while ((piece = next_piece(arena, &text))) {
		bool one = strlen(piece) == 1;

		names += one && strchr("xXyYrRsS", piece[0]);
		numbers += number_of(piece, number);
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
	char *clean = cleaned(arena, text);
	bool secret = is_number_text(clean);
	explicit_bzero(clean, strlen(clean));
	if (!secret && bytes_of(arena, text, &in) == ERR_OK) {
		secret = is_secret_number(&in) || is_secret_structure(&in) ||
			 memmem(in.at, in.size, "PRIVATE KEY", 11) != NULL;
		whole = sequence(&in).at || point_in(arena, &in).at;
		explicit_bzero(in.at, in.size);
	}
	return secret || (!whole && is_among(arena, text));
}

/* ---- which key it is ---- */

/* 32 bytes, where they stand; NULL when there are none. */
static const unsigned char *
number_in(const struct key_bytes *in)
{
	/* ECPrivateKey: version 1, OCTET STRING of 32 bytes; PKCS#8 has one inside */
	const unsigned char *d = behind(in, "\x02\x01\x01\x04\x20", 5, SM2_PRIVATE_SIZE);

	if (d || in->size == SM2_PRIVATE_SIZE)
		return d ? d : in->at;
	return in->size == SM2_PRIVATE_SIZE + 1 && !in->at[0] ? in->at + 1 : NULL;
}

enum err
key_text_private(struct arena *arena, const char *text, unsigned char ret_key[SM2_PRIVATE_SIZE])
{
	struct key_bytes in;

	TRY(bytes_of(arena, text, &in));
	const unsigned char *d = number_in(&in);
	enum err e = ERR_INVALID;
	if (d) {
		char *number = bytes_base64(arena, d, SM2_PRIVATE_SIZE);

		e = sm2_read_private(number, ret_key);
		explicit_bzero(number, strlen(number));
	}
	explicit_bzero(in.at, in.size);
	return e;
}

enum err
key_text_signature(struct arena *arena, const char *text,
    unsigned char ret_signature[SM2_SIGNATURE_SIZE])
{
	struct key_bytes in;

	TRY(bytes_of(arena, text, &in));
	if (in.size != SM2_SIGNATURE_SIZE)
		return ERR_INVALID;
	memcpy(ret_signature, in.at, in.size);
	return ERR_OK;
}

/* The point of a curve in full; false when it has no such point. */
static bool
point_of(int curve, const struct key_bytes *in, unsigned char ret_key[SM2_PUBLIC_SIZE])
{
	EC_GROUP *group = EC_GROUP_new_by_curve_name(curve);
	EC_POINT *point = group ? EC_POINT_new(group) : NULL;

	if (!point)
		crypto_give_up("a curve");
	/* refuses coordinates beyond p and what is not on the curve */
	bool good = EC_POINT_oct2point(group, point, in->at, in->size, NULL) == 1 &&
		    EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, ret_key,
			SM2_PUBLIC_SIZE, NULL) == SM2_PUBLIC_SIZE;
	EC_POINT_free(point);
	EC_GROUP_free(group);
	ERR_clear_error();
	return good;
}

/* What a structure says its key is of. */
static const struct {
	const char *oid; /* DER, with tag and length */
	size_t size;
	enum key_text kind;
} kinds[] = {
	{ "\x06\x08\x2a\x81\x1c\xcf\x55\x01\x82\x2d", 10, SM2_TEXT_PUBLIC },
	{ "\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07", 10, SM2_TEXT_P256 },
	{ "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01", 11, SM2_TEXT_RSA },
	{ "\x06\x05\x2b\x81\x04\x00", 6, SM2_TEXT_OTHER_CURVE },     /* SEC: secp256k1, P-384 … */
	{ "\x06\x03\x2b\x65", 4, SM2_TEXT_OTHER_CURVE },             /* Ed25519 and its like */
	{ "\x06\x09\x2b\x24\x03\x03\x02", 7, SM2_TEXT_OTHER_CURVE }, /* Brainpool */
	{ "\x02\x82\x01\x01\x00", 5, SM2_TEXT_RSA }, /* RSAPublicKey: a modulus of 2048 bits, */
	{ "\x02\x82\x01\x81\x00", 5, SM2_TEXT_RSA }, /* 3072, */
	{ "\x02\x82\x02\x01\x00", 5, SM2_TEXT_RSA }, /* 4096 */
};

static enum key_text
public_in(struct arena *arena, const struct key_bytes *in, unsigned char ret_key[SM2_PUBLIC_SIZE])
{
	unsigned char other[SM2_PUBLIC_SIZE];
	struct key_bytes point = point_in(arena, in);

	if ((in->size == 1 && !in->at[0]) || behind(in, "\x82\x2d\x03\x02\x00\x00", 6, 0))
		return SM2_TEXT_INFINITY;
	if (in->size && in->at[0] == 0x30)
		for (size_t i = 0; i < COUNT(kinds); i++)
			if (memmem(in->at, in->size, kinds[i].oid, kinds[i].size)) {
				if (kinds[i].kind == SM2_TEXT_PUBLIC)
					break;
				return kinds[i].kind;
			}
	if (!point.at)
		return SM2_TEXT_UNKNOWN;
	if (point_of(NID_sm2, &point, ret_key))
		return SM2_TEXT_PUBLIC;
	if (point.size ==
	    HALF_SIZE) /* every other number is good for each curve: it says nothing */
		return SM2_TEXT_OFF_CURVE;
	if (point_of(NID_X9_62_prime256v1, &point, other))
		return SM2_TEXT_P256;
	return point_of(NID_secp256k1, &point, other) ? SM2_TEXT_OTHER_CURVE : SM2_TEXT_OFF_CURVE;
}

/* One of the pieces is the key, the others say so; or two are its x and y. */
static enum key_text
public_among(struct arena *arena, const char *text, unsigned char ret_key[SM2_PUBLIC_SIZE])
{
	unsigned char xy[2 * SM2_PRIVATE_SIZE], number[SM2_PRIVATE_SIZE];
	enum key_text found = SM2_TEXT_UNKNOWN;
	struct key_bytes in = { xy, sizeof(xy) };
	size_t numbers = 0, names = 0;
	const char *piece;

	while ((piece = next_piece(arena, &text)) && found == SM2_TEXT_UNKNOWN) {
		names += strlen(piece) == 1 && strchr("xXyY", piece[0]);
		if (number_of(piece, number) && numbers < 2)
			memcpy(xy + SM2_PRIVATE_SIZE * numbers++, number, sizeof(number));
		else if (strlen(piece) >= 44 && bytes_of(arena, piece, &in) == ERR_OK)
			found = public_in(arena, &in, ret_key);
	}
	if (found == SM2_TEXT_UNKNOWN && numbers == 2 && names == 2)
		found = public_in(arena, &(struct key_bytes){ xy, sizeof(xy) }, ret_key);
	return found;
}

enum key_text
key_text_public(struct arena *arena, const char *text, unsigned char ret_key[SM2_PUBLIC_SIZE])
{
	enum key_text found = SM2_TEXT_UNKNOWN;
	struct key_bytes in;

	if (key_text_gives_away(arena, text))
		return SM2_TEXT_PRIVATE;
	if (strstr(text, "RSA PUBLIC KEY") || strncmp(text, "ssh-rsa", 7) == 0)
		return SM2_TEXT_RSA;
	if (bytes_of(arena, text, &in) == ERR_OK) {
		found = public_in(arena, &in, ret_key);
		explicit_bzero(in.at, in.size);
	}
	return found == SM2_TEXT_UNKNOWN ? public_among(arena, text, ret_key) : found;
}
