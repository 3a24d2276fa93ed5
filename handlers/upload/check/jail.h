#ifndef HANDLERS_UPLOAD_CHECK_JAIL_H
#define HANDLERS_UPLOAD_CHECK_JAIL_H

#include "fcgi/base/err.h"

/*
 * For the rest of its life this process may compute, take memory, and use the
 * descriptors it has: no files, no network, no other processes, no output
 * (seccomp; any other system call kills it), and only so much memory and time.
 *
 * `socket`: the only descriptor it keeps. ERR_INTERNAL, logged, when the kernel
 * does not offer this; the process must not go on then.
 */
MUST_CHECK enum err jail_enter(int socket);

/* How many system calls it may use. */
unsigned jail_calls(void);

#endif
