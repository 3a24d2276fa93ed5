#ifndef FCGI_BASE_ARENA_H
#define FCGI_BASE_ARENA_H

#include <stddef.h>

/*
 * Memory that lives exactly as long as one request.
 *
 * Nothing taken from an arena is ever freed on its own; arena_reset() at the
 * end of the request gives everything back at once. No call returns NULL: the
 * router has already refused bodies larger than the route allows, so running
 * over `cap` is a bug of ours, and the process logs it and aborts (the
 * supervisor starts a fresh one).
 *
 * Not thread-safe; a worker serves one request at a time.
 */
struct arena;

/* cap: the most bytes one request may take. Owned by the caller: arena_free(). */
struct arena *arena_new(size_t cap);
void arena_free(struct arena *arena); /* NULL is fine */
void arena_reset(struct arena *arena);

/* Zeroed and aligned for any type. size 0 gives a distinct valid pointer. */
void *arena_alloc(struct arena *arena, size_t size);
char *arena_strndup(struct arena *arena, const char *s, size_t len);
char *
arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_alloc((arena), (count) * sizeof(type)))

#endif
