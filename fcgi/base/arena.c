#include "fcgi/base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)64 * 1024)

struct block {
	struct block *next;
	size_t size, used;
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct block *blocks; /* newest first */
	size_t cap, total;
};

static _Noreturn void
give_up(const char *why)
{
	fprintf(stderr, "arena: %s\n", why);
	abort();
}

struct arena *
arena_new(size_t cap)
{
	struct arena *arena = calloc(1, sizeof(*arena));

	if (!arena)
		give_up("out of memory");
	arena->cap = cap;
	return arena;
}

void
arena_reset(struct arena *arena)
{
	while (arena->blocks) {
		struct block *old = arena->blocks;

		arena->blocks = old->next;
		free(old);
	}
	arena->total = 0;
}

void
arena_free(struct arena *arena)
{
	if (!arena)
		return;
	arena_reset(arena);
	free(arena);
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	const size_t step = alignof(max_align_t);
	struct block *block = arena->blocks;

	if (size > arena->cap)
		give_up("over the request's cap");
	size = size ? (size + step - 1) / step * step : step;
	if (!block || block->size - block->used < size) {
		size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;

		if (room > arena->cap - arena->total)
			give_up("over the request's cap");
		block = calloc(1, sizeof(*block) + room);
		if (!block)
			give_up("out of memory");
		block->size = room;
		block->next = arena->blocks;
		arena->blocks = block;
		arena->total += room;
	}
	void *p = block->bytes + block->used;
	block->used += size;
	return p;
}

char *
arena_strndup(struct arena *arena, const char *s, size_t len)
{
	char *copy = arena_alloc(arena, len + 1);

	memcpy(copy, s, len);
	return copy;
}

char *
arena_printf(struct arena *arena, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	int len = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	if (len < 0)
		give_up("bad format");
	char *s = arena_alloc(arena, (size_t)len + 1);
	va_start(ap, format);
	vsnprintf(s, (size_t)len + 1, format, ap);
	va_end(ap);
	return s;
}
