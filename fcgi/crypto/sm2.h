#ifndef FCGI_CRYPTO_SM2_H
#define FCGI_CRYPTO_SM2_H

#include <stddef.h>

#include "fcgi/base/err.h"

/*
 * Signatures by SM2 with SM3 (GB/T 32918). OpenSSL does the arithmetic; its
 * traps end here: the empty default user id, keys that silently sign ECDSA,
 * signatures in DER.
 */

#define SM2_PRIVATE_SIZE 32   /* big-endian */
#define SM2_PUBLIC_SIZE 65    /* 04, X, Y */
#define SM2_SIGNATURE_SIZE 64 /* r, s, each padded to 32; not DER */

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

#endif
