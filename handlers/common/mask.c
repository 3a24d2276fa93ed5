#include "handlers/common/mask.h"

#include <string.h>

#include "fcgi/base/text.h"

/* The first `head` and last `tail` bytes with stars between; less of a text that is short. */
static const char *
middle(struct arena *arena, const char *text, size_t head, size_t tail)
{
	if (!text)
		return NULL;
	size_t length = strlen(text);
	char *copy = arena_strndup(arena, text, length);

	if (length <= head + tail) {
		head = length > 2;
		tail = length > 3;
	}
	memset(copy + head, '*', length - head - tail);
	return copy;
}

const char *
mask_phone(struct arena *arena, const char *text)
{
	return middle(arena, text, 3, 4);
}

const char *
mask_id(struct arena *arena, const char *text)
{
	return middle(arena, text, 3, 4);
}

const char *
mask_name(struct arena *arena, const char *text)
{
	size_t count = 0, first = 0, last = 0;

	if (!text)
		return NULL;
	for (const char *p = text; *p; count++) {
		last = (size_t)(p - text);
		(void)text_next(&p);
		if (count == 0)
			first = (size_t)(p - text);
	}
	if (count < 2)
		return "*";
	if (count == 2)
		return arena_printf(arena, "%.*s*", (int)first, text);

	char *stars = arena_alloc(arena, count - 1);
	memset(stars, '*', count - 2);
	return arena_printf(arena, "%.*s%s%s", (int)first, text, stars, text + last);
}
