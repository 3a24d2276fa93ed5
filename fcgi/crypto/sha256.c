#include "fcgi/crypto/sha256.h"

#include <limits.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>

#include "fcgi/crypto/sm.h"

char *
sha256_hex(struct arena *arena, const void *bytes, size_t size)
{
	unsigned char digest[SHA256_SIZE];

	if (EVP_Digest(bytes, size, digest, NULL, EVP_sha256(), NULL) != 1)
		abort(); /* out of memory, or no OpenSSL worth the name */
	return sm_hex(arena, digest, sizeof(digest));
}

void
sha256_hmac(const void *key, size_t key_size, const void *bytes, size_t size,
    unsigned char ret[SHA256_SIZE])
{
	unsigned char digest[SHA256_SIZE];

	if (key_size > INT_MAX ||
	    !HMAC(EVP_sha256(), key, (int)key_size, bytes, size, digest, NULL))
		abort();
	for (size_t i = 0; i < sizeof(digest); i++)
		ret[i] = digest[i];
}
