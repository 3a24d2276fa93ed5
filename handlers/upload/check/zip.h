#ifndef HANDLERS_UPLOAD_CHECK_ZIP_H
#define HANDLERS_UPLOAD_CHECK_ZIP_H

#include "handlers/rules/table/names.h"
#include "handlers/upload/check/bytes.h"

/*
 * An archive from its first byte to its last: entries stand one after the other
 * in the order of the directory, each is unpacked in memory and as large as it
 * says, the directory follows, then the end. Archives inside are walked too.
 */

/* What all archives inside one file come to together. */
struct zip_totals {
	unsigned entries, depth;
	uint64_t expanded; /* bytes */
};

#define ZIP_SEEN_MAX ((size_t)256 * 1024)

/* Called for each entry of the outermost archive: its name, and its first ZIP_SEEN_MAX bytes. */
typedef enum reason zip_seen(void *context, struct bytes name, struct bytes content);

enum reason zip_walk(struct bytes file, struct zip_totals *totals, zip_seen *seen, void *context);

/* Is it that name? ASCII letters in any case. */
bool zip_name_is(struct bytes name, const char *text);
/* Does it end so? */
bool zip_name_ends(struct bytes name, const char *text);

#endif
