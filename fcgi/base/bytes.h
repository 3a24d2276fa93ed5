#ifndef FCGI_BASE_BYTES_H
#define FCGI_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>

#include "fcgi/base/arena.h"
#include "fcgi/base/err.h"

/* The texts bytes are written as, and bytes compared without telling where they differ. */

/* Same answer time wherever the first difference lies. */
bool bytes_equal(const void *a, const void *b, size_t size);

/* Bytes as text, in the arena. Never NULL. */
char *bytes_hex(struct arena *arena, const void *bytes, size_t size);       /* 0-9a-f */
char *bytes_hex_upper(struct arena *arena, const void *bytes, size_t size); /* 0-9A-F */
char *bytes_base64(struct arena *arena, const void *bytes, size_t size);    /* with padding */

/* Is it so many lower-case hex digits and nothing else? */
bool bytes_is_hex(const char *text, size_t digits);

/*
 * Text as bytes, strictly: either case of hex; for base64 the standard
 * alphabet, padded, no white space, no unused bits set - one text per value.
 * Bytes land in out[0 .. cap-1], their number in ret_size.
 *
 * ERR_INVALID  not such a text, or more than cap bytes
 */
MUST_CHECK enum err bytes_unhex(const char *text, void *out, size_t cap, size_t *ret_size);
MUST_CHECK enum err bytes_unbase64(const char *text, void *out, size_t cap, size_t *ret_size);

/* All but the unreserved characters of RFC 3986 as %XX, in the arena. */
char *bytes_percent(struct arena *arena, const char *text);
/* %XX and + (a blank) as they are meant, in place. false: malformed, or a NUL is in it. */
bool bytes_unpercent(char *text);

#endif
