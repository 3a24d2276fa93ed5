#ifndef FCGI_TABLE_PART_H
#define FCGI_TABLE_PART_H

#include <zip.h>

#include "fcgi/base/err.h"

/*
 * One part of an .xlsx, unpacked and read as XML while it comes: of any length
 * it takes the same memory. Elements go by their names without a prefix. A
 * part that has a document type is refused, as it could make entities, and so
 * is one that goes on for a long time within one tag.
 */
struct part;

struct part_reader {
	/* attributes: name, value, name, value, …, NULL */
	void (*begin)(struct part *part, void *context, const char *name, const char **attributes);
	void (*end)(struct part *part, void *context, const char *name);
	void (*text)(void *context, const char *text, size_t size); /* or NULL */
};

/*
 * left: bytes that may still be unpacked, of this part and those after it; less by what was.
 * ERR_NOT_FOUND: the archive has no such part. ERR_INVALID: broken. ERR_TOO_LARGE: nothing is left.
 * Else what part_stop() said.
 */
MUST_CHECK enum err part_read(zip_t *zip, const char *name, const struct part_reader *reader,
    void *context, int64_t *left);
/* No more is read of it. */
void part_stop(struct part *part, enum err e);

/* The value of an attribute by its whole name; NULL when it has none. */
const char *part_attribute(const char **attributes, const char *name);
/* What stands behind the prefix: "r:id" -> "id". */
const char *part_local(const char *name);

#endif
