#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "fcgi/base/arena.h"

/* Called by libFuzzer with any bytes at all. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The arena of all inputs, emptied. */
static inline struct arena *
fuzz_arena(void)
{
	static struct arena *arena;

	if (!arena)
		arena = arena_new((size_t)64 << 20);
	arena_reset(arena);
	return arena;
}

/* The input as a text. */
static inline char *
fuzz_text(struct arena *arena, const uint8_t *data, size_t size)
{
	return arena_strndup(arena, (const char *)data, size);
}

/* What has to hold whatever came in. */
static inline void
must(int holds)
{
	if (!holds)
		abort();
}

#endif
