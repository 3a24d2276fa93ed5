#ifndef FCGI_CRYPTO_SM_H
#define FCGI_CRYPTO_SM_H

#include <stddef.h>

#include "fcgi/base/arena.h"
#include "fcgi/base/err.h"

/*
 * The Chinese standard algorithms SM3 (digest, GB/T 32905) and SM4 (cipher,
 * GB/T 32907); SM2 is fcgi/crypto/sm2.h. OpenSSL does the arithmetic.
 *
 * Sizes are bytes. What depends on bytes from outside returns ERR_INVALID when
 * they are not acceptable; a failure of the library itself ends the process
 * (fcgi/crypto/give_up.h).
 */

#define SM3_SIZE 32
#define SM4_KEY_SIZE 16
#define SM4_BLOCK_SIZE 16

/* Of bytes at hand; as they come: fcgi/crypto/digest.h. */
void sm3(const void *bytes, size_t size, unsigned char ret_digest[SM3_SIZE]);

/* HMAC-SM3 (RFC 2104 with SM3). */
void sm3_hmac(const void *key, size_t key_size, const void *bytes, size_t size,
    unsigned char ret_mac[SM3_SIZE]);

/*
 * SM4-ECB with PKCS#7 padding, for what others prescribe; not
 * for anything of our own. Encryption takes at most SM4_MAX bytes. Results
 * live in the arena, decrypted ones followed by a NUL that is not counted.
 *
 * ERR_INVALID    decrypt: not whole blocks, or the padding is wrong
 * ERR_TOO_LARGE  more than SM4_MAX bytes
 */
#define SM4_MAX ((size_t)16 * 1024 * 1024)

MUST_CHECK enum err sm4_encrypt(struct arena *arena, const unsigned char key[SM4_KEY_SIZE],
    const void *plain, size_t size, unsigned char **ret_cipher, size_t *ret_size);
MUST_CHECK enum err sm4_decrypt(struct arena *arena, const unsigned char key[SM4_KEY_SIZE],
    const void *cipher, size_t size, unsigned char **ret_plain, size_t *ret_size);

#endif
