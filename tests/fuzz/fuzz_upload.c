/* Any header of tus, and any name. */
#include <string.h>

#include "fcgi/base/text.h"
#include "handlers/rules/check/filename.h"
#include "handlers/rules/check/media.h"
#include "handlers/upload/tus/piece.h"
#include "handlers/upload/tus/tus.h"
#include "tests/fuzz/fuzz.h"

static void
judge(struct arena *arena, const char *bytes, size_t size, const struct slot *slot)
{
	const char *name = filename_clean(arena, bytes, size);

	if (!name)
		return;
	int64_t length = text_length(name, false);
	must(length > 0 && length <= FILENAME_MAX_CHARACTERS && !strpbrk(name, "/\\"));
	must(!strpbrk(filename_disposition(arena, name, size % 2), "\r\n"));
	if (!media_refuse_name(arena, slot, name))
		must(*media_refuse_kind(arena, slot, name, NULL) != '\0');
}

static const char *header_text;

static const char *
any_header(const struct req *q, const char *name)
{
	(void)q;
	(void)name;
	return header_text;
}

/* Whatever a header says: understood or refused, and a count is never below 0. */
static void
read_headers(struct arena *arena, const char *text)
{
	struct req q = { .arena = arena, .header = any_header };
	int64_t n = -1;

	header_text = text;
	must(tus_enter(&q) == (strcmp(text, TUS_VERSION) == 0 ? ERR_OK : ERR_TUS_VERSION));
	must(tus_number(&q, "HTTP_UPLOAD_OFFSET", &n) != ERR_OK || n >= 0);
	enum err e = piece_check(&q);
	must(e == ERR_OK || e == ERR_BAD_REQUEST);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const char *value;
	size_t length;

	if (size < 1)
		return 0;
	const struct slot *slot = &slots[data[0] % slots_count];
	const char *header = fuzz_text(arena, data + 1, size - 1);
	if (tus_metadata(arena, header, "filename", &value, &length) == ERR_OK)
		judge(arena, value, length, slot);
	judge(arena, header, size - 1, slot);
	read_headers(arena, header);
	return 0;
}
