#include "fcgi/base/buffer.h"

#include <stdio.h>
#include <string.h>

#include "fcgi/base/text.h"

#define FIRST 4096

void
buffer_add(struct buffer *b, const void *bytes, size_t size)
{
	if (size > b->size - b->used) {
		size_t more = b->size ? b->size : FIRST / 2;
		char *longer;

		do
			more *= 2;
		while (size > more - b->used);
		longer = arena_alloc(b->arena, more);
		if (b->used)
			memcpy(longer, b->text, b->used);
		b->text = longer;
		b->size = more;
	}
	memcpy(b->text + b->used, bytes, size);
	b->used += size;
}

void
buffer_integer(struct buffer *b, int64_t number)
{
	char digits[24];

	buffer_add(b, digits, (size_t)snprintf(digits, sizeof(digits), "%lld", (long long)number));
}

/* What cannot stand in a string as it is; NULL: it can. */
static const char *
escape(unsigned char byte, char room[8])
{
	switch (byte) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\n':
		return "\\n";
	default:
		if (byte >= 0x20)
			return NULL;
		snprintf(room, 8, "\\u%04x", byte);
		return room;
	}
}

bool
buffer_json(struct buffer *b, const char *text)
{
	size_t before = b->used;
	const char *from = text, *at = text;
	char room[8];

	buffer_add(b, "\"", 1);
	while (*at) {
		const char *instead = escape((unsigned char)*at, room);

		if (!instead && (unsigned char)*at < 0x80) {
			at++;
		} else if (!instead) {
			if (text_next(&at) < 0) {
				b->used = before;
				return false;
			}
		} else {
			buffer_add(b, from, (size_t)(at - from));
			buffer_add(b, instead, strlen(instead));
			from = ++at;
		}
	}
	buffer_add(b, from, (size_t)(at - from));
	buffer_add(b, "\"", 1);
	return true;
}

const char *
buffer_end(struct buffer *b)
{
	buffer_add(b, "", 1);
	b->used--;
	return b->text;
}
