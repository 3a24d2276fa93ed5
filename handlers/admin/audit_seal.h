#ifndef HANDLERS_ADMIN_AUDIT_SEAL_H
#define HANDLERS_ADMIN_AUDIT_SEAL_H

#include "fcgi/http/request.h"
#include "sql/record/audit.h"

/*
 * The ends of the audit's chains, signed every minute by `portal jobs` and given away.
 *
 * Rows are chained by a hash anybody can compute (sql/record/audit.h): whoever may change them in
 * the database, its administrator or a worker that was taken over, could compute those behind anew.
 * So the ends are signed by SM2 with the key in PORTAL_AUDIT_KEY, which no worker can read. Each
 * signature is over a line that names the one before by its digest, so the newest stands for all:
 *
 *   jieru-audit 1 seal=<number> at=<Unix s> rows=<n> ends=<SM3 of the ends> before=<SM3>
 *
 * The line and its signature go to syslog and are appended to PORTAL_AUDIT_HEADS, both of which are
 * to leave the host. Before it signs, the job looks whether the chains still run through the ends
 * signed before and the newest line given away is still there; else it signs nothing more and says
 * so in the log, every minute.
 *
 * Found is, then: a change of any row that is older than the last seal (a minute, while `portal
 * jobs` runs), by whoever has not the key; seals taken away together with it, by whoever has
 * neither the key nor what was given away. Not found: what is changed before it is sealed, and
 * anything by whoever has the key and every copy of the lines.
 */
/* Of `portal jobs`: signs the ends, where there is something new. */
MUST_CHECK enum err audit_seal_run(struct req *q);

/*
 * audit_verify(), and then the seals: that they follow one another, the newest is signed by our key,
 * the chains run through its ends, what is older than AUDIT_SEAL_LATE is sealed, and each line of
 * `heads` (a file; NULL: none) is one of them. Without a key, or where it cannot be read, the
 * chains alone: *ret_sealed is the number of the newest seal, 0 for none.
 */
#define AUDIT_SEAL_LATE (15 * 60) /* seconds */
MUST_CHECK enum err audit_sealed_verify(struct req *q, const char *heads, struct audit_report *ret,
    int64_t *ret_sealed);

#endif
