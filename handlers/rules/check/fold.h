#ifndef HANDLERS_RULES_CHECK_FOLD_H
#define HANDLERS_RULES_CHECK_FOLD_H

#include "fcgi/base/arena.h"

/*
 * Texts that people write, type and scan in several ways, in one form to compare: without blanks and
 * hidden characters, full width as half width, any bracket as ( or ), letters upper case. Pure; text is not NULL,
 * malformed bytes are left out; the result is in the arena.
 */
char *fold_name(struct arena *arena, const char *text);

/*
 * The same for codes as a machine reads them from a picture: a 统一社会信用代码 has no I, O, S, V and Z, so
 * these are the digits they are mistaken for.
 */
char *fold_code(struct arena *arena, const char *text);

#endif
