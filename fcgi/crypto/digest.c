#include "fcgi/crypto/digest.h"

#include <assert.h>
#include <limits.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "fcgi/crypto/give_up.h"

/* ---- as they come: OpenSSL's own context, which this only hides ---- */

/* Fetched once: OpenSSL would look for it each time, which takes as long as to digest 200 bytes. */
static const EVP_MD *
by_name(const char *name)
{
	static struct {
		const char *name;
		EVP_MD *md;
	} known[] = { { "sha1", NULL }, { "sha256", NULL }, { "sm3", NULL } };

	for (size_t i = 0; i < COUNT(known); i++) {
		if (strcmp(known[i].name, name) != 0)
			continue;
		if (!known[i].md)
			known[i].md = EVP_MD_fetch(NULL, name, NULL);
		if (!known[i].md)
			crypto_give_up(name);
		return known[i].md;
	}
	return NULL;
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
