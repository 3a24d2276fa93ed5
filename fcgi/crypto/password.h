#ifndef FCGI_CRYPTO_PASSWORD_H
#define FCGI_CRYPTO_PASSWORD_H

#include <stdbool.h>

#include "fcgi/base/arena.h"
#include "fcgi/base/err.h"

/*
 * Passwords as Argon2id (m = 46 MiB, t = 1, p = 1), and fresh ones for people.
 * One computation takes tens of milliseconds and 46 MiB, so at most
 * PASSWORD_SLOTS run at a time on a host for one site, over all its processes,
 * whatever the load. A few more wait, up to PASSWORD_WAIT, as a worker that
 * waits serves nobody; all others are told at once that it is BUSY. What can be
 * refused for less is refused before one asks here.
 */
#define PASSWORD_SLOTS 2
#define PASSWORD_WAIT 800 /* milliseconds */

/*
 * lock_dir: an existing folder for the slots' lock files; site: whose slots,
 * so that a crowd at one does not stand in the way of the other. The same for
 * all processes of a site on the host; the strings must stay. NULL: no bound
 * (command line, tests). Called before fork(): the memory of the slots is mapped
 * then, once for all the children, as making 46 MiB anew takes longer than what
 * is done in it. It is wiped after each use. waiters: processes of this site that
 * may wait beside those at work.
 */
void password_init(const char *lock_dir, const char *site, unsigned waiters);

/*
 * PASSWORD_TURN(turn); takes a slot until the scope ends, or password_turn_end(): for who uses up
 * something before he comes to his hash, a code or a try, so that nothing of it is lost when it is
 * BUSY; and for two of them. What is done meanwhile is short. Errors as password_hash().
 */
struct password_turn {
	bool mine; /* false: some scope around has it */
};
#define PASSWORD_TURN(turn)                                                                        \
	struct password_turn turn __attribute__((cleanup(password_turn_end))) = { 0 };             \
	TRY(password_turn_begin(&turn))
MUST_CHECK enum err password_turn_begin(struct password_turn *turn);
void password_turn_end(struct password_turn *turn);

/*
 * The encoded hash (about 97 characters, salt inside), in the arena.
 *
 * ERR_BUSY         no slot came free in time, or too many wait
 * ERR_INTERNAL     a lock file cannot be made (logged)
 */
MUST_CHECK enum err password_hash(struct arena *arena, const char *text, char **ret_encoded);

/*
 * Was text hashed to encoded? Errors as password_hash(); ERR_INTERNAL also
 * when encoded is not an Argon2id hash.
 */
MUST_CHECK enum err password_verify(const char *encoded, const char *text, bool *ret_match);

/*
 * For an account that does not exist: the work of password_verify(), so that
 * the answer takes as long. The caller then says the same as for a mismatch.
 */
MUST_CHECK enum err password_dummy_verify(const char *text);

/*
 * A one-time password people can read from a message and type: 12 letters and
 * digits, at least one of each, none that look alike (0 O o, 1 l I i).
 */
char *password_random(struct arena *arena);

#endif
