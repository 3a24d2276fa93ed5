#include "fcgi/crypto/digest.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

/* One at a time, by name: OpenSSL's own context, which this only hides. */

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
		abort();
	return (struct digest *)context;
}

void
digest_update(struct digest *digest, const void *bytes, size_t size)
{
	if (EVP_DigestUpdate((EVP_MD_CTX *)digest, bytes, size) != 1)
		abort();
}

void
digest_finish(struct digest *digest, unsigned char ret[DIGEST_MAX])
{
	if (EVP_DigestFinal_ex((EVP_MD_CTX *)digest, ret, NULL) != 1)
		abort();
	EVP_MD_CTX_free((EVP_MD_CTX *)digest);
}
