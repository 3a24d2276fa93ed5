#include "fcgi/crypto/sm2.h"
#include "fcgi/base/bytes.h"
#include "fcgi/crypto/give_up.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <string.h>

/* OpenSSL's default is the empty id; every other implementation uses this one (GM/T 0009). */
#define USER_ID "1234567812345678"

/*
 * A key of type EC on the same curve signs ECDSA without a word; so every key
 * that enters or leaves this file goes through here.
 */
static EVP_PKEY *
must_be_sm2(EVP_PKEY *key)
{
	if (key && !EVP_PKEY_is_a(key, "SM2"))
		crypto_give_up("SM2 key type");
	return key;
}

static void
public_bytes(const EVP_PKEY *key, unsigned char ret_key[SM2_PUBLIC_SIZE])
{
	size_t size = 0;

	if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, ret_key, SM2_PUBLIC_SIZE,
		&size) != 1 ||
	    size != SM2_PUBLIC_SIZE || ret_key[0] != 4)
		crypto_give_up("SM2 public key");
}

void
sm2_generate(struct sm2_pair *ret_pair)
{
	EVP_PKEY *key = must_be_sm2(EVP_PKEY_Q_keygen(NULL, NULL, "SM2"));
	BIGNUM *d = NULL;

	if (!key || EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &d) != 1 ||
	    BN_bn2binpad(d, ret_pair->private_key, SM2_PRIVATE_SIZE) != SM2_PRIVATE_SIZE)
		crypto_give_up("SM2 key generation");
	public_bytes(key, ret_pair->public_key);
	BN_clear_free(d);
	EVP_PKEY_free(key);
}

/* 1 .. n-2: zero has no public key, n-1 no signature (GB/T 32918.2, 6.1 step A7). */
static bool
in_range(const unsigned char private_key[SM2_PRIVATE_SIZE])
{
	static const unsigned char n_minus_1[SM2_PRIVATE_SIZE] = { 0xff, 0xff, 0xff, 0xfe, 0xff,
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x72, 0x03, 0xdf,
		0x6b, 0x21, 0xc6, 0x05, 0x2b, 0x53, 0xbb, 0xf4, 0x09, 0x39, 0xd5, 0x41, 0x22 };
	static const unsigned char zero[SM2_PRIVATE_SIZE];

	return !bytes_equal(private_key, zero, sizeof(zero)) &&
	       memcmp(private_key, n_minus_1, sizeof(n_minus_1)) < 0;
}

/*
 * NULL when the key is out of range. By way of SEC1 (RFC 5915): a private key
 * given as bare number has no public half, without which it cannot sign.
 */
static EVP_PKEY *
import_private(const unsigned char private_key[SM2_PRIVATE_SIZE])
{
	static const unsigned char head[] = { 0x30, 0x31, 0x02, 0x01, 0x01, 0x04, 0x20 };
	static const unsigned char curve[] = { 0xa0, 0x0a, 0x06, 0x08, 0x2a, 0x81, 0x1c, 0xcf, 0x55,
		0x01, 0x82, 0x2d };
	unsigned char der[sizeof(head) + SM2_PRIVATE_SIZE + sizeof(curve)];
	const unsigned char *p = der;

	if (!in_range(private_key))
		return NULL;
	memcpy(der, head, sizeof(head));
	memcpy(der + sizeof(head), private_key, SM2_PRIVATE_SIZE);
	memcpy(der + sizeof(head) + SM2_PRIVATE_SIZE, curve, sizeof(curve));
	EVP_PKEY *key = must_be_sm2(d2i_AutoPrivateKey(NULL, &p, sizeof(der)));
	OPENSSL_cleanse(der, sizeof(der));
	if (!key)
		crypto_give_up("SM2 private key");
	return key;
}

/* NULL when the point is not on the curve. */
static EVP_PKEY *
import_public(const unsigned char public_key[SM2_PUBLIC_SIZE])
{
	char group[] = "SM2";
	unsigned char point[SM2_PUBLIC_SIZE];
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
		OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point)),
		OSSL_PARAM_construct_end(),
	};
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "SM2", NULL);
	EVP_PKEY *key = NULL;

	memcpy(point, public_key, sizeof(point));
	if (!ctx || EVP_PKEY_fromdata_init(ctx) != 1)
		crypto_give_up("SM2 public key");
	if (point[0] == 4 && EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		key = NULL;
	EVP_PKEY_CTX_free(ctx);

	EVP_PKEY_CTX *check = key ? EVP_PKEY_CTX_new_from_pkey(NULL, must_be_sm2(key), NULL) : NULL;
	if (check && EVP_PKEY_public_check(check) != 1) {
		EVP_PKEY_free(key);
		key = NULL;
	}
	EVP_PKEY_CTX_free(check);
	ERR_clear_error();
	return key;
}

enum err
sm2_read_private(const char *base64, unsigned char ret_key[SM2_PRIVATE_SIZE])
{
	unsigned char bytes[SM2_PRIVATE_SIZE + 1];
	size_t size = 0;
	enum err e = bytes_unbase64(base64, bytes, sizeof(bytes), &size);
	bool java = size == SM2_PRIVATE_SIZE + 1 && bytes[0] == 0;

	if (e == ERR_OK && ((size != SM2_PRIVATE_SIZE && !java) || !in_range(bytes + java)))
		e = ERR_INVALID;
	if (e == ERR_OK)
		memcpy(ret_key, bytes + java, SM2_PRIVATE_SIZE);
	OPENSSL_cleanse(bytes, sizeof(bytes));
	return e;
}

enum err
sm2_read_public(const char *base64, unsigned char ret_key[SM2_PUBLIC_SIZE])
{
	unsigned char bytes[SM2_PUBLIC_SIZE] = { 4 };
	size_t size;

	TRY(bytes_unbase64(base64, bytes, sizeof(bytes), &size));
	if (size == SM2_PUBLIC_SIZE - 1) {
		memmove(bytes + 1, bytes, size);
		bytes[0] = 4;
	} else if (size != SM2_PUBLIC_SIZE) {
		return ERR_INVALID;
	}
	EVP_PKEY *key = import_public(bytes);
	if (!key)
		return ERR_INVALID;
	EVP_PKEY_free(key);
	memcpy(ret_key, bytes, sizeof(bytes));
	return ERR_OK;
}

enum err
sm2_read_signature(const char *base64, unsigned char ret_signature[SM2_SIGNATURE_SIZE])
{
	unsigned char bytes[SM2_SIGNATURE_SIZE];
	size_t size;

	TRY(bytes_unbase64(base64, bytes, sizeof(bytes), &size));
	if (size != sizeof(bytes))
		return ERR_INVALID;
	memcpy(ret_signature, bytes, sizeof(bytes));
	return ERR_OK;
}

enum err
sm2_public_of(const unsigned char private_key[SM2_PRIVATE_SIZE],
    unsigned char ret_public_key[SM2_PUBLIC_SIZE])
{
	EVP_PKEY *key = import_private(private_key);

	if (!key)
		return ERR_INVALID;
	public_bytes(key, ret_public_key);
	EVP_PKEY_free(key);
	return ERR_OK;
}

/* ---- SM2 signatures ---- */

/* A context for SM3-with-SM2 with the one user id there is. Owned by the caller. */
static EVP_MD_CTX *
digest_context(EVP_PKEY *key, bool sign)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	EVP_PKEY_CTX *pctx = NULL; /* belongs to ctx */

	if (!ctx ||
	    (sign ? EVP_DigestSignInit(ctx, &pctx, EVP_sm3(), NULL, key)
		  : EVP_DigestVerifyInit(ctx, &pctx, EVP_sm3(), NULL, key)) != 1 ||
	    EVP_PKEY_CTX_set1_id(pctx, USER_ID, (int)strlen(USER_ID)) != 1)
		crypto_give_up("SM2 signature");
	return ctx;
}

enum err
sm2_sign(const unsigned char private_key[SM2_PRIVATE_SIZE], const void *message, size_t size,
    unsigned char ret_signature[SM2_SIGNATURE_SIZE])
{
	unsigned char der[80]; /* at most 72 */
	const unsigned char *p = der;
	size_t der_size = sizeof(der);
	EVP_PKEY *key = import_private(private_key);

	if (!key)
		return ERR_INVALID;
	EVP_MD_CTX *ctx = digest_context(key, true);
	if (EVP_DigestSign(ctx, der, &der_size, message, size) != 1)
		crypto_give_up("SM2 signature");
	ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &p, (long)der_size);
	/* About 1 in 128 has a short r or s. */
	if (!pair || BN_bn2binpad(ECDSA_SIG_get0_r(pair), ret_signature, 32) != 32 ||
	    BN_bn2binpad(ECDSA_SIG_get0_s(pair), ret_signature + 32, 32) != 32)
		crypto_give_up("SM2 signature");
	ECDSA_SIG_free(pair);
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
	return ERR_OK;
}

enum err
sm2_verify(const unsigned char public_key[SM2_PUBLIC_SIZE], const void *message, size_t size,
    const unsigned char signature[SM2_SIGNATURE_SIZE])
{
	unsigned char *der = NULL;
	EVP_PKEY *key = import_public(public_key);

	if (!key)
		return ERR_INVALID;
	ECDSA_SIG *pair = ECDSA_SIG_new();
	BIGNUM *r = BN_bin2bn(signature, 32, NULL), *s = BN_bin2bn(signature + 32, 32, NULL);
	if (!pair || !r || !s || ECDSA_SIG_set0(pair, r, s) != 1)
		crypto_give_up("SM2 signature");
	int der_size = i2d_ECDSA_SIG(pair, &der);
	if (der_size <= 0)
		crypto_give_up("SM2 signature");
	EVP_MD_CTX *ctx = digest_context(key, false);
	bool good = EVP_DigestVerify(ctx, der, (size_t)der_size, message, size) == 1;
	ERR_clear_error();
	EVP_MD_CTX_free(ctx);
	OPENSSL_free(der);
	ECDSA_SIG_free(pair);
	EVP_PKEY_free(key);
	return good ? ERR_OK : ERR_INVALID;
}
