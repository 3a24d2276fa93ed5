#ifndef FCGI_CRYPTO_KEYRING_INSIDE_H
#define FCGI_CRYPTO_KEYRING_INSIDE_H

#include <stdint.h>
#include <sys/stat.h>

#include "fcgi/base/err.h"
#include "fcgi/crypto/keyring_step.h"

/* The inside of a keyring, for keyring.c and for keyring_turn.c, which replaces its file. */

#define KEYRING_KEY_SIZE 32
#define KEYRING_KEYS_MAX 64
#define KEYRING_PATH_MAX 1024
#define KEYRING_FILE_MAX ((size_t)16 * 1024)
#define KEYRING_LINE_MAX 96

struct keyring_key {
	int32_t id;
	int64_t since; /* Unix seconds it was added; 0: with the file */
	unsigned char seal[KEYRING_KEY_SIZE];
};

/* Which file this was: a file is replaced, never changed. */
struct keyring_mark {
	dev_t device;
	ino_t inode;
	off_t size;
	struct timespec changed;
};

struct keyring {
	size_t count;
	struct keyring_key keys[KEYRING_KEYS_MAX]; /* as in the file, oldest first */
	enum keyring_step step;                    /* of an exchange of the index key */
	unsigned char index[KEYRING_KEY_SIZE];     /* in force */
	unsigned char other[KEYRING_KEY_SIZE];     /* the one coming or leaving; see step */
	int32_t turn; /* how often the file was replaced; never less than the newest id */
	struct keyring_mark mark;
	int hold;     /* file of locks, see keyring_hold(); or -1 */
	int32_t held; /* turn this process holds there, and no other, between two requests */
	char path[KEYRING_PATH_MAX];
};

/* The file's text, which is cut into its lines, into an empty keyring. ERR_INVALID. */
MUST_CHECK enum err keyring_parse(struct keyring *keyring, char *text);

#endif
