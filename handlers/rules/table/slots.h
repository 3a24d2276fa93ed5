#ifndef HANDLERS_RULES_TABLE_SLOTS_H
#define HANDLERS_RULES_TABLE_SLOTS_H

#include <stddef.h>
#include <stdint.h>

/* What may be uploaded where: upload.def. */

/* What a file can be, by its content. */
enum file_kind {
	KIND_PDF = 1 << 0,
	KIND_JPG = 1 << 1,
	KIND_PNG = 1 << 2,
	KIND_MP4 = 1 << 3,
	KIND_ZIP = 1 << 4,
	KIND_RAR = 1 << 5,
	KIND_DOC = 1 << 6,
	KIND_DOCX = 1 << 7,
};

struct slot {
	const char *name;
	int64_t max_bytes;      /* inclusive */
	const char *extensions; /* lower case, separated by blanks */
	unsigned kinds;         /* enum file_kind */
	const char *text;       /* as people read it */
};
extern const struct slot slots[];
extern const size_t slots_count;
const struct slot *slot_by_name(const char *name); /* NULL when there is none */

#endif
