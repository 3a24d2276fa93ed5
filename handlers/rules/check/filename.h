#ifndef HANDLERS_RULES_CHECK_FILENAME_H
#define HANDLERS_RULES_CHECK_FILENAME_H

#include <stdbool.h>
#include <stddef.h>

#include "fcgi/base/arena.h"

/*
 * Names that files had where they came from: kept for people to read, never
 * used on disk. Texts live in the arena.
 */

#define FILENAME_MAX_CHARACTERS 200 /* Unicode code points */

/*
 * The name without its folders and without what does not show or turns the
 * direction of reading (control, bidi, zero-width); a long one loses
 * characters before its extension. NULL when the bytes are not UTF-8 or
 * nothing is left.
 */
const char *filename_clean(struct arena *arena, const char *bytes, size_t size);

/* Lower case, without the dot; "" when there is none. */
const char *filename_extension(struct arena *arena, const char *name);

/* The value of Content-Disposition (RFC 6266, RFC 8187). */
const char *filename_disposition(struct arena *arena, const char *name, bool shown);

#endif
