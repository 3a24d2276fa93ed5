#ifndef HANDLERS_UPLOAD_CHECK_DOC_H
#define HANDLERS_UPLOAD_CHECK_DOC_H

#include "handlers/rules/table/names.h"
#include "handlers/upload/check/bytes.h"

/* Objects of other programs in documents: OLE2 files, as .doc is one. */

bool ole_begins(struct bytes content);
/* Does one hold a program, a script, or the address of something that is fetched? */
enum reason ole_judge_object(struct bytes content);

#endif
