#ifndef HANDLERS_UPLOAD_CHECK_INSPECTOR_H
#define HANDLERS_UPLOAD_CHECK_INSPECTOR_H

#include "fcgi/base/err.h"
#include "handlers/upload/check/kind.h"

/* What the checker says of a file. */
struct finding {
	enum reason reason;
	enum file_kind kind; /* by its content; 0 when it is none that is known */
	size_t copy;         /* bytes of the copy that is to be kept instead; 0 for none */
};

/*
 * Bytes from strangers are looked at in a child of this process, inside a
 * jail, and nowhere else. The child begins with the first file, stays for
 * the next ones, and is replaced when it dies or does not answer.
 *
 * magic_init() comes first. fd: open for reading, its offset does not matter. copy: a file in
 * memory, as large as a copy may become.
 * REASON_UNCHECKED, logged, for a file that kills the checker twice or takes
 * more than 5 s of processor time, however long that is by the clock. ERR_UNAVAILABLE, logged, when
 * no checker can be started, or it gets no time at all: that is not the file's fault, and it may be
 * asked again.
 */
MUST_CHECK enum err inspector_ask(struct wanted wanted, int fd, int copy, struct finding *ret);

#endif
