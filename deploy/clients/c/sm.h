#ifndef SM_H
#define SM_H

#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>

/* SM2 signatures and SM4-ECB by OpenSSL 3. */

/* NULL when it is no such key. EVP_PKEY_free(). */
EVP_PKEY *sm2_private_key(const unsigned char d[32]);
EVP_PKEY *sm2_public_key(const unsigned char point[65]); /* 04, X, Y */

bool sm2_sign(EVP_PKEY *key, const char *text, size_t size, unsigned char signature[64]);
bool sm2_verify(EVP_PKEY *key, const char *text, size_t size, const unsigned char signature[64]);

/* out: room for size + 16 bytes. *ret_size: how many there are. */
bool sm4(const unsigned char key[16], bool encrypt, const void *in, size_t size, void *out,
    size_t *ret_size);

#endif
