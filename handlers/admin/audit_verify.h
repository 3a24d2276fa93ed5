#ifndef HANDLERS_ADMIN_AUDIT_VERIFY_H
#define HANDLERS_ADMIN_AUDIT_VERIFY_H

#include "fcgi/http/request.h"

/*
 * `portal admin audit-verify [--heads FILE]`: recomputes the audit's chains, checks their seals, and
 * those against the lines in FILE, which were given away (handlers/admin/audit_seal.h); prints one
 * line. Returns the exit status: 0 sound, 1 not, 2 it could not be read.
 */
int audit_verify_run(struct req *q, int argc, char *argv[]);

#endif
