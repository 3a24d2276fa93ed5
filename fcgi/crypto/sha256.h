#ifndef FCGI_CRYPTO_SHA256_H
#define FCGI_CRYPTO_SHA256_H

#include <stddef.h>

#include "fcgi/base/arena.h"

/* SHA-256, for what is agreed with others; our own hashes are SM3 (fcgi/crypto/sm.h). */
#define SHA256_SIZE 32

/* 64 lower-case hex digits, in the arena. */
char *sha256_hex(struct arena *arena, const void *bytes, size_t size);
/* HMAC-SHA256; `ret` may be where `key` is. */
void sha256_hmac(const void *key, size_t key_size, const void *bytes, size_t size,
    unsigned char ret[SHA256_SIZE]);

#endif
