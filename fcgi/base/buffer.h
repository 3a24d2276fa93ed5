#ifndef FCGI_BASE_BUFFER_H
#define FCGI_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fcgi/base/arena.h"

/*
 * Text that grows at its end, in an arena. Zeroed but for the arena it is empty:
 *
 *	struct buffer b = { .arena = arena };
 *	buffer_add(&b, "{", 1);
 */
struct buffer {
	struct arena *arena;
	char *text; /* `used` bytes, no NUL behind them until buffer_end() */
	size_t used, size;
};

void buffer_add(struct buffer *b, const void *bytes, size_t size);
void buffer_integer(struct buffer *b, int64_t number);
/* As a string of JSON (RFC 8259), quotes included. False, nothing added: it is not UTF-8. */
bool buffer_json(struct buffer *b, const char *text);
/* The text, NUL-terminated, in the arena; the next addition may leave it behind. */
const char *buffer_end(struct buffer *b);

#endif
