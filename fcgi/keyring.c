#include "fcgi/keyring.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fcgi/log.h"
#include "fcgi/sm.h"

#define KEY_SIZE 32
#define NONCE_SIZE 12
#define TAG_SIZE 16
#define FILE_MAX ((size_t)16 * 1024)
#define ALGORITHM "1" /* AES-256-GCM */

struct key {
	int32_t id;
	unsigned char seal[KEY_SIZE];
};

struct keyring {
	size_t count;
	struct key keys[KEYRING_KEYS_MAX]; /* as in the file, oldest first */
	unsigned char index[KEY_SIZE];     /* from the oldest */
};

/* of: a file or a purpose. */
static enum err
refuse(const char *of, const char *why)
{
	log_line(LOG_ERROR, "keyring", "of=%s reason=\"%s\"", of, why);
	return ERR_INTERNAL;
}

/* HKDF-SHA256: the file's key is never used itself, so its uses cannot meet. */
static void
derive(const unsigned char master[KEY_SIZE], const char *use, unsigned char ret_key[KEY_SIZE])
{
	char digest[] = "SHA256", info[32];
	unsigned char secret[KEY_SIZE];
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret, sizeof(secret)),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info, strlen(use)),
		OSSL_PARAM_construct_end(),
	};
	EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
	EVP_KDF_CTX *ctx = EVP_KDF_CTX_new(kdf);

	memcpy(secret, master, KEY_SIZE);
	snprintf(info, sizeof(info), "%s", use);
	if (!ctx || EVP_KDF_derive(ctx, ret_key, KEY_SIZE, params) != 1)
		sm_give_up("HKDF");
	EVP_KDF_CTX_free(ctx);
	EVP_KDF_free(kdf);
	OPENSSL_cleanse(secret, sizeof(secret));
}

/* ---- the file ---- */

static enum err
write_all(int fd, const char *text, size_t size)
{
	while (size) {
		ssize_t n = write(fd, text, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return ERR_INTERNAL;
		text += n;
		size -= (size_t)n;
	}
	return fsync(fd) ? ERR_INTERNAL : ERR_OK;
}

/* The directory too, else the only copy of the key may be gone after a power cut. */
static enum err
sync_folder(const char *path)
{
	char copy[PATH_MAX];

	if ((size_t)snprintf(copy, sizeof(copy), "%s", path) >= sizeof(copy))
		return ERR_INTERNAL;
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return ERR_INTERNAL;
	int failed = fsync(fd);
	close(fd);
	return failed ? ERR_INTERNAL : ERR_OK;
}

enum err
keyring_generate(const char *path)
{
	unsigned char key[KEY_SIZE];
	char line[KEY_SIZE * 2 + 8] = "1 ";
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return errno == EEXIST ? ERR_EXISTS : refuse(path, strerror(errno));
	sm_random(key, sizeof(key));
	for (size_t i = 0; i < KEY_SIZE; i++)
		snprintf(line + 2 + i * 2, 3, "%02x", key[i]);
	line[2 + KEY_SIZE * 2] = '\n';
	enum err e = write_all(fd, line, strlen(line));
	OPENSSL_cleanse(key, sizeof(key));
	OPENSSL_cleanse(line, sizeof(line));
	close(fd);
	if (e == ERR_OK)
		e = sync_folder(path);
	if (e != ERR_OK) {
		refuse(path, "cannot be written");
		unlink(path);
	}
	return e;
}

/* The whole file into text[0 .. FILE_MAX], NUL-terminated. */
static enum err
read_file(const char *path, char text[FILE_MAX + 1])
{
	struct stat st;
	size_t size = 0;
	ssize_t n = 1;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return refuse(path, strerror(errno));
	if (fstat(fd, &st) || !S_ISREG(st.st_mode) || st.st_mode & S_IRWXO) {
		close(fd);
		return refuse(path, "must be a regular file closed to others (chmod o=)");
	}
	while (n > 0 && size < FILE_MAX) {
		n = read(fd, text + size, FILE_MAX - size);
		if (n > 0)
			size += (size_t)n;
	}
	close(fd);
	if (n < 0 || size == FILE_MAX || memchr(text, 0, size))
		return refuse(path, "cannot be read as a keyring");
	text[size] = 0;
	return ERR_OK;
}

/* One line, cut at its end by the caller. */
static enum err
take_line(struct keyring *keyring, char *line)
{
	unsigned char master[KEY_SIZE];
	char *hex = strchr(line, ' '), *end;
	int32_t last = keyring->count ? keyring->keys[keyring->count - 1].id : 0;
	size_t size = 0;

	if (!hex || line[0] < '1' || line[0] > '9' || keyring->count == KEYRING_KEYS_MAX)
		return ERR_INVALID;
	*hex++ = 0;
	errno = 0;
	long id = strtol(line, &end, 10);
	if (errno || *end || id <= last || id > INT32_MAX)
		return ERR_INVALID;
	if (sm_unhex(hex, master, sizeof(master), &size) != ERR_OK || size != sizeof(master)) {
		OPENSSL_cleanse(master, sizeof(master));
		return ERR_INVALID;
	}

	struct key *key = &keyring->keys[keyring->count];
	key->id = (int32_t)id;
	derive(master, "jieru seal 1", key->seal);
	if (keyring->count++ == 0)
		derive(master, "jieru index 1", keyring->index);
	OPENSSL_cleanse(master, sizeof(master));
	return ERR_OK;
}

static enum err
take_lines(struct keyring *keyring, char *text)
{
	char *next;

	for (char *line = text; line && *line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = 0;
		if (*line && *line != '#')
			TRY(take_line(keyring, line));
	}
	return keyring->count ? ERR_OK : ERR_INVALID;
}

enum err
keyring_open(const char *path, struct keyring **ret_keyring)
{
	char text[FILE_MAX + 1];
	struct keyring *keyring = calloc(1, sizeof(*keyring));

	if (!keyring)
		sm_give_up("memory");
	enum err e = read_file(path, text);
	if (e == ERR_OK && take_lines(keyring, text) != ERR_OK)
		e = refuse(path, "a line is not `id hexkey` with ascending ids");
	OPENSSL_cleanse(text, sizeof(text));
	if (e != ERR_OK)
		keyring_close(keyring);
	else
		*ret_keyring = keyring;
	return e;
}

void
keyring_close(struct keyring *keyring)
{
	if (!keyring)
		return;
	OPENSSL_cleanse(keyring, sizeof(*keyring));
	free(keyring);
}

/* ---- values ---- */

/* A context with key, nonce and what is bound but not hidden: algorithm, key id, purpose. */
static EVP_CIPHER_CTX *
gcm(const struct key *key, const unsigned char *nonce, const char *purpose, bool encrypt)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	char bound[24];
	int n = snprintf(bound, sizeof(bound), ALGORITHM ":%" PRId32 ":", key->id), done;

	if (!ctx ||
	    EVP_CipherInit_ex(ctx, EVP_aes_256_gcm(), NULL, key->seal, nonce, encrypt) != 1 ||
	    EVP_CipherUpdate(ctx, NULL, &done, (const unsigned char *)bound, n) != 1 ||
	    EVP_CipherUpdate(ctx, NULL, &done, (const unsigned char *)purpose,
		(int)strlen(purpose)) != 1)
		sm_give_up("AES-256-GCM");
	return ctx;
}

char *
keyring_seal(const struct keyring *keyring, struct arena *arena, const char *purpose,
    const char *text)
{
	if (!text)
		return NULL;
	const struct key *key = &keyring->keys[keyring->count - 1];
	size_t size = strlen(text);
	unsigned char *out = arena_alloc(arena, NONCE_SIZE + size + TAG_SIZE);
	unsigned char *cipher = out + NONCE_SIZE;
	int done = 0;

	sm_random(out, NONCE_SIZE);
	EVP_CIPHER_CTX *ctx = gcm(key, out, purpose, true);
	if ((size && EVP_CipherUpdate(ctx, cipher, &done, (const unsigned char *)text, (int)size) !=
			 1) ||
	    EVP_CipherFinal_ex(ctx, cipher + size, &done) != 1 ||
	    EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_GET_TAG, TAG_SIZE, cipher + size) != 1)
		sm_give_up("AES-256-GCM");
	EVP_CIPHER_CTX_free(ctx);
	return arena_printf(arena, ALGORITHM ":%" PRId32 ":%s", key->id,
	    sm_base64(arena, out, NONCE_SIZE + size + TAG_SIZE));
}

/* `1:<id>:` -> the key; *ret_rest is what follows. NULL when there is none. */
static const struct key *
find_key(const struct keyring *keyring, const char *sealed, const char **ret_rest)
{
	for (size_t i = 0; i < keyring->count; i++) {
		char head[24];
		int n =
		    snprintf(head, sizeof(head), ALGORITHM ":%" PRId32 ":", keyring->keys[i].id);

		if (strncmp(sealed, head, (size_t)n) == 0) {
			*ret_rest = sealed + n;
			return &keyring->keys[i];
		}
	}
	return NULL;
}

enum err
keyring_unseal(const struct keyring *keyring, struct arena *arena, const char *purpose,
    const char *sealed, char **ret_text)
{
	const char *base64;
	size_t size;
	int done = 0;

	if (!sealed) {
		*ret_text = NULL;
		return ERR_OK;
	}
	const struct key *key = find_key(keyring, sealed, &base64);
	if (!key)
		return refuse(purpose, "value of an unknown algorithm or key");
	size_t cap = strlen(base64) / 4 * 3;
	unsigned char *in = arena_alloc(arena, cap);
	if (sm_unbase64(base64, in, cap, &size) != ERR_OK || size < NONCE_SIZE + TAG_SIZE)
		return refuse(purpose, "malformed value");

	size -= NONCE_SIZE + TAG_SIZE;
	char *text = arena_alloc(arena, size + 1);
	unsigned char *cipher = in + NONCE_SIZE, *out = (unsigned char *)text;
	EVP_CIPHER_CTX *ctx = gcm(key, in, purpose, false);
	bool good = (!size || EVP_CipherUpdate(ctx, out, &done, cipher, (int)size) == 1) &&
		    EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_SET_TAG, TAG_SIZE, cipher + size) == 1 &&
		    EVP_CipherFinal_ex(ctx, out + size, &done) == 1;
	EVP_CIPHER_CTX_free(ctx);
	if (!good) {
		OPENSSL_cleanse(text, size);
		return refuse(purpose, "value was altered or belongs elsewhere");
	}
	*ret_text = text;
	return ERR_OK;
}

char *
keyring_index(const struct keyring *keyring, struct arena *arena, const char *purpose,
    const char *text)
{
	size_t head = strlen(purpose) + 1, size = head; /* the NUL parts purpose from text */
	unsigned char mac[SM3_SIZE];
	char *plain = arena_alloc(arena, head + strlen(text));

	memcpy(plain, purpose, head);
	for (; *text; text++) {
		if (*text == ' ' || (*text >= '\t' && *text <= '\r'))
			continue;
		plain[size++] = (char)(*text >= 'a' && *text <= 'z' ? *text - 'a' + 'A' : *text);
	}
	sm3_hmac(keyring->index, sizeof(keyring->index), plain, size, mac);
	OPENSSL_cleanse(plain, size);
	return sm_hex(arena, mac, sizeof(mac));
}
