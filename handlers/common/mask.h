#ifndef HANDLERS_COMMON_MASK_H
#define HANDLERS_COMMON_MASK_H

#include "fcgi/base/arena.h"

/*
 * Personal data as answers show it (M-4): enough to recognise one's
 * own, too little to use. Full values leave the program only through the
 * audited reveal. Results live in the arena; NULL (no value) gives NULL.
 */
/* clang-format off */
const char *mask_phone(struct arena *arena, const char *text);	/* 138****0000; a landline likewise */
const char *mask_id(struct arena *arena, const char *text);	/* first 3 and last 4; short ones less */
const char *mask_name(struct arena *arena, const char *text);	/* 王*慢, 王*; code points, not bytes */
/* clang-format on */

#endif
