#include "handlers/key/key_text.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>
#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/give_up.h"
#include "handlers/key/key_text_part.h"

#define HALF_SIZE 33 /* compressed */

const unsigned char *
key_bytes_behind(const struct key_bytes *in, const void *mark, size_t size, size_t wanted)
{
	const unsigned char *found = memmem(in->at, in->size, mark, size);

	return found && (size_t)(in->at + in->size - found) >= size + wanted ? found + size : NULL;
}

/* 32 bytes, where they stand; NULL when there are none. */
static const unsigned char *
number_in(const struct key_bytes *in)
{
	/* ECPrivateKey: version 1, OCTET STRING of 32 bytes; PKCS#8 has one inside */
	const unsigned char *d = key_bytes_behind(in, "\x02\x01\x01\x04\x20", 5, SM2_PRIVATE_SIZE);

	if (d || in->size == SM2_PRIVATE_SIZE)
		return d ? d : in->at;
	return in->size == SM2_PRIVATE_SIZE + 1 && !in->at[0] ? in->at + 1 : NULL;
}

enum err
key_text_private(struct arena *arena, const char *text, unsigned char ret_key[SM2_PRIVATE_SIZE])
{
	struct key_bytes in;

	TRY(key_text_bytes(arena, text, &in));
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

	TRY(key_text_bytes(arena, text, &in));
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

struct key_bytes
key_bytes_point(struct arena *arena, const struct key_bytes *in)
{
	/* SubjectPublicKeyInfo, alone or in a certificate: BIT STRING of 65 or 33 bytes */
	const unsigned char *full = key_bytes_behind(in, "\x03\x42\x00\x04", 4, 64);
	const unsigned char *half = key_bytes_behind(in, "\x03\x22\x00", 3, HALF_SIZE);
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
	struct key_bytes point = key_bytes_point(arena, in);

	if ((in->size == 1 && !in->at[0]) || key_bytes_behind(in, "\x82\x2d\x03\x02\x00\x00", 6, 0))
		return SM2_TEXT_INFINITY;
	if (in->size && in->at[0] == 0x30)
		for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
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

	while ((piece = key_text_piece(arena, &text)) && found == SM2_TEXT_UNKNOWN) {
		names += strlen(piece) == 1 && strchr("xXyY", piece[0]);
		if (key_piece_number(piece, number) && numbers < 2)
			memcpy(xy + SM2_PRIVATE_SIZE * numbers++, number, sizeof(number));
		else if (strlen(piece) >= 44 && key_text_bytes(arena, piece, &in) == ERR_OK)
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
	if (key_text_bytes(arena, text, &in) == ERR_OK) {
		found = public_in(arena, &in, ret_key);
		explicit_bzero(in.at, in.size);
	}
	return found == SM2_TEXT_UNKNOWN ? public_among(arena, text, ret_key) : found;
}
