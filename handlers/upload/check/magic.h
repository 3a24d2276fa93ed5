#ifndef HANDLERS_UPLOAD_CHECK_MAGIC_H
#define HANDLERS_UPLOAD_CHECK_MAGIC_H

#include <stddef.h>

#include "fcgi/base/err.h"

/* libmagic: what a file is by its content. One database per process. */

/* Load the database, before workers are forked so that they share it. ERR_INTERNAL, logged. */
MUST_CHECK enum err magic_init(void);
/*
 * The media type of bytes, as libmagic names it: "application/pdf",
 * "application/octet-stream" when it knows nothing; good until the next call.
 * After magic_init() only. ERR_INTERNAL, logged.
 */
MUST_CHECK enum err magic_type(const unsigned char *bytes, size_t size, const char **ret);

#endif
