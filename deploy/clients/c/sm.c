#include "sm.h"

#include <openssl/ec.h>
#include <openssl/x509.h>
#include <string.h>

#define USER_ID "1234567812345678"

/* A key of type EC on the same curve would sign ECDSA without a word. */
static EVP_PKEY *
must_be_sm2(EVP_PKEY *key)
{
	if (key && EVP_PKEY_is_a(key, "SM2"))
		return key;
	EVP_PKEY_free(key);
	return NULL;
}

/* SEC1 around the number: OpenSSL cannot sign with a key whose public half it does not know. */
EVP_PKEY *
sm2_private_key(const unsigned char d[32])
{
	unsigned char der[51] = { 0x30, 0x31, 0x02, 0x01, 0x01, 0x04, 0x20 };
	const unsigned char *at = der;

	memcpy(der + 7, d, 32);
	memcpy(der + 39, "\xa0\x0a\x06\x08\x2a\x81\x1c\xcf\x55\x01\x82\x2d", 12);
	return must_be_sm2(d2i_AutoPrivateKey(NULL, &at, sizeof(der)));
}

EVP_PKEY *
sm2_public_key(const unsigned char point[65])
{
	unsigned char der[91] = { 0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d,
		0x02, 0x01, 0x06, 0x08, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x82, 0x2d, 0x03, 0x42,
		0x00 };
	const unsigned char *at = der;

	memcpy(der + 26, point, 65);
	return must_be_sm2(d2i_PUBKEY(NULL, &at, sizeof(der)));
}

/* sample: sign */
/* OpenSSL's default user id is empty: it has to be set. */
static EVP_MD_CTX *
digest_of(EVP_PKEY *key, EVP_PKEY_CTX **ret_ctx)
{
	EVP_MD_CTX *digest = EVP_MD_CTX_new();

	*ret_ctx = EVP_PKEY_CTX_new(key, NULL);
	EVP_PKEY_CTX_set1_id(*ret_ctx, USER_ID, strlen(USER_ID)); /* "1234567812345678" */
	EVP_MD_CTX_set_pkey_ctx(digest, *ret_ctx);
	return digest;
}

/* SM3-with-SM2 over the text in UTF-8 -> r and s, 32 bytes each. */
bool
sm2_sign(EVP_PKEY *key, const char *text, size_t size, unsigned char signature[64])
{
	unsigned char der[80];
	const unsigned char *at = der;
	size_t der_size = sizeof(der);
	ECDSA_SIG *pair = NULL;
	EVP_PKEY_CTX *ctx;
	EVP_MD_CTX *digest = digest_of(key, &ctx);

	if (EVP_DigestSignInit(digest, NULL, EVP_sm3(), NULL, key) == 1 &&
	    EVP_DigestSign(digest, der, &der_size, (const unsigned char *)text, size) == 1)
		pair = d2i_ECDSA_SIG(NULL, &at, (long)der_size); /* OpenSSL answers DER */
	bool good = pair && BN_bn2binpad(ECDSA_SIG_get0_r(pair), signature, 32) == 32 &&
		    BN_bn2binpad(ECDSA_SIG_get0_s(pair), signature + 32, 32) == 32;
	ECDSA_SIG_free(pair);
	EVP_MD_CTX_free(digest);
	EVP_PKEY_CTX_free(ctx);
	return good;
}
/* end of sample */

/* sample: verify */
/* Did this key sign the text? key: of the 平台公钥. */
bool
sm2_verify(EVP_PKEY *key, const char *text, size_t size, const unsigned char signature[64])
{
	ECDSA_SIG *pair = ECDSA_SIG_new();
	unsigned char *der = NULL;
	EVP_PKEY_CTX *ctx;
	EVP_MD_CTX *digest = digest_of(key, &ctx); /* as for signing: sets the user id */

	ECDSA_SIG_set0(pair, BN_bin2bn(signature, 32, NULL), BN_bin2bn(signature + 32, 32, NULL));
	int der_size = i2d_ECDSA_SIG(pair, &der);
	bool good =
	    der_size > 0 && EVP_DigestVerifyInit(digest, NULL, EVP_sm3(), NULL, key) == 1 &&
	    EVP_DigestVerify(digest, der, (size_t)der_size, (const unsigned char *)text, size) == 1;
	OPENSSL_free(der);
	ECDSA_SIG_free(pair);
	EVP_MD_CTX_free(digest);
	EVP_PKEY_CTX_free(ctx);
	return good;
}
/* end of sample */

/* sample: cipher */
/* SM4-ECB with PKCS#7 padding, which is OpenSSL's default. */
bool
sm4(const unsigned char key[16], bool encrypt, const void *in, size_t size, void *out,
    size_t *ret_size)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	int some = 0, rest = 0;
	bool good = EVP_CipherInit_ex(ctx, EVP_sm4_ecb(), NULL, key, NULL, encrypt) == 1 &&
		    EVP_CipherUpdate(ctx, out, &some, in, (int)size) == 1 &&
		    EVP_CipherFinal_ex(ctx, (unsigned char *)out + some, &rest) == 1;

	EVP_CIPHER_CTX_free(ctx);
	*ret_size = (size_t)some + (size_t)rest;
	return good;
}
/* end of sample */
