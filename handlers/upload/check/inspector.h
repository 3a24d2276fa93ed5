#ifndef HANDLERS_UPLOAD_CHECK_INSPECTOR_H
#define HANDLERS_UPLOAD_CHECK_INSPECTOR_H

#include "fcgi/base/err.h"
#include "handlers/rules/table/names.h"
#include "handlers/rules/table/slots.h"

/*
 * Bytes from strangers are looked at in a child of this process, inside a
 * jail, and nowhere else. The child begins with the first file, stays for
 * the next ones, and is replaced when it dies or does not answer.
 *
 * magic_init() comes first. fd: open for reading, its offset does not matter.
 * REASON_UNCHECKED, logged, for a file that kills the checker twice or takes
 * more than 5 s of computing. ERR_UNAVAILABLE, logged, when no checker can be
 * started: that is not the file's fault, and it may be asked again.
 */
MUST_CHECK enum err inspector_ask(enum file_kind kind, int fd, enum reason *ret);

#endif
