#ifndef HANDLERS_UPLOAD_CHECK_JAIL_H
#define HANDLERS_UPLOAD_CHECK_JAIL_H

#include "fcgi/base/err.h"

/*
 * For the rest of its life this process may compute, take memory, and use the
 * descriptors it has: no files, no network, no other processes, no output
 * (seccomp), and only so much memory and time. What else it asks of the kernel ends it, or
 * is refused where libraries look for files as a matter of course and do without.
 *
 * `socket`: the only descriptor it keeps. ERR_INTERNAL, logged, when the kernel
 * does not offer this; the process must not go on then.
 */
enum jail { JAIL_KILL, JAIL_REFUSE };
MUST_CHECK enum err jail_enter(int socket, enum jail otherwise);

/* How many system calls it may use. */
unsigned jail_calls(void);

#endif
