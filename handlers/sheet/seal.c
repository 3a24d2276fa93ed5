#include "handlers/sheet/seal.h"

#include <string.h>

#define MARK "jieru-sheet 1 "
#define SIGNED_SIZE (sizeof(MARK) - 1 + SHEET_NUMBER_SIZE + 1 + SM3_SIZE * 2)
#define SIGNATURE_TEXT 88 /* base64 of 64 bytes */
#define LINE_SIZE (1 + SIGNED_SIZE + 1 + SIGNATURE_TEXT + 1)

/* What the seal says before its signature. */
static const char *
statement(struct arena *arena, const char *number, const unsigned char *pdf, size_t size)
{
	unsigned char digest[SM3_SIZE];

	sm3(pdf, size, digest);
	return arena_printf(arena, MARK "%.*s %s", SHEET_NUMBER_SIZE, number,
	    sm_hex(arena, digest, sizeof(digest)));
}

enum err
sheet_seal(struct arena *arena, const unsigned char private_key[SM2_PRIVATE_SIZE],
    const char *number, const unsigned char *pdf, size_t size, unsigned char **ret,
    size_t *ret_size)
{
	unsigned char signature[SM2_SIGNATURE_SIZE];
	const char *text = statement(arena, number, pdf, size);

	TRY(sm2_sign(private_key, text, strlen(text), signature));
	const char *line =
	    arena_printf(arena, "%%%s %s\n", text, sm_base64(arena, signature, sizeof(signature)));
	unsigned char *all = arena_alloc(arena, size + LINE_SIZE);
	memcpy(all, pdf, size);
	memcpy(all + size, line, LINE_SIZE);
	*ret = all;
	*ret_size = size + LINE_SIZE;
	return ERR_OK;
}

enum err
sheet_unseal(struct arena *arena, const unsigned char public_key[SM2_PUBLIC_SIZE],
    const unsigned char *file, size_t size, char ret_number[SHEET_NUMBER_SIZE + 1])
{
	unsigned char signature[SM2_SIGNATURE_SIZE];

	if (size < LINE_SIZE || memcmp(file + size - LINE_SIZE, "%" MARK, sizeof(MARK)) != 0)
		return ERR_NOT_FOUND;
	const char *line = arena_strndup(arena, (const char *)file + size - LINE_SIZE, LINE_SIZE);
	const char *number = line + sizeof(MARK);
	const char *text = statement(arena, number, file, size - LINE_SIZE);

	/* as it would be written, to the byte: nothing of the line can be changed either */
	if (strncmp(line + 1, text, SIGNED_SIZE) != 0 || line[1 + SIGNED_SIZE] != ' ' ||
	    line[LINE_SIZE - 1] != '\n')
		return ERR_INVALID;
	TRY(sm2_read_signature(arena_strndup(arena, line + 1 + SIGNED_SIZE + 1, SIGNATURE_TEXT),
	    signature));
	TRY(sm2_verify(public_key, text, SIGNED_SIZE, signature));
	memcpy(ret_number, number, SHEET_NUMBER_SIZE);
	ret_number[SHEET_NUMBER_SIZE] = '\0';
	return ERR_OK;
}
