#ifndef HANDLERS_UPLOAD_CHECK_ZIP_ENTRY_H
#define HANDLERS_UPLOAD_CHECK_ZIP_ENTRY_H

#include "handlers/upload/check/zip.h"

/* One entry of a directory, and its place in the file. */
struct zip_entry {
	unsigned flags, method, made_by;
	uint32_t crc, attributes;
	uint64_t packed, size, offset; /* bytes */
	struct bytes name, extra, note;
	size_t record; /* bytes of it in the directory */
};

#define ZIP_FLAG_DESCRIPTOR 0x0008u

/* The record at the beginning of `directory`. REASON_BROKEN when there is none. */
enum reason zip_entry_read(struct bytes directory, struct zip_entry *ret);
/* Its name, its kind and its extra fields: what can be judged without its content. */
enum reason zip_entry_judge(const struct zip_entry *e);
/*
 * Its local header, at e->offset, has to say the same. *ret_data: its packed
 * content. `next`: where the next one has to begin.
 */
enum reason zip_entry_local(struct bytes file, const struct zip_entry *e, uint64_t next,
    struct bytes *ret_data);

#endif
