#include "handlers/sheet/seal.h"

#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/digest.h"
#include "fcgi/crypto/sm.h"
#include "fcgi/crypto/sm2.h"

#define NAME "jieru-sheet "
#define FORM '2'
#define FORM_BEHIND '1' /* of earlier sheets: behind the file's end */
#define MARK_SIZE (sizeof(NAME "2 ") - 1)
#define SIGNED_SIZE (MARK_SIZE + SHEET_NUMBER_SIZE + 1 + SM3_SIZE * 2)
#define SIGNATURE_TEXT 88 /* base64 of 64 bytes */
#define LINE_SIZE (1 + SIGNED_SIZE + 1 + SIGNATURE_TEXT + 1)

#define TAIL_HEAD "startxref\n"
#define TAIL_END "\n%%EOF\n"

/* What the seal says before its signature: about the bytes without those of the line. */
static const char *
statement(struct arena *arena, unsigned char form, const char *number, const unsigned char *file,
    size_t before, const unsigned char *tail, size_t tail_size)
{
	unsigned char digest[SM3_SIZE];
	struct digest *sm3 = digest_new("sm3");

	digest_update(sm3, file, before);
	digest_update(sm3, tail, tail_size);
	digest_finish(sm3, digest);
	return arena_printf(arena, NAME "%c %.*s %s", form, SHEET_NUMBER_SIZE, number,
	    bytes_hex(arena, digest, sizeof(digest)));
}

/* Bytes from "startxref" on, when the file ends so; 0: it does not. */
static size_t
tail_size(const unsigned char *file, size_t size)
{
	const size_t end = sizeof(TAIL_END) - 1, head = sizeof(TAIL_HEAD) - 1;
	size_t at;

	if (size < end || memcmp(file + size - end, TAIL_END, end) != 0)
		return 0;
	for (at = size - end; at && file[at - 1] >= '0' && file[at - 1] <= '9'; at--)
		;
	if (at == size - end || at < head || memcmp(file + at - head, TAIL_HEAD, head) != 0)
		return 0;
	return size - at + head;
}

enum err
sheet_seal(struct arena *arena, const unsigned char private_key[SM2_PRIVATE_SIZE],
    const char *number, const unsigned char *pdf, size_t size, unsigned char **ret,
    size_t *ret_size)
{
	unsigned char signature[SM2_SIGNATURE_SIZE];
	size_t tail = tail_size(pdf, size), before = size - tail;

	if (!tail)
		return ERR_INVALID;
	const char *text = statement(arena, FORM, number, pdf, before, pdf + before, tail);
	TRY(sm2_sign(private_key, text, strlen(text), signature));
	const char *line = arena_printf(arena, "%%%s %s\n", text,
	    bytes_base64(arena, signature, sizeof(signature)));
	unsigned char *all = arena_alloc(arena, size + LINE_SIZE);
	memcpy(all, pdf, before);
	memcpy(all + before, line, LINE_SIZE);
	memcpy(all + before + LINE_SIZE, pdf + before, tail);
	*ret = all;
	*ret_size = size + LINE_SIZE;
	return ERR_OK;
}

/* Whether a line of this form ends at file + end, and begins there as a line does. */
static bool
has_line(const unsigned char *file, size_t end, unsigned char form)
{
	const unsigned char *line = file + end - LINE_SIZE;

	return end > LINE_SIZE && line[-1] == '\n' && line[0] == '%' &&
	       memcmp(line + 1, NAME, sizeof(NAME) - 1) == 0 && line[sizeof(NAME)] == form &&
	       line[sizeof(NAME) + 1] == ' ';
}

enum err
sheet_unseal(struct arena *arena, const unsigned char public_key[SM2_PUBLIC_SIZE],
    const unsigned char *file, size_t size, char ret_number[SHEET_NUMBER_SIZE + 1])
{
	unsigned char signature[SM2_SIGNATURE_SIZE];
	size_t tail = tail_size(file, size);
	unsigned char form = FORM;

	if (!tail || !has_line(file, size - tail, form)) {
		tail = 0;
		form = FORM_BEHIND;
		if (!has_line(file, size, form))
			return ERR_NOT_FOUND;
	}
	size_t before = size - tail - LINE_SIZE;
	const char *line = arena_strndup(arena, (const char *)file + before, LINE_SIZE);
	const char *number = line + 1 + MARK_SIZE;
	const char *text =
	    statement(arena, form, number, file, before, file + before + LINE_SIZE, tail);

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
