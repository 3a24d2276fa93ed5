/* Keys that are not written as the sheet has them: to go on with the diagnosis, and name it. */
#include <string.h>

#include "handlers/bench/diagnose_part.h"

#define FILE_MAX 4096 /* bytes of a key or a certificate */

struct bytes {
	unsigned char *at;
	size_t size;
};

/* Without PEM's first and last line, blanks, colons and 0x; in the standard alphabet. */
static char *
cleaned(struct arena *arena, const char *text)
{
	char *clean = arena_alloc(arena, strlen(text) + 4);
	size_t n = 0;

	if (strncmp(text, "0x", 2) == 0)
		text += 2;
	for (; *text; text++) {
		if (strncmp(text, "-----", 5) == 0) {
			const char *end = strstr(text + 5, "-----");

			text = end ? end + 4 : text + 4;
		} else if (!strchr(" \t\r\n:", *text)) {
			clean[n++] = *text == '-' ? '+' : *text == '_' ? '/' : *text;
		}
	}
	clean[n] = '\0';
	return clean;
}

/* Hex or base64. */
static enum err
read_bytes(struct arena *arena, const char *text, struct bytes *ret)
{
	if (strlen(text) > FILE_MAX)
		return ERR_INVALID;
	char *clean = cleaned(arena, text);
	size_t n = strlen(clean);

	ret->at = arena_alloc(arena, n + 1);
	if (n % 2 == 0 && sm_unhex(clean, ret->at, n, &ret->size) == ERR_OK)
		return ERR_OK;
	while (n % 4)
		clean[n++] = '=';
	clean[n] = '\0';
	return sm_unbase64(clean, ret->at, n, &ret->size);
}

/* What follows these bytes in a DER structure. */
static const unsigned char *
behind(const struct bytes *in, const void *mark, size_t size, size_t wanted)
{
	const unsigned char *found = memmem(in->at, in->size, mark, size);

	return found && (size_t)(in->at + in->size - found) >= size + wanted ? found + size : NULL;
}

enum err
key_form_private(struct arena *arena, const char *text, unsigned char ret_key[SM2_PRIVATE_SIZE])
{
	struct bytes in;

	TRY(read_bytes(arena, text, &in));
	/* ECPrivateKey: version 1, OCTET STRING of 32 bytes; PKCS#8 has one inside */
	const unsigned char *d = behind(&in, "\x02\x01\x01\x04\x20", 5, SM2_PRIVATE_SIZE);
	if (!d && in.size == SM2_PRIVATE_SIZE)
		d = in.at;
	if (!d && in.size == SM2_PRIVATE_SIZE + 1 && !in.at[0])
		d = in.at + 1;
	if (!d)
		return ERR_INVALID;
	enum err e = sm2_read_private(sm_base64(arena, d, SM2_PRIVATE_SIZE), ret_key);
	explicit_bzero(in.at, in.size);
	return e;
}

enum err
key_form_public(struct arena *arena, const char *text, unsigned char ret_key[SM2_PUBLIC_SIZE])
{
	struct bytes in;

	TRY(read_bytes(arena, text, &in));
	/* SubjectPublicKeyInfo: BIT STRING of 65 bytes */
	const unsigned char *point = behind(&in, "\x03\x42\x00", 3, SM2_PUBLIC_SIZE);
	if (point)
		return sm2_read_public(sm_base64(arena, point, SM2_PUBLIC_SIZE), ret_key);
	return sm2_read_public(sm_base64(arena, in.at, in.size), ret_key);
}
