#ifndef FCGI_CRYPTO_KEYRING_H
#define FCGI_CRYPTO_KEYRING_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/base/arena.h"
#include "fcgi/base/err.h"

/*
 * Encryption of single fields at rest. Whoever holds the database but not the
 * keyring file reads nothing, cannot move a value to another column unnoticed,
 * and cannot test guesses against the look-up index.
 *
 * The file has one line per key, `id hexkey [since]`: id 1 .. 2147483647,
 * ascending; 64 hex digits; Unix seconds. The last one seals, all of them
 * unseal. A line `index hexkey` holds the key of keyring_index(); without one
 * it is derived from the first key. While that key is exchanged, `index-next
 * hexkey` or `index-former hexkey` holds the other. `turn n` counts how often the
 * file was replaced. Lines starting with # are skipped. The file is replaced as
 * a whole; see fcgi/crypto/keyring_turn.h for how.
 *
 * `purpose` names what a value is ("person.phone"): a literal of the program.
 * A value sealed for one purpose does not open for another.
 *
 * The keys lie in pages of their own, which are in no core file and are empty
 * in a child after fork(): each process opens the file itself.
 */
struct keyring;

#define KEYRING_INDEX_SIZE 64 /* characters of keyring_index() */

/*
 * Create the file with one fresh key, mode 0600.
 *
 * ERR_EXISTS    the file exists; it is left alone
 * ERR_INTERNAL  it cannot be written (logged)
 */
MUST_CHECK enum err keyring_generate(const char *path);

/*
 * Owned by the caller: keyring_close(), which wipes the keys.
 *
 * ERR_INTERNAL  no such file, others may read it, or a line is malformed
 *               (logged, never the key)
 */
MUST_CHECK enum err keyring_open(const char *path, struct keyring **ret_keyring);
void keyring_close(struct keyring *keyring); /* NULL is fine */

/*
 * From now on other processes of this host can see which file this one uses: it
 * holds a read lock on the byte of its turn in `folder`/`name`.lock. What takes a
 * key out of use waits for it. ERR_INTERNAL: the file cannot be made (logged).
 */
MUST_CHECK enum err keyring_hold(struct keyring *keyring, const char *folder, const char *name);

/*
 * Between two requests: takes up the file if it was replaced. Costs one stat().
 * What cannot be read is logged, and the keys at hand stay. NULL is fine.
 */
void keyring_refresh(struct keyring *keyring);
/*
 * The same for the middle of a request: what was sealed in it may not
 * be committed yet, so the file that was used until now stays held.
 */
void keyring_look(struct keyring *keyring);

/* The id of the key that seals. */
int32_t keyring_newest(const struct keyring *keyring);

/*
 * Text -> `1:<key id>:<base64>`; 1 is AES-256-GCM, the bytes are nonce,
 * ciphertext, tag. Two seals of one text differ. NULL (no value) gives NULL.
 * The result needs 4/3 of the text's bytes and KEYRING_OVERHEAD.
 */
#define KEYRING_OVERHEAD 56
char *keyring_seal(const struct keyring *keyring, struct arena *arena, const char *purpose,
    const char *text);

/* The id of the key a value was sealed with; 0 when it is no sealed value. */
int32_t keyring_id_of(const char *sealed);

/*
 * The text again, in the arena. NULL (no value) gives NULL. A key id that is
 * not known makes it look for a new file first. keyring: NULL in a process that
 * was not given this one; then nothing opens.
 *
 * ERR_INTERNAL  altered, sealed for another purpose, or by a key that is not
 *               in the file (the purpose is logged, never the value)
 */
MUST_CHECK enum err keyring_unseal(struct keyring *keyring, struct arena *arena,
    const char *purpose, const char *sealed, char **ret_text);

/*
 * The same 64 hex digits for the same purpose and text, for a column with an
 * index. White space is dropped and a-z count as A-Z; anything further (a
 * country code, say) is for the caller to make uniform. text is not NULL.
 */
char *keyring_index(const struct keyring *keyring, struct arena *arena, const char *purpose,
    const char *text);

/*
 * What a row may be found under as well, while the index key is exchanged; NULL
 * at all other times. Who looks a row up looks under both; who adds one to a
 * unique column looks, once it stands there, under this one too.
 */
char *keyring_index_also(const struct keyring *keyring, struct arena *arena, const char *purpose,
    const char *text);

#endif
