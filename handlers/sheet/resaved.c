#include "handlers/sheet/resaved.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fcgi/base/log.h"
#include "handlers/sheet/resaved_text.h"
#include "handlers/sheet/seal.h"
#include "handlers/upload/read/reader.h"

/* "" when it says nothing, or nobody could read it. */
static const char *
text_of(struct req *q, const unsigned char *file, size_t size)
{
	const char *text = "";
	int fd = memfd_create("sheet", MFD_CLOEXEC);

	if (fd < 0 || write(fd, file, size) != (ssize_t)size)
		log_line(LOG_ERROR, "resaved", "what=memfd");
	else if (reader_ask_text(fd, q->arena, &text) != ERR_OK)
		text = ""; /* logged there */
	if (fd >= 0)
		close(fd);
	return text;
}

enum err
resaved_judge(struct req *q, const unsigned char public_key[SM2_PUBLIC_SIZE],
    const unsigned char *file, size_t size, struct resaved *ret)
{
	char sealed[SHEET_NUMBER_SIZE + 1];
	size_t whole;

	*ret = (struct resaved){ .number = NULL };
	if (size < 5 || memcmp(file, "%PDF-", 5) != 0)
		return ERR_OK;
	const char *text = text_of(q, file, size);
	const char *number =
	    sheet_within(q->arena, public_key, file, size, &whole, sealed) == ERR_OK
		? arena_strndup(q->arena, sealed, SHEET_NUMBER_SIZE)
		: resaved_number(q->arena, text);
	if (!number)
		return ERR_OK;
	enum err e = issued_sheet_standing(q->db, q->arena, number, &ret->sheet);
	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	ret->number = number;
	ret->same = resaved_says(q->arena, text, number, &ret->sheet);
	return ERR_OK;
}
