#ifndef FCGI_CRYPTO_KEYRING_TURN_H
#define FCGI_CRYPTO_KEYRING_TURN_H

#include "fcgi/crypto/keyring.h"
#include "fcgi/crypto/keyring_step.h"

/*
 * Taking keys into use and out of use, while other processes seal and unseal.
 * All of it needs keyring_hold(), and the right to
 * replace the file. Stopped anywhere, it can be begun again.
 *
 *   keyring_turn_begin   nobody else turns this keyring meanwhile
 *   keyring_add          a fresh key seals; processes take it up by themselves
 *   …                    whoever calls seals anew what older keys sealed
 *   keyring_turn_alone   no process of this host uses an older file any more
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

/* Until keyring_close() no process can use an older file. ERR_CONFLICT: one still does. */
MUST_CHECK enum err keyring_turn_alone(struct keyring *keyring);

/*
 * Only the newest key is left in the file; the older ones are appended to
 * `<file>.retired`, to be put away with the backups that need them.
 * ERR_INTERNAL: a file cannot be written (logged).
 */
MUST_CHECK enum err keyring_retire(struct keyring *keyring);

/*
 * The key of keyring_index(). Two processes that differ by one step still agree
 * on every row: each looks under both keys.
 *
 *   STILL    keyring_index_announce    all look under the next key too
 *   COMING   keyring_turn_alone        …all of them
 *            keyring_index_switch      the next key is in force, the former looked for too
 *   LEAVING  keyring_turn_alone        nobody writes the former any more
 *            …                         whoever calls writes every row's index anew
 *            keyring_index_retire      the former is gone; it is put aside as above
 *
 * ERR_INTERNAL: a file cannot be written (logged).
 */
enum keyring_step keyring_index_step(const struct keyring *keyring);
MUST_CHECK enum err keyring_index_announce(struct keyring *keyring);
MUST_CHECK enum err keyring_index_switch(struct keyring *keyring);
MUST_CHECK enum err keyring_index_retire(struct keyring *keyring);

#endif
