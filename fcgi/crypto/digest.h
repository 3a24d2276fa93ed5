#ifndef FCGI_CRYPTO_DIGEST_H
#define FCGI_CRYPTO_DIGEST_H

#include <stddef.h>

/*
 * Digests that are chosen by name: "sha1" and "sha256" of uploads' pieces,
 * "sha256" or "sm3" of the files that are kept. All others are SM3 (fcgi/crypto/sm.h).
 */

#define DIGEST_MAX 32 /* bytes of the longest */

struct digest;

/* Bytes of that digest; 0 when there is none of that name. */
size_t digest_size(const char *name);
/* Owned by the caller until digest_finish(). Only for a name that has a size. */
struct digest *digest_new(const char *name);
void digest_update(struct digest *digest, const void *bytes, size_t size);
void digest_finish(struct digest *digest, unsigned char ret[DIGEST_MAX]);

#endif
