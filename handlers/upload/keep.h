#ifndef HANDLERS_UPLOAD_KEEP_H
#define HANDLERS_UPLOAD_KEEP_H

#include "fcgi/http/request.h"
#include "handlers/upload/check/inspect.h"
#include "sql/application/upload.h"

/*
 * A partial file that was judged good becomes a stored one, itself or in its mended copy, and
 * the virus scanner is asked by a job; nobody who fills in a form waits for it.
 *
 * digest: of the file as it came. *ret says what is kept, in the arena. After the commit
 * upload_keep_end(): a row must not promise what is gone.
 */
MUST_CHECK enum err upload_keep(struct req *q, struct sql_tx *tx, const struct upload *u,
    const struct verdict *verdict, const char *digest, struct upload_kept *ret);
void upload_keep_end(struct req *q, const struct upload *u, const struct upload_kept *kept);

#endif
