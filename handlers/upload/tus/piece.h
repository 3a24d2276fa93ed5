#ifndef HANDLERS_UPLOAD_TUS_PIECE_H
#define HANDLERS_UPLOAD_TUS_PIECE_H

#include "fcgi/http/request.h"
#include "sql/application/upload.h"

/*
 * The body of a request becomes the next bytes of a partial upload that tx has
 * locked, and the request is answered with `status`. The piece that makes the
 * file whole is answered when the file was looked at. With Upload-Checksum
 * (sha1, sha256) a piece that differs is as if it had never come: ERR_CHECKSUM.
 */
MUST_CHECK enum err
piece_put(struct req *q, struct sql_tx *tx, const struct upload *u, int64_t offset, int status);

/* ERR_BAD_REQUEST when Upload-Checksum is there and cannot be read. */
MUST_CHECK enum err piece_check(struct req *q);

#endif
