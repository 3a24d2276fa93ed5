#ifndef HANDLERS_UPLOAD_CHECK_JPG_MORE_H
#define HANDLERS_UPLOAD_CHECK_JPG_MORE_H

#include "handlers/upload/check/bytes.h"

/* What cameras and telephones put behind the end of a JPEG. */

/*
 * The nearest picture at or behind `from` that the MPF segment (CIPA DC-007)
 * lists, whose offsets count from `base`, as large as it says there. false:
 * none is left, or the list cannot be read.
 */
bool jpg_next_picture(struct bytes file, size_t base, size_t from, struct bytes *ret);

/* Nothing but NUL, white space, 0xff and an end of picture once more. */
bool jpg_is_padding(struct bytes area);

/*
 * Notes of Samsung and vivo, whole and with nothing but what their own structure
 * holds; the film that some put there as well makes it a file of two formats.
 */
bool jpg_is_telephone_note(struct bytes tail);

#endif
