#ifndef FCGI_PAPER_ARCHIVE_H
#define FCGI_PAPER_ARCHIVE_H

#include "fcgi/paper/drawn.h"

/*
 * What cairo wrote, made a document for the archive: PDF/A-2u (ISO 19005-2)
 * with the title shown, in Chinese. Cairo 1.16 leaves out what that standard
 * asks for: metadata in XMP, which black is meant, how glyphs of the Chinese
 * font are numbered, the language, an identity. For pdf.c only.
 *
 * The file ends "startxref", the offset, "%%EOF", each on a line of its own;
 * whoever signs it does so in front of these.
 *
 * date: as XMP has it, 2026-11-23T10:13:20+08:00. Same bytes in, same bytes out.
 */
void pdf_archive(struct drawn *drawn, const char *title, const char *date);

#endif
