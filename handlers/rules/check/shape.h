#ifndef HANDLERS_RULES_CHECK_SHAPE_H
#define HANDLERS_RULES_CHECK_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The outline of an identifier as a picture of it: "H########" is an H and
 * eight digits. Quicker to read, and to run, than a regular expression; used
 * by the checks of format.h.
 */

/*
 * Does all of text look like shape? There, # is a digit, ? a digit or X, @ a
 * letter, * a letter or digit, % a hex digit and & a symbol of the
 * 统一社会信用代码; anything else, in upper case, is itself. Letters of text
 * count in either case. Neither is NULL.
 */
bool shaped(const char *text, const char *shape);

/* The first `count` characters as a number, at most 18; shaped() has seen that they are digits. */
int64_t shape_number(const char *digits, size_t count);

/* An ASCII letter to upper case, anything else as it is; unlike toupper, whatever the locale. */
char shape_upper(char c);

/* Value of a symbol of the 统一社会信用代码 (GB 32100-2015) in either case, 0 to 30; -1: none. */
int shape_uscc_value(char c);

#endif
