#ifndef FCGI_CRYPTO_SM_H
#define FCGI_CRYPTO_SM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fcgi/base/arena.h"
#include "fcgi/base/err.h"

/*
 * The Chinese standard algorithms: SM2 (signatures, GB/T 32918), SM3 (digest,
 * GB/T 32905) and SM4 (cipher, GB/T 32907). OpenSSL does the arithmetic; its
 * traps end here (sm.c, and sm2.c for SM2): the empty default user id, keys
 * that silently sign ECDSA, signatures in DER.
 *
 * Sizes are bytes. What depends on bytes from outside returns ERR_INVALID when
 * they are not acceptable; a failure of the library itself ends the process
 * (fcgi/crypto/give_up.h).
 */

#define SM3_SIZE 32
#define SM2_PRIVATE_SIZE 32   /* big-endian */
#define SM2_PUBLIC_SIZE 65    /* 04, X, Y */
#define SM2_SIGNATURE_SIZE 64 /* r, s, each padded to 32; not DER */
#define SM4_KEY_SIZE 16
#define SM4_BLOCK_SIZE 16

/* Of bytes at hand; as they come: fcgi/crypto/digest.h. */
void sm3(const void *bytes, size_t size, unsigned char ret_digest[SM3_SIZE]);

/* HMAC-SM3 (RFC 2104 with SM3). */
void sm3_hmac(const void *key, size_t key_size, const void *bytes, size_t size,
    unsigned char ret_mac[SM3_SIZE]);

struct sm2_pair {
	unsigned char private_key[SM2_PRIVATE_SIZE]; /* wipe with explicit_bzero */
	unsigned char public_key[SM2_PUBLIC_SIZE];
};

void sm2_generate(struct sm2_pair *ret_pair);

/*
 * Keys as text, base64. Private: 32 bytes, or 33 with
 * a leading 00 as Java tools write them; 1 .. n-2 (n-1 cannot sign). Public:
 * 65 bytes, or 64 without the leading 04; on the curve.
 *
 * ERR_INVALID  anything else
 */
MUST_CHECK enum err sm2_read_private(const char *base64, unsigned char ret_key[SM2_PRIVATE_SIZE]);
MUST_CHECK enum err sm2_read_public(const char *base64, unsigned char ret_key[SM2_PUBLIC_SIZE]);
/* Exactly 64 bytes; a DER signature is refused. */
MUST_CHECK enum err
sm2_read_signature(const char *base64, unsigned char ret_signature[SM2_SIGNATURE_SIZE]);

/* ERR_INVALID  the private key is out of range */
MUST_CHECK enum err sm2_public_of(const unsigned char private_key[SM2_PRIVATE_SIZE],
    unsigned char ret_public_key[SM2_PUBLIC_SIZE]);

/*
 * SM3-with-SM2 over a message, user id 1234567812345678. Takes 1 to 2 ms.
 *
 * ERR_INVALID  sign: the key is out of range;
 *              verify: the key is not on the curve, or it did not sign this
 */
MUST_CHECK enum err sm2_sign(const unsigned char private_key[SM2_PRIVATE_SIZE], const void *message,
    size_t size, unsigned char ret_signature[SM2_SIGNATURE_SIZE]);
MUST_CHECK enum err sm2_verify(const unsigned char public_key[SM2_PUBLIC_SIZE], const void *message,
    size_t size, const unsigned char signature[SM2_SIGNATURE_SIZE]);

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
