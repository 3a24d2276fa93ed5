#ifndef HANDLERS_UPLOAD_INSPECTOR_H
#define HANDLERS_UPLOAD_INSPECTOR_H

#include "handlers/rules/inspect_reason.h"
#include "handlers/rules/kinds.h"

/*
 * Bytes from strangers are looked at in a child of this process, inside a
 * sandbox, and nowhere else. The child begins with the first file, stays for
 * the next ones, and is replaced when it dies or does not answer.
 *
 * magic_init() comes first. fd: open for reading, its offset does not matter.
 * REASON_UNCHECKED, logged, when there was no answer within 5 s.
 */
enum reason inspector_ask(enum file_kind kind, int fd);

#endif
