#ifndef HANDLERS_ADMIN_KEYRING_H
#define HANDLERS_ADMIN_KEYRING_H

#include "fcgi/http/request.h"

/*
 * `portal admin keyring rotate [--ring keyring|vault|index] [--now]`: both
 * keyrings, or one, get a fresh key, every sealed column (sql/db/sealed.def) is sealed anew
 * with it in small batches while the program goes on, and the older key leaves
 * the file when nothing refers to it and no process of this host seals with it.
 * Killed at any point, it is finished by the next call.
 *
 * Values of personal fields also lie in sessions for up to PORTAL_SESSION_MAX:
 * until then the older key stays, unless --now (a registration under way is
 * then begun again).
 *
 * `index` is the key of look-ups (*_index): rows are looked for under the old
 * and the new one until all are indexed anew. What is counted or sent under an
 * index for minutes (codes by SMS, wrong passwords, pauses between SMS) begins
 * anew with it: whoever waits for a code asks for another.
 *
 * Older keys are appended to `<file>.retired`: backups of before need them. On
 * several hosts the file is shared; where it is copied, copy it after the first
 * call and take the older key out (--now) only when all hosts have it. The key of
 * the index is exchanged while one host runs alone: only its processes are waited for.
 */
int keyring_run(struct req *q, int argc, char *argv[]);

#endif
