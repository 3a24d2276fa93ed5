#ifndef FCGI_KEYRING_H
#define FCGI_KEYRING_H

#include "fcgi/arena.h"
#include "fcgi/err.h"

/*
 * Encryption of single fields at rest. Whoever holds the database but not the
 * keyring file reads nothing, cannot move a value to another column unnoticed,
 * and cannot test guesses against the look-up index.
 *
 * The file has one line per key, `id hexkey`: id 1 .. 2147483647, ascending;
 * 64 hex digits; lines starting with # are skipped. To rotate, append a line:
 * the last one seals, all of them unseal, the first one makes the index (so
 * look-ups survive a rotation). No key may be removed while values carry its id.
 *
 * `purpose` names what a value is ("operator.phone"): a literal of the program.
 * A value sealed for one purpose does not open for another.
 */
struct keyring;

#define KEYRING_KEYS_MAX 64
#define KEYRING_INDEX_SIZE 64 /* characters of keyring_index() */

/*
 * Create the file with one fresh key, mode 0600.
 *
 * ERR_EXISTS    the file exists; it is left alone
 * ERR_INTERNAL  it cannot be written (logged)
 */
MUST_CHECK enum err keyring_generate(const char *path);

/*
 * Owned by the caller: keyring_close(), which wipes the keys. Safe to share
 * over fork().
 *
 * ERR_INTERNAL  no such file, others may read it, or a line is malformed
 *               (logged, never the key)
 */
MUST_CHECK enum err keyring_open(const char *path, struct keyring **ret_keyring);
void keyring_close(struct keyring *keyring); /* NULL is fine */

/*
 * Text -> `1:<key id>:<base64>`; 1 is AES-256-GCM, the bytes are nonce,
 * ciphertext, tag. Two seals of one text differ. NULL (no value) gives NULL.
 * The result needs 4/3 of the text's bytes and KEYRING_OVERHEAD.
 */
#define KEYRING_OVERHEAD 56
char *keyring_seal(const struct keyring *keyring, struct arena *arena, const char *purpose,
    const char *text);

/*
 * The text again, in the arena. NULL (no value) gives NULL.
 *
 * ERR_INTERNAL  altered, sealed for another purpose, or by a key that is not
 *               in the file (the purpose is logged, never the value)
 */
MUST_CHECK enum err keyring_unseal(const struct keyring *keyring, struct arena *arena,
    const char *purpose, const char *sealed, char **ret_text);

/*
 * The same 64 hex digits for the same purpose and text, for a column with an
 * index. White space is dropped and a-z count as A-Z; anything further (a
 * country code, say) is for the caller to make uniform. text is not NULL.
 */
char *keyring_index(const struct keyring *keyring, struct arena *arena, const char *purpose,
    const char *text);

#endif
