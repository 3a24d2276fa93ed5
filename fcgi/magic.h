#ifndef FCGI_MAGIC_H
#define FCGI_MAGIC_H

#include "fcgi/arena.h"
#include "fcgi/err.h"

/* libmagic: what a file is by its content. One database per process. */

/* Load the database, before workers are forked so that they share it. ERR_INTERNAL, logged. */
MUST_CHECK enum err magic_init(void);
/*
 * The media type of an open file, whatever its offset, as libmagic names it:
 * "application/pdf", "application/octet-stream" when it knows nothing. In the
 * arena. After magic_init() only. ERR_INTERNAL, logged.
 */
MUST_CHECK enum err magic_type(int fd, struct arena *arena, const char **ret);

#endif
