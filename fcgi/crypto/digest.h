#ifndef FCGI_CRYPTO_DIGEST_H
#define FCGI_CRYPTO_DIGEST_H

#include <stddef.h>

#include "fcgi/base/arena.h"

/*
 * Digests of bytes as they come, chosen by name: "sha1", "sha256" or "sm3"; and
 * SHA-256 of bytes at hand, for what is agreed with others. Our own of bytes at
 * hand are SM3 (fcgi/crypto/sm.h).
 */

#define DIGEST_MAX 32 /* bytes of the longest */
#define SHA256_SIZE 32

struct digest;

/* Bytes of that digest; 0 when there is none of that name. */
size_t digest_size(const char *name);
/* Owned by the caller until digest_finish(). Only for a name that has a size. */
struct digest *digest_new(const char *name);
void digest_update(struct digest *digest, const void *bytes, size_t size);
void digest_finish(struct digest *digest, unsigned char ret[DIGEST_MAX]);

void sha256(const void *bytes, size_t size, unsigned char ret[SHA256_SIZE]);
/* 64 lower-case hex digits, in the arena. */
char *sha256_hex(struct arena *arena, const void *bytes, size_t size);
/* HMAC-SHA256; `ret` may be where `key` is. */
void sha256_hmac(const void *key, size_t key_size, const void *bytes, size_t size,
    unsigned char ret[SHA256_SIZE]);

#endif
