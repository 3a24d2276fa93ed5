#ifndef FCGI_CRYPTO_KEYRING_FILE_H
#define FCGI_CRYPTO_KEYRING_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/base/err.h"

/* Writing and locking the files of a keyring, for keyring.c and keyring_turn.c. */

/* All of text to fd, and to the disk. */
MUST_CHECK enum err keyring_write(int fd, const char *path, const char *text);
/* What was made or renamed in the folder of `path` stays, also when the power fails. */
bool keyring_sync_folder(const char *path);
/* Logs why; always ERR_INTERNAL. of: a file or a purpose, never a value. */
MUST_CHECK enum err keyring_refuse(const char *of, const char *why);

/* A lock of this process on bytes (turns) of the file of locks; kind: F_RDLCK, F_WRLCK, F_UNLCK. */
bool keyring_lock(int fd, short kind, int32_t first, int32_t last);

#endif
