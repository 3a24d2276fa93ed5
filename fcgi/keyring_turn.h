#ifndef FCGI_KEYRING_TURN_H
#define FCGI_KEYRING_TURN_H

#include "fcgi/keyring.h"

/*
 * Taking keys into use and out of use, while other processes seal and unseal:
 * `portal admin keyring`. All of it needs keyring_hold(), and the right to
 * replace the file. Stopped anywhere, it can be begun again.
 *
 *   keyring_turn_begin   nobody else turns this keyring meanwhile
 *   keyring_add          a fresh key seals; processes take it up by themselves
 *   …                    whoever calls seals anew what older keys sealed
 *   keyring_turn_alone   no process of this host seals with an older key any more
 *   …                    whoever calls looks once more
 *   keyring_retire       the older keys are gone
 */

/* ERR_CONFLICT: somebody turns it already. ERR_INTERNAL: its lock file is not ours (logged). */
MUST_CHECK enum err keyring_turn_begin(struct keyring *keyring);

/* now: Unix seconds. ERR_INTERNAL: too many keys, or the file cannot be replaced (logged). */
MUST_CHECK enum err keyring_add(struct keyring *keyring, int64_t now);

/* Keys in the file, and when the newest was added (0: with the file). */
size_t keyring_count(const struct keyring *keyring);
int64_t keyring_newest_since(const struct keyring *keyring);

/* Until keyring_close() no process can seal with an older key. ERR_CONFLICT: one still does. */
MUST_CHECK enum err keyring_turn_alone(struct keyring *keyring);

/*
 * Only the newest key is left in the file; the older ones are appended to
 * `<file>.retired`, to be put away with the backups that need them.
 * ERR_INTERNAL: a file cannot be written (logged).
 */
MUST_CHECK enum err keyring_retire(struct keyring *keyring);

#endif
