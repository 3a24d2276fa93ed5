#include "fcgi/crypto/keyring.h"

#include <inttypes.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "fcgi/crypto/give_up.h"
#include "fcgi/crypto/keyring_key.h"
#include "fcgi/crypto/sm.h"

#define NONCE_SIZE 12
#define TAG_SIZE 16
#define ALGORITHM "1" /* AES-256-GCM */

int32_t
keyring_newest(const struct keyring *keyring)
{
	return keyring->keys[keyring->count - 1].id;
}

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
