#ifndef FCGI_CRYPTO_SM2_TRACE_H
#define FCGI_CRYPTO_SM2_TRACE_H

#include <stdbool.h>
#include <stddef.h>

#include "fcgi/base/err.h"
#include "fcgi/crypto/sm.h"
#include "fcgi/crypto/sm2.h"

/*
 * For finding out how a signature that does not verify was made: an SM2
 * signature and the public key give back the number e that was signed, so
 * guesses about the message cost a digest each instead of a verification.
 * Never a substitute for sm2_verify(): every pair of numbers was made over
 * some e.
 */
#define SM2_E_SIZE 32

/* ERR_INVALID  r or s is out of range, or the key is not on the curve */
MUST_CHECK enum err sm2_signed_e(const unsigned char public_key[SM2_PUBLIC_SIZE],
    const unsigned char signature[SM2_SIGNATURE_SIZE], unsigned char ret_e[SM2_E_SIZE]);

/* SM3(Z || message), where Z is of this key and user id, which may be empty. */
void sm2_e_of(const unsigned char public_key[SM2_PUBLIC_SIZE], const char *id, const void *message,
    size_t size, unsigned char ret_e[SM2_E_SIZE]);
/* The same in two steps: Z of a key and user id, then e of it and a message. */
void sm2_z_of(const unsigned char public_key[SM2_PUBLIC_SIZE], const char *id,
    unsigned char ret_z[SM3_SIZE]);
void sm2_e_from(const unsigned char z[SM3_SIZE], const void *message, size_t size,
    unsigned char ret_e[SM2_E_SIZE]);
/* The bytes as a number, modulo the order of the curve. */
void sm2_e_reduce(const void *bytes, size_t size, unsigned char ret_e[SM2_E_SIZE]);

/* Was this digest signed with ECDSA on the same curve? */
bool sm2_is_ecdsa(const unsigned char public_key[SM2_PUBLIC_SIZE],
    const unsigned char signature[SM2_SIGNATURE_SIZE], const unsigned char digest[32]);

/* DER (SEQUENCE of two INTEGERs, nothing behind it) to r‖s. ERR_INVALID. */
MUST_CHECK enum err sm2_from_der(const unsigned char *der, size_t size,
    unsigned char ret_signature[SM2_SIGNATURE_SIZE]);

#endif
