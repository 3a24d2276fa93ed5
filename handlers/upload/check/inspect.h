#ifndef HANDLERS_UPLOAD_CHECK_INSPECT_H
#define HANDLERS_UPLOAD_CHECK_INSPECT_H

#include <stddef.h>

#include "fcgi/base/arena.h"
#include "fcgi/base/err.h"
#include "handlers/rules/check/media.h"

/*
 * Is a whole file what its slot takes: size, extension, and content, which the
 * inspector looks at (handlers/upload/check/inspector.h). One verdict for uploads and
 * for `portal inspect`. magic_init() comes first.
 */
struct verdict {
	const char *reason;        /* why it is refused, as the uploader reads it; or NULL */
	const struct media *media; /* what it is by its content, when it is not refused */
	/*
	 * A file in memory that is to be kept in its place, from its first byte: without a blemish
	 * it had, or without the moving part of a photograph. -1 for none. verdict_end() closes it.
	 */
	int copy;
};

/* name: cleaned. fd: open for reading. Errors are of the disk or of this host, not of the file. */
MUST_CHECK enum err inspect(struct arena *arena, const struct slot *slot, const char *name, int fd,
    struct verdict *ret);
void verdict_end(struct verdict *verdict);

#endif
