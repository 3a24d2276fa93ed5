#ifndef HANDLERS_UPLOAD_UPLOAD_H
#define HANDLERS_UPLOAD_UPLOAD_H

#include "fcgi/http/answer.h"

/*
 * Files of applications and units: tus 1.0.0 (core, creation, creation-with-upload, expiration,
 * checksum, termination) at
 * /api/v1/uploads, and what is shown of a file. Every answer to a tus request
 * carries Tus-Resumable; another version than 1.0.0 is ERR_TUS_VERSION.
 */

/* Bytes of one PATCH: the largest file in one piece, for clients that do not cut it. */
#define UPLOAD_PIECE_MAX ((size_t)30 * 1024 * 1024)

/* OPTIONS /uploads - 204 with what the server can do. */
MUST_CHECK enum err upload_options(struct req *q);

/*
 * POST /uploads - Upload-Length and Upload-Metadata `slot`, `filename`.
 * 201 with Location. 413 larger than the slot takes; 422 no such slot, empty,
 * or another kind of file by its name; 429 too many unfinished
 * ones, or too many bytes in a day. A body is the first piece, as for PATCH.
 */
MUST_CHECK enum err upload_create(struct req *q);

/* HEAD /uploads/{key} - 200 with Upload-Offset, what is on the disk for good, and Upload-Length. */
MUST_CHECK enum err upload_head(struct req *q);

/*
 * PATCH /uploads/{key} - the body goes to Upload-Offset. 204 with the new
 * Upload-Offset. The piece that makes a file whole is answered when the file
 * was looked at: 204 it is stored, 422 it is refused and gone.
 * 409 another offset; 413 more than declared; 460 another checksum; 423 somebody is writing to it.
 */
MUST_CHECK enum err upload_append(struct req *q);

/* DELETE /uploads/{key} - 204, a partial upload is gone. 409 it is stored. */
MUST_CHECK enum err upload_end(struct req *q);

/* GET /uploads/{key} - what is known of it, for its readers. */
extern const struct answer upload_answer;
MUST_CHECK enum err upload_show(struct req *q);

/*
 * GET /uploads/{key}/content - the bytes, from nginx, for its
 * readers: the unit's people, and the bureaus it was filed with. Each view is
 * in the audit.
 */
extern const struct answer upload_content_answer;
extern const struct form content_query;
MUST_CHECK enum err upload_content(struct req *q);

#endif
