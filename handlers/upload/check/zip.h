#ifndef HANDLERS_UPLOAD_CHECK_ZIP_H
#define HANDLERS_UPLOAD_CHECK_ZIP_H

#include "handlers/rules/table/names.h"
#include "handlers/rules/table/slots.h"
#include "handlers/upload/check/archive.h"

/* KIND_DOCX when its directory names the parts of a Word document, else KIND_ZIP. */
enum file_kind zip_kind(struct bytes file);

/* One that lies in another file. */
enum reason zip_inside(struct bytes file, struct totals *totals);

#endif
