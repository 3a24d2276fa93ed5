#include "fcgi/crypto/digest.h"

#include <assert.h>
#include <limits.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/give_up.h"

/* ---- as they come: OpenSSL's own context, which this only hides ---- */

static const EVP_MD *
by_name(const char *name)
{
	if (strcmp(name, "sha1") == 0)
		return EVP_sha1();
	if (strcmp(name, "sm3") == 0)
		return EVP_sm3();
	return strcmp(name, "sha256") == 0 ? EVP_sha256() : NULL;
}

size_t
digest_size(const char *name)
{
	const EVP_MD *md = by_name(name);

	return md ? (size_t)EVP_MD_get_size(md) : 0;
}

struct digest *
digest_new(const char *name)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();

	if (!context || EVP_DigestInit_ex(context, by_name(name), NULL) != 1)
		crypto_give_up(name);
	return (struct digest *)context;
}

void
digest_update(struct digest *digest, const void *bytes, size_t size)
{
	if (EVP_DigestUpdate((EVP_MD_CTX *)digest, bytes, size) != 1)
		crypto_give_up("digest");
}

void
digest_finish(struct digest *digest, unsigned char ret[DIGEST_MAX])
{
	if (EVP_DigestFinal_ex((EVP_MD_CTX *)digest, ret, NULL) != 1)
		crypto_give_up("digest");
	EVP_MD_CTX_free((EVP_MD_CTX *)digest);
}

/* ---- at hand ---- */

void
sha256(const void *bytes, size_t size, unsigned char ret[SHA256_SIZE])
{
	if (EVP_Digest(bytes, size, ret, NULL, EVP_sha256(), NULL) != 1)
		crypto_give_up("SHA-256");
}

char *
sha256_hex(struct arena *arena, const void *bytes, size_t size)
{
	unsigned char digest[SHA256_SIZE];

	sha256(bytes, size, digest);
	return bytes_hex(arena, digest, sizeof(digest));
}

void
sha256_hmac(const void *key, size_t key_size, const void *bytes, size_t size,
    unsigned char ret[SHA256_SIZE])
{
	unsigned char digest[SHA256_SIZE];

	assert(key_size <= INT_MAX);
	if (!HMAC(EVP_sha256(), key, (int)key_size, bytes, size, digest, NULL))
		crypto_give_up("HMAC-SHA256");
	memcpy(ret, digest, sizeof(digest));
}
