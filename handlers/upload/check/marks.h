#ifndef HANDLERS_UPLOAD_CHECK_MARKS_H
#define HANDLERS_UPLOAD_CHECK_MARKS_H

#include "handlers/upload/check/bytes.h"

/*
 * Marks of other formats inside a file: what makes one file two. Marks are
 * long enough, or checked closely enough, that compressed data does not hold
 * them by chance (20 MB: fewer than one file in a thousand).
 */
enum foreign {
	FOREIGN_PDF = 1 << 0,       /* what readers that need no header look for */
	FOREIGN_PDF_HEAD = 1 << 13, /* "%PDF-" */
	FOREIGN_PNG = 1 << 1,
	FOREIGN_JPG = 1 << 2, /* a JFIF or Exif start */
	FOREIGN_GIF = 1 << 3,
	FOREIGN_MP4 = 1 << 4,
	FOREIGN_ZIP = 1 << 5,     /* a local file header */
	FOREIGN_ZIP_END = 1 << 6, /* the end of a central directory that could be one */
	FOREIGN_RAR = 1 << 7,     /* also 7z: readers look for both anywhere */
	FOREIGN_OLE = 1 << 8,
	FOREIGN_PAGE = 1 << 9,     /* HTML, PHP, shell */
	FOREIGN_PROGRAM = 1 << 10, /* PE, ELF */
	FOREIGN_POSTSCRIPT = 1 << 11,
	FOREIGN_OTHER = 1 << 12, /* sound, films, archives, discs, programs of rarer kinds */
};

/*
 * Look through a whole file once: from then until foreign_forget() questions about areas of it are
 * answered from a list, also others' copies of a pointer into it. false: more marks than are kept;
 * nothing is learnt then, and each question looks through its area, as for any other bytes.
 */
bool foreign_learn(struct bytes file);
void foreign_forget(void);

/* Does one stand anywhere in the area? `allowed`: bits of those that may. */
bool foreign_inside(struct bytes area, unsigned allowed);

#endif
