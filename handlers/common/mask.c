#include "handlers/common/mask.h"

#include <string.h>

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

/* Bytes of the UTF-8 character at p. */
static size_t
character(const char *p)
{
	size_t size = 1;

	while (((unsigned char)p[size] & 0xc0) == 0x80)
		size++;
	return size;
}

const char *
mask_name(struct arena *arena, const char *text)
{
	size_t count = 0, first, last = 0;

	if (!text)
		return NULL;
	for (const char *p = text; *p; p += character(p)) {
		last = (size_t)(p - text);
		count++;
	}
	if (count < 2)
		return "*";
	first = character(text);
	if (count == 2)
		return arena_printf(arena, "%.*s*", (int)first, text);

	char *stars = arena_alloc(arena, count - 1);
	memset(stars, '*', count - 2);
	return arena_printf(arena, "%.*s%s%s", (int)first, text, stars, text + last);
}
