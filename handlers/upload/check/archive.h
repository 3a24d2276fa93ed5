#ifndef HANDLERS_UPLOAD_CHECK_ARCHIVE_H
#define HANDLERS_UPLOAD_CHECK_ARCHIVE_H

#include "handlers/rules/table/names.h"
#include "handlers/upload/check/bytes.h"

/* What is the same for every archive, and for archives inside of archives. */

#define ARCHIVE_ENTRIES_MAX 10000u
#define ARCHIVE_EXPANDED_MAX                                                                       \
	((uint64_t)512 << 20) /* of all entries; more takes too long to look through */
#define ARCHIVE_DEPTH_MAX 3u

/* What all archives inside one file come to together. */
struct totals {
	unsigned entries, depth;
	uint64_t expanded; /* bytes */
	/* a ZIP among them is looked at more closely than libarchive does: zip_inside() */
	enum reason (*zip)(struct bytes file, struct totals *totals);
};

/* One more entry, of size bytes, in an archive of packed bytes. */
enum reason archive_count(struct totals *totals, uint64_t size, uint64_t packed);

/* A name that leads out of its folder, or that of a program, a script or a shortcut. */
enum reason archive_judge_name(struct bytes name);
/* The beginning of an entry: that of a program? */
enum reason archive_judge_content(struct bytes first);

/* Does it begin as an archive does: ZIP, RAR, 7z, tar, or what gzip, bzip2, xz make? */
bool archive_begins(struct bytes content);
/* Is it named as one, or as a document that is a ZIP inside? */
bool archive_is_named(struct bytes name);

/* An archive in an archive, whole in memory. */
enum reason archive_inside(struct bytes content, struct totals *totals);
/* Entries that only libarchive can unpack: their names, and what they begin with. */
enum reason archive_walk(struct bytes file, struct totals *totals);

#endif
