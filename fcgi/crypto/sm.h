#ifndef FCGI_CRYPTO_SM_H
#define FCGI_CRYPTO_SM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fcgi/base/arena.h"
#include "fcgi/base/err.h"

/*
 * Random numbers, the texts bytes are written as, and the Chinese standard
 * algorithms: SM2 (signatures, GB/T 32918), SM3 (digest, GB/T 32905) and SM4
 * (cipher, GB/T 32907). OpenSSL does the arithmetic; its traps end here (sm.c,
 * and sm2.c for SM2): the empty default user id, keys that silently
 * sign ECDSA, signatures in DER.
 *
 * Sizes are bytes. What depends on bytes from outside returns ERR_INVALID when
 * they are not acceptable. A failure of the library itself (no randomness, no
 * memory, an algorithm missing) has no sensible answer: it is logged and the
 * process aborts, like running out of arena.
 */

_Noreturn void sm_give_up(const char *what); /* for files over the same library */

#define SM3_SIZE 32
#define SM2_PRIVATE_SIZE 32   /* big-endian */
#define SM2_PUBLIC_SIZE 65    /* 04, X, Y */
#define SM2_SIGNATURE_SIZE 64 /* r, s, each padded to 32; not DER */
#define SM4_KEY_SIZE 16
#define SM4_BLOCK_SIZE 16

/* Unpredictable bytes; safe after fork(). */
void sm_random(void *out, size_t size);
/* Even distribution over 0 .. bound-1. bound must not be 0. */
uint32_t sm_random_below(uint32_t bound);

/* Same answer time wherever the first difference lies. */
bool sm_equal(const void *a, const void *b, size_t size);

/* Bytes as text, in the arena. Never NULL. */
char *sm_hex(struct arena *arena, const void *bytes, size_t size);       /* 0-9a-f */
char *sm_hex_upper(struct arena *arena, const void *bytes, size_t size); /* 0-9A-F */
char *sm_base64(struct arena *arena, const void *bytes, size_t size);    /* with padding */

/*
 * Text as bytes, strictly: either case of hex; for base64 the standard
 * alphabet, padded, no white space, no unused bits set - one text per value.
 * Bytes land in out[0 .. cap-1], their number in ret_size.
 *
 * ERR_INVALID  not such a text, or more than cap bytes
 */
MUST_CHECK enum err sm_unhex(const char *text, void *out, size_t cap, size_t *ret_size);
MUST_CHECK enum err sm_unbase64(const char *text, void *out, size_t cap, size_t *ret_size);

/* SM3 of bytes at hand, or of bytes as they come (files). */
void sm3(const void *bytes, size_t size, unsigned char ret_digest[SM3_SIZE]);

struct sm3;
struct sm3 *sm3_new(void); /* owned by the caller: sm3_free() */
void sm3_update(struct sm3 *sm3, const void *bytes, size_t size);
/* Once; afterwards only sm3_free(). */
void sm3_finish(struct sm3 *sm3, unsigned char ret_digest[SM3_SIZE]);
void sm3_free(struct sm3 *sm3); /* NULL is fine */

/* HMAC-SM3 (RFC 2104 with SM3). */
void sm3_hmac(const void *key, size_t key_size, const void *bytes, size_t size,
    unsigned char ret_mac[SM3_SIZE]);

struct sm2_pair {
	unsigned char private_key[SM2_PRIVATE_SIZE]; /* wipe with explicit_bzero */
	unsigned char public_key[SM2_PUBLIC_SIZE];
};

void sm2_generate(struct sm2_pair *ret_pair);

/*
 * The key texts of the feedback sheets, base64. Private: 32 bytes, or 33 with
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
 * SM4-ECB with PKCS#7 padding, the mode the payment platform prescribes; not
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
