#ifndef HANDLERS_UPLOAD_CHECK_ZIP_H
#define HANDLERS_UPLOAD_CHECK_ZIP_H

#include "handlers/rules/table/names.h"
#include "handlers/rules/table/slots.h"
#include "handlers/upload/check/archive.h"

/* KIND_DOCX when its directory names the parts of a Word document, else KIND_ZIP. */
enum file_kind zip_kind(struct bytes file);
/* Is it what its parts make of it: a document of Word, or no document at all? */
enum reason zip_judge_package(struct bytes file, bool word);

/* Called for each entry: its name and its content, which ends when it is too long. */
typedef enum reason zip_seen(void *context, struct bytes name, struct bytes content);
/* All of an archive; seen may be NULL. */
enum reason zip_walk(struct bytes file, struct totals *totals, zip_seen *seen, void *context);
/* One that lies in another file. */
enum reason zip_inside(struct bytes file, struct totals *totals);

/* ASCII letters in any case. */
bool zip_name_ends(struct bytes name, const char *text);
bool zip_name_is(struct bytes name, const char *text);

#endif
