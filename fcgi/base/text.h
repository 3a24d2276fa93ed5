#ifndef FCGI_BASE_TEXT_H
#define FCGI_BASE_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/base/arena.h"

/*
 * Text that came from outside: well-formed UTF-8 without characters that
 * break lines, reorder or hide what stands around them.
 */

/* The code point at *text, which moves behind it; -1 when malformed. Reads no further than a NUL. */
int32_t text_next(const char **text);
/* Is it a control or formatting character, which breaks lines, reorders or hides? */
bool text_is_hidden(int32_t point);

/*
 * Number of code points, or -1 when `s` is malformed or holds a control or
 * formatting character. multiline: line feeds and tabs are fine.
 */
int64_t text_length(const char *s, bool multiline);

/*
 * A copy in the arena without the blanks at both ends, CR LF as LF. Blanks are
 * those a browser's trim() takes that a keyboard makes: blank, tab, line ends,
 * the no-break and the full-width (U+3000) blank.
 */
char *text_trimmed(struct arena *arena, const char *s);
/* The beginning of well-formed text that fits into so many bytes, no character cut in two. */
const char *text_cut(struct arena *arena, const char *s, size_t bytes);
/* The same in place, line ends as they are: *s gets an end, the answer lies within. */
char *text_trim(char *s);
/* Is there nothing but blanks? */
bool text_is_blank(const char *s);

#endif
