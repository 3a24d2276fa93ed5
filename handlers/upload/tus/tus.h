#ifndef HANDLERS_UPLOAD_TUS_TUS_H
#define HANDLERS_UPLOAD_TUS_TUS_H

#include "fcgi/http/request.h"

/* The headers of tus 1.0.0. */

#define TUS_VERSION "1.0.0"

/* Sets Tus-Resumable on the answer. ERR_TUS_VERSION, with Tus-Version, when the request's differs. */
MUST_CHECK enum err tus_enter(struct req *q);

/* Unfinished uploads go this long after their last piece: seconds. */
#define TUS_AGE ((int64_t)24 * 60 * 60)

/* Sets Upload-Expires for an upload that was last written to at `touched` (Unix seconds). */
void tus_expires(struct req *q, int64_t touched);

/* A name for a file that comes: 32 lower-case hex digits by chance. */
const char *tus_new_id(struct arena *arena);

/* What pieces may be summed by, as OPTIONS says. */
#define TUS_SUMS "sha1,sha256"
bool tus_sums_by(const char *name);

/* A header that is a count of bytes: digits only. ERR_BAD_REQUEST. */
MUST_CHECK enum err tus_number(const struct req *q, const char *name, int64_t *ret);

/*
 * The value of a key in Upload-Metadata ("key base64,key base64"), decoded, in
 * the arena, followed by a NUL that is not counted. ERR_BAD_REQUEST when the
 * header is malformed, names the key twice or not at all.
 */
MUST_CHECK enum err tus_metadata(struct arena *arena, const char *header, const char *key,
    const char **ret, size_t *ret_size);

#endif
