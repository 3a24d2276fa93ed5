#ifndef HANDLERS_UPLOAD_CHECK_CHECK_H
#define HANDLERS_UPLOAD_CHECK_CHECK_H

#include "handlers/rules/table/names.h"
#include "handlers/rules/table/slots.h"
#include "handlers/upload/check/bytes.h"

/*
 * Is a whole file what its kind says, from its first byte to its last, and
 * nothing else beside? Each looks at the structure of one kind and
 * answers with the first reason against it, REASON_NONE for a sound one. They
 * keep nothing, and may be given any bytes at all; they run
 * inside the jail (handlers/upload/check/jail.h).
 */

/*
 * What is kept instead of the file when it is sound but for a blemish: written by the checker that
 * answers REASON_NONE. size 0: the file itself is kept.
 */
struct copy {
	unsigned char *room;
	size_t max, size; /* bytes */
};

typedef enum reason inspect_look(struct bytes file, struct copy *copy);
inspect_look inspect_pdf, inspect_jpg, inspect_png, inspect_mp4, inspect_zip, inspect_rar,
    inspect_doc, inspect_docx;

/* Bytes of the file, or made of it, that are kept instead of it. false: no room. */
static inline bool
copy_bytes(struct copy *copy, struct bytes from)
{
	if (from.size == 0 || from.size > copy->max)
		return false;
	memcpy(copy->room, from.at, from.size);
	copy->size = from.size;
	return true;
}

#endif
