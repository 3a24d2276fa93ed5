#ifndef HANDLERS_KEY_KEY_TEXT_READ_H
#define HANDLERS_KEY_KEY_TEXT_READ_H

#include <stdbool.h>

#include "fcgi/crypto/sm.h"

/* From what was pasted to bytes, and where in these a point stands. */

struct key_bytes {
	unsigned char *at; /* wipe with explicit_bzero */
	size_t size;
};

/* Is it hex digits and nothing else? */
bool key_text_is_hex(const char *text);
/* Without what stands around a key or within it: wipe the result. */
char *key_text_cleaned(struct arena *arena, const char *text);
/* Hex, or base64 of bytes or of such a text. ERR_INVALID. */
MUST_CHECK enum err key_text_bytes(struct arena *arena, const char *text, struct key_bytes *ret);

/* What follows these bytes, when there are as many as wanted; else NULL. */
const unsigned char *
key_bytes_behind(const struct key_bytes *in, const void *mark, size_t size, size_t wanted);
#define KEY_HALF_SIZE 33 /* of a point that is compressed */
/* Has it the form of a point, bare or in a structure? ret->at NULL: no. */
struct key_bytes key_bytes_point(struct arena *arena, const struct key_bytes *in);

/*
 * One of the pieces a text consists of: letters and digits as base64 has them. *text moves behind
 * it; NULL at the end. Wipe the result.
 */
char *key_text_piece(struct arena *arena, const char **text);
/* The 32 bytes a piece stands for: 58 to 64 hex digits, or 43 characters of base64. */
bool key_piece_number(const char *piece, unsigned char ret[SM2_PRIVATE_SIZE]);

#endif
