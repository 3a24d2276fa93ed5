#ifndef HANDLERS_UPLOAD_CHECK_CHECK_H
#define HANDLERS_UPLOAD_CHECK_CHECK_H

#include "handlers/rules/table/names.h"
#include "handlers/upload/check/bytes.h"

/*
 * Is a whole file what its kind says, from its first byte to its last, and
 * nothing else beside? Each looks at the structure of one kind and
 * answers with the first reason against it, REASON_NONE for a sound one. They
 * keep nothing, write nothing, and may be given any bytes at all; they run
 * inside the jail (handlers/upload/check/jail.h).
 */

enum reason inspect_pdf(struct bytes file);
enum reason inspect_jpg(struct bytes file);
enum reason inspect_png(struct bytes file);
enum reason inspect_mp4(struct bytes file);
enum reason inspect_zip(struct bytes file);
enum reason inspect_rar(struct bytes file);
enum reason inspect_doc(struct bytes file);
enum reason inspect_docx(struct bytes file);

#endif
