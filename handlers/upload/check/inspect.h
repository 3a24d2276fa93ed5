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
	const struct media *media; /* what it is, when it is not refused */
};

/* name: cleaned. fd: open for reading. Errors are of the disk or of this host, not of the file. */
MUST_CHECK enum err inspect(struct arena *arena, const struct slot *slot, const char *name, int fd,
    struct verdict *ret);

/*
 * The subcommand: per file a line FILE<TAB>accepted or FILE<TAB>refused<TAB>reason.
 * Returns the exit status: 0 all accepted, 1 some refused, 2 no such slot or
 * a file that cannot be read.
 */
int inspect_main(struct arena *arena, const char *slot, char *const files[], size_t count);

#endif
