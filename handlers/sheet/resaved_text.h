#ifndef HANDLERS_SHEET_RESAVED_TEXT_H
#define HANDLERS_SHEET_RESAVED_TEXT_H

#include <stdbool.h>

#include "fcgi/base/arena.h"
#include "sql/key/sheet.h"

/*
 * Does a text, as programs get it out of a PDF, say all that the sheet prints but its secrets, and
 * not the other environment? Cells are broken into lines anywhere. Pure.
 */
bool resaved_says(struct arena *arena, const char *text, const char *number,
    const struct sheet_standing *sheet);
/* The number a sheet's text names, 32 hex digits in the arena; NULL: none. Pure. */
const char *resaved_number(struct arena *arena, const char *text);

#endif
