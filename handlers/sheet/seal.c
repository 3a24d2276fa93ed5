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

#define SEALS_MAX 8 /* looked at in one file */

#define TAIL_HEAD "startxref\n"
#define TAIL_END "\n%%EOF\n"

static const char *
digest_of(struct arena *arena, const unsigned char *file, size_t before, const unsigned char *tail,
    size_t tail_size)
{
	unsigned char digest[SM3_SIZE];
	struct digest *sm3 = digest_new("sm3");

	digest_update(sm3, file, before);
	digest_update(sm3, tail, tail_size);
	digest_finish(sm3, digest);
	return bytes_hex(arena, digest, sizeof(digest));
}

/* What the seal says before its signature: about the bytes without those of the line. */
static const char *
statement(struct arena *arena, unsigned char form, const char *number, const unsigned char *file,
    size_t before, const unsigned char *tail, size_t tail_size)
{
	return arena_printf(arena, NAME "%c %.*s %s", form, SHEET_NUMBER_SIZE, number,
	    digest_of(arena, file, before, tail, tail_size));
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
sheet_digest(struct arena *arena, const unsigned char *pdf, size_t size, const char **ret)
{
	size_t tail = tail_size(pdf, size), before = size - tail;

	if (!tail)
		return ERR_INVALID;
	*ret = digest_of(arena, pdf, before, pdf + before, tail);
	return ERR_OK;
}

enum err
sheet_seal_again(struct arena *arena, const char *signature, const char *number,
    const unsigned char *pdf, size_t size, unsigned char **ret, size_t *ret_size)
{
	size_t tail = tail_size(pdf, size), before = size - tail;

	if (!tail || strlen(signature) != SIGNATURE_TEXT)
		return ERR_INVALID;
	const char *line = arena_printf(arena, "%%%s %s\n",
	    statement(arena, FORM, number, pdf, before, pdf + before, tail), signature);
	unsigned char *all = arena_alloc(arena, size + LINE_SIZE);
	memcpy(all, pdf, before);
	memcpy(all + before, line, LINE_SIZE);
	memcpy(all + before + LINE_SIZE, pdf + before, tail);
	*ret = all;
	*ret_size = size + LINE_SIZE;
	return ERR_OK;
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
	return sheet_seal_again(arena, bytes_base64(arena, signature, sizeof(signature)), number,
	    pdf, size, ret, ret_size);
}

const char *
sheet_signature(struct arena *arena, const unsigned char *file, size_t size)
{
	const unsigned char *end = file + size - tail_size(file, size) - 1; /* of the line */

	return arena_strndup(arena, (const char *)end - SIGNATURE_TEXT, SIGNATURE_TEXT);
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

/* Where the PDF ends whose seal begins at `line`; 0: it does not end there as ours do. */
static size_t
end_behind(const unsigned char *file, size_t size, size_t line)
{
	const size_t head = sizeof(TAIL_HEAD) - 1, end = sizeof(TAIL_END) - 1;
	size_t at = line + LINE_SIZE;

	if (size < at + head || memcmp(file + at, TAIL_HEAD, head) != 0)
		return 0;
	for (at += head; at < size && file[at] >= '0' && file[at] <= '9'; at++)
		;
	return at + end <= size && memcmp(file + at, TAIL_END, end) == 0 ? at + end : 0;
}

enum err
sheet_within(struct arena *arena, const unsigned char public_key[SM2_PUBLIC_SIZE],
    const unsigned char *file, size_t size, size_t *ret_size,
    char ret_number[SHEET_NUMBER_SIZE + 1])
{
	static const char mark[] = "\n%" NAME "2 ";
	const unsigned char *from = file, *found;
	unsigned tried = 0;

	while (tried++ < SEALS_MAX &&
	       (found = memmem(from, size - (size_t)(from - file), mark, sizeof(mark) - 1))) {
		size_t whole = end_behind(file, size, (size_t)(found - file) + 1);

		if (whole && sheet_unseal(arena, public_key, file, whole, ret_number) == ERR_OK) {
			*ret_size = whole;
			return ERR_OK;
		}
		from = found + 1;
	}
	return ERR_NOT_FOUND;
}
