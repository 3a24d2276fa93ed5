#include "fcgi/crypto/keyring.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/log.h"
#include "fcgi/base/random.h"
#include "fcgi/crypto/give_up.h"
#include "fcgi/crypto/keyring_file.h"
#include "fcgi/crypto/keyring_inside.h"
#include "fcgi/crypto/sm.h"

#define LOOKS 3 /* at a file that is replaced while we read it */
#define NONCE_SIZE 12
#define TAG_SIZE 16
#define ALGORITHM "1" /* AES-256-GCM */

int32_t
keyring_newest(const struct keyring *keyring)
{
	return keyring->keys[keyring->count - 1].id;
}

/* HKDF-SHA256: the file's key is never used itself, so its uses cannot meet. */
static void
derive(const unsigned char master[KEYRING_KEY_SIZE], const char *use,
    unsigned char ret_key[KEYRING_KEY_SIZE])
{
	char digest[] = "SHA256", info[32];
	unsigned char secret[KEYRING_KEY_SIZE];
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret, sizeof(secret)),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info, strlen(use)),
		OSSL_PARAM_construct_end(),
	};
	EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
	EVP_KDF_CTX *ctx = EVP_KDF_CTX_new(kdf);

	memcpy(secret, master, sizeof(secret));
	snprintf(info, sizeof(info), "%s", use);
	if (!ctx || EVP_KDF_derive(ctx, ret_key, KEYRING_KEY_SIZE, params) != 1)
		crypto_give_up("HKDF");
	EVP_KDF_CTX_free(ctx);
	EVP_KDF_free(kdf);
	OPENSSL_cleanse(secret, sizeof(secret));
}

/* ---- making ---- */

enum err
keyring_generate(const char *path)
{
	unsigned char key[KEYRING_KEY_SIZE];
	char line[KEYRING_LINE_MAX] = "1 ";
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return errno == EEXIST ? ERR_EXISTS : keyring_refuse(path, strerror(errno));
	random_bytes(key, sizeof(key));
	for (size_t i = 0; i < sizeof(key); i++)
		snprintf(line + 2 + i * 2, 3, "%02x", key[i]);
	line[2 + sizeof(key) * 2] = '\n';
	enum err e = keyring_write(fd, path, line);
	OPENSSL_cleanse(key, sizeof(key));
	OPENSSL_cleanse(line, sizeof(line));
	close(fd);
	if (e != ERR_OK)
		unlink(path);
	return e;
}

/* ---- reading ---- */

static struct keyring_mark
mark_of(const struct stat *st)
{
	return (struct keyring_mark){ st->st_dev, st->st_ino, st->st_size, st->st_mtim };
}

static bool
same(const struct keyring_mark *a, const struct keyring_mark *b)
{
	return a->device == b->device && a->inode == b->inode && a->size == b->size &&
	       a->changed.tv_sec == b->changed.tv_sec && a->changed.tv_nsec == b->changed.tv_nsec;
}

/* The whole file into text, NUL-terminated. */
static enum err
read_file(const char *path, char text[KEYRING_FILE_MAX + 1], struct keyring_mark *ret)
{
	struct stat st;
	size_t size = 0;
	ssize_t n = 1;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return keyring_refuse(path, strerror(errno));
	if (fstat(fd, &st) || !S_ISREG(st.st_mode) || st.st_mode & S_IRWXO) {
		close(fd);
		return keyring_refuse(path, "must be a regular file closed to others (chmod o=)");
	}
	while (n > 0 && size < KEYRING_FILE_MAX) {
		n = read(fd, text + size, KEYRING_FILE_MAX - size);
		if (n > 0)
			size += (size_t)n;
	}
	close(fd);
	if (n < 0 || size == KEYRING_FILE_MAX || memchr(text, 0, size))
		return keyring_refuse(path, "cannot be read as a keyring");
	text[size] = 0;
	*ret = mark_of(&st);
	return ERR_OK;
}

static bool
read_key(char *hex, unsigned char ret[KEYRING_KEY_SIZE])
{
	size_t size = 0;

	return bytes_unhex(hex, ret, KEYRING_KEY_SIZE, &size) == ERR_OK && size == KEYRING_KEY_SIZE;
}

/* A positive number of at most `most`; 0 for anything else. */
static int64_t
read_number(const char *text, int64_t most)
{
	char *end;

	if (*text < '1' || *text > '9')
		return 0;
	errno = 0;
	long long n = strtoll(text, &end, 10);
	return errno || *end || n > most ? 0 : n;
}

static bool
take_other(struct keyring *keyring, enum keyring_step step, char *hex)
{
	bool good = keyring->step == KEYRING_STILL && read_key(hex, keyring->other);

	keyring->step = step;
	return good;
}

/* `<id> <hex> [since]` */
static bool
take_key(struct keyring *keyring, const char *line, char *hex, bool has_index)
{
	unsigned char master[KEYRING_KEY_SIZE];
	char *since = strchr(hex, ' ');
	int32_t last = keyring->count ? keyring_newest(keyring) : 0;
	struct keyring_key *key = &keyring->keys[keyring->count];

	if (keyring->count == KEYRING_KEYS_MAX)
		return false;
	if (since)
		*since++ = 0;
	int64_t id = read_number(line, INT32_MAX);
	int64_t at = since ? read_number(since, INT64_MAX) : 0;
	bool good = id > last && (!since || at) && read_key(hex, master);
	if (good) {
		key->id = (int32_t)id;
		key->since = at;
		derive(master, "jieru seal 1", key->seal);
		if (keyring->count++ == 0 && !has_index)
			derive(master, "jieru index 1", keyring->index);
	}
	OPENSSL_cleanse(master, sizeof(master));
	return good;
}

/* One line, cut at its end by the caller. */
static bool
take_line(struct keyring *keyring, char *line, bool *has_index)
{
	char *hex = strchr(line, ' ');

	if (!hex)
		return false;
	*hex++ = 0;
	if (strcmp(line, "index") == 0) {
		bool good = !*has_index && read_key(hex, keyring->index);
		*has_index = true;
		return good;
	}
	if (strcmp(line, "index-next") == 0)
		return take_other(keyring, KEYRING_COMING, hex);
	if (strcmp(line, "index-former") == 0)
		return take_other(keyring, KEYRING_LEAVING, hex);
	if (strcmp(line, "turn") == 0) {
		bool good = !keyring->turn;
		keyring->turn = (int32_t)read_number(hex, INT32_MAX);
		return good && keyring->turn;
	}
	return take_key(keyring, line, hex, *has_index);
}

enum err
keyring_parse(struct keyring *keyring, char *text)
{
	bool has_index = false;
	char *next;

	for (char *line = text; line && *line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = 0;
		if (*line && *line != '#' && !take_line(keyring, line, &has_index))
			return ERR_INVALID;
	}
	if (!keyring->count)
		return ERR_INVALID;
	if (keyring->turn < keyring_newest(keyring)) /* a file nothing has replaced yet */
		keyring->turn = keyring_newest(keyring);
	return ERR_OK;
}

/* Pages for nothing else, in no core file, swapped out never where that is allowed, and not
 * inherited: the checker of files is forked from a worker. */
static struct keyring *
new_keyring(void)
{
	struct keyring *keyring = mmap(NULL, sizeof(*keyring), PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (keyring == MAP_FAILED)
		crypto_give_up("memory");
	(void)madvise(keyring, sizeof(*keyring), MADV_WIPEONFORK);
	(void)madvise(keyring, sizeof(*keyring), MADV_DONTDUMP);
	(void)mlock(keyring, sizeof(*keyring));
	keyring->hold = -1;
	return keyring;
}

enum err
keyring_open(const char *path, struct keyring **ret_keyring)
{
	char text[KEYRING_FILE_MAX + 1];
	struct keyring *keyring = new_keyring();
	enum err e = ERR_INTERNAL;

	if ((size_t)snprintf(keyring->path, sizeof(keyring->path), "%s", path) <
	    sizeof(keyring->path))
		e = read_file(path, text, &keyring->mark);
	if (e == ERR_OK && keyring_parse(keyring, text) != ERR_OK)
		e = keyring_refuse(path, "a line is not `id hexkey [since]` with ascending ids");
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
	if (keyring->hold >= 0)
		close(keyring->hold); /* and with it go its locks */
	OPENSSL_cleanse(keyring, sizeof(*keyring));
	munmap(keyring, sizeof(*keyring));
}

/* ---- taking up a newer one ---- */

static bool
replaced(const struct keyring *keyring)
{
	struct stat st;

	if (stat(keyring->path, &st))
		return false; /* on its way: what we have stays good */
	struct keyring_mark now = mark_of(&st);
	return !same(&now, &keyring->mark);
}

static bool
take_up(struct keyring *keyring)
{
	struct keyring *fresh;
	int hold = keyring->hold;
	int32_t held = keyring->held;

	if (keyring_open(keyring->path, &fresh) != ERR_OK)
		return false;
	memcpy(keyring, fresh, sizeof(*keyring));
	keyring->hold = hold;
	keyring->held = held;
	keyring_close(fresh);
	log_line(LOG_INFO, "keyring", "of=%s what=taken_up newest=%d turn=%d", keyring->path,
	    (int)keyring_newest(keyring), (int)keyring->turn);
	return true;
}

void
keyring_look(struct keyring *keyring)
{
	/* after the lock once more: whoever replaced the file before it saw no lock of ours */
	for (int i = 0; i < LOOKS && replaced(keyring) && take_up(keyring); i++)
		if (keyring->hold >= 0)
			(void)keyring_lock(keyring->hold, F_RDLCK, keyring->turn, keyring->turn);
}

void
keyring_refresh(struct keyring *keyring)
{
	if (!keyring)
		return;
	keyring_look(keyring);
	if (keyring->hold < 0 || keyring->held == keyring->turn)
		return;
	/* above it, too: the file may have come back from a backup */
	if (keyring_lock(keyring->hold, F_UNLCK, 1, keyring->turn - 1) &&
	    keyring_lock(keyring->hold, F_UNLCK, keyring->turn + 1, INT32_MAX))
		keyring->held = keyring->turn;
}

enum err
keyring_hold(struct keyring *keyring, const char *folder, const char *name)
{
	char path[KEYRING_PATH_MAX];

	if ((size_t)snprintf(path, sizeof(path), "%s/%s.lock", folder, name) >= sizeof(path))
		return keyring_refuse(name, "the name of its lock file is too long");
	/* what another account made first is opened for reading, which is enough for our lock */
	keyring->hold = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (keyring->hold < 0)
		keyring->hold = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (keyring->hold < 0)
		return keyring_refuse(path, strerror(errno));
	/* refused while a rotation takes this very file out of use: there is a newer one then */
	int32_t turn = keyring->turn;
	for (int i = 0; !keyring_lock(keyring->hold, F_RDLCK, turn, turn); i++) {
		if (i == 100)
			return keyring_refuse(path, "cannot be locked");
		usleep(20000);
		keyring_look(keyring);
		turn = keyring->turn;
	}
	keyring->held = turn;
	keyring_refresh(keyring);
	return ERR_OK;
}

/* ---- sealing ---- */

int32_t
keyring_id_of(const char *sealed)
{
	char *end;

	if (!sealed || strncmp(sealed, ALGORITHM ":", 2) != 0 || sealed[2] < '1' || sealed[2] > '9')
		return 0;
	long id = strtol(sealed + 2, &end, 10);
	return *end == ':' && id <= INT32_MAX ? (int32_t)id : 0;
}

/* A context with key, nonce and what is bound but not hidden: algorithm, key id, purpose. */
static EVP_CIPHER_CTX *
gcm(const struct keyring_key *key, const unsigned char *nonce, const char *purpose, bool encrypt)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	char bound[24];
	int n = snprintf(bound, sizeof(bound), ALGORITHM ":%" PRId32 ":", key->id), done;

	if (!ctx ||
	    EVP_CipherInit_ex(ctx, EVP_aes_256_gcm(), NULL, key->seal, nonce, encrypt) != 1 ||
	    EVP_CipherUpdate(ctx, NULL, &done, (const unsigned char *)bound, n) != 1 ||
	    EVP_CipherUpdate(ctx, NULL, &done, (const unsigned char *)purpose,
		(int)strlen(purpose)) != 1)
		crypto_give_up("AES-256-GCM");
	return ctx;
}

char *
keyring_seal(const struct keyring *keyring, struct arena *arena, const char *purpose,
    const char *text)
{
	if (!text)
		return NULL;
	if (!keyring || !keyring->count) /* not given to this process */
		crypto_give_up("keyring");
	const struct keyring_key *key = &keyring->keys[keyring->count - 1];
	size_t size = strlen(text);
	unsigned char *out = arena_alloc(arena, NONCE_SIZE + size + TAG_SIZE);
	unsigned char *cipher = out + NONCE_SIZE;
	int done = 0;

	random_bytes(out, NONCE_SIZE);
	EVP_CIPHER_CTX *ctx = gcm(key, out, purpose, true);
	if ((size && EVP_CipherUpdate(ctx, cipher, &done, (const unsigned char *)text, (int)size) !=
			 1) ||
	    EVP_CipherFinal_ex(ctx, cipher + size, &done) != 1 ||
	    EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_GET_TAG, TAG_SIZE, cipher + size) != 1)
		crypto_give_up("AES-256-GCM");
	EVP_CIPHER_CTX_free(ctx);
	return arena_printf(arena, ALGORITHM ":%" PRId32 ":%s", key->id,
	    bytes_base64(arena, out, NONCE_SIZE + size + TAG_SIZE));
}

/* The key with that id; NULL when there is none. */
static const struct keyring_key *
find_key(const struct keyring *keyring, int32_t id)
{
	for (size_t i = 0; i < keyring->count; i++)
		if (keyring->keys[i].id == id)
			return &keyring->keys[i];
	return NULL;
}

enum err
keyring_unseal(struct keyring *keyring, struct arena *arena, const char *purpose,
    const char *sealed, char **ret_text)
{
	int32_t id = keyring_id_of(sealed);
	size_t size;
	int done = 0;

	if (!sealed) {
		*ret_text = NULL;
		return ERR_OK;
	}
	if (!keyring)
		return keyring_refuse(purpose, "this process was not given the keyring");
	if (id && !find_key(keyring, id)) /* sealed by a process that has the new file already */
		keyring_look(keyring);
	const struct keyring_key *key = id ? find_key(keyring, id) : NULL;
	if (!key)
		return keyring_refuse(purpose, "value of an unknown algorithm or key");
	const char *base64 = strchr(sealed + 2, ':') + 1;
	size_t cap = strlen(base64) / 4 * 3;
	unsigned char *in = arena_alloc(arena, cap);
	if (bytes_unbase64(base64, in, cap, &size) != ERR_OK || size < NONCE_SIZE + TAG_SIZE)
		return keyring_refuse(purpose, "malformed value");

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
		return keyring_refuse(purpose, "value was altered or belongs elsewhere");
	}
	*ret_text = text;
	return ERR_OK;
}

/* ---- looking up ---- */

static char *
index_by(const unsigned char key[KEYRING_KEY_SIZE], struct arena *arena, const char *purpose,
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
	sm3_hmac(key, KEYRING_KEY_SIZE, plain, size, mac);
	OPENSSL_cleanse(plain, size);
	return bytes_hex(arena, mac, sizeof(mac));
}

char *
keyring_index(const struct keyring *keyring, struct arena *arena, const char *purpose,
    const char *text)
{
	return index_by(keyring->index, arena, purpose, text);
}

char *
keyring_index_also(const struct keyring *keyring, struct arena *arena, const char *purpose,
    const char *text)
{
	if (keyring->step == KEYRING_STILL)
		return NULL;
	return index_by(keyring->other, arena, purpose, text);
}
