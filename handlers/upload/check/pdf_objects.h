#ifndef HANDLERS_UPLOAD_CHECK_PDF_OBJECTS_H
#define HANDLERS_UPLOAD_CHECK_PDF_OBJECTS_H

#include "handlers/upload/check/check.h"

/* A PDF as libqpdf reads it: its objects, decrypted and unpacked, whatever way they lie in the file. */

/*
 * Can every reader find its way through it, without a password, to at least one page, and is there
 * nothing that acts by itself, is attached, or unfolds beyond all measure?
 */
enum reason pdf_objects(struct bytes file);

/*
 * The same document with a table and an end as they ought to be, from one whose objects are whole.
 * false: libqpdf cannot read it either, or there is no room.
 */
bool pdf_repair(struct bytes file, struct copy *copy);

/* libqpdf says nothing by itself from now on: whatever it would print, nobody reads. */
void pdf_make_ready(void);

#endif
