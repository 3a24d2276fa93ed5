#include "fcgi/crypto/sm.h"

#include <assert.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdbool.h>

#include "fcgi/crypto/give_up.h"

/* ---- SM3 ---- */

void
sm3(const void *bytes, size_t size, unsigned char ret_digest[SM3_SIZE])
{
	if (EVP_Digest(bytes, size, ret_digest, NULL, EVP_sm3(), NULL) != 1)
		crypto_give_up("SM3");
}

void
sm3_hmac(const void *key, size_t key_size, const void *bytes, size_t size,
    unsigned char ret_mac[SM3_SIZE])
{
	assert(key_size <= INT32_MAX);
	if (!HMAC(EVP_sm3(), key, (int)key_size, bytes, size, ret_mac, NULL))
		crypto_give_up("HMAC-SM3");
}

/* ---- SM4 ---- */

static EVP_CIPHER_CTX *
sm4_context(const unsigned char key[SM4_KEY_SIZE], bool encrypt)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();

	if (!ctx || EVP_CipherInit_ex(ctx, EVP_sm4_ecb(), NULL, key, NULL, encrypt) != 1)
		crypto_give_up("SM4");
	return ctx;
}

enum err
sm4_encrypt(struct arena *arena, const unsigned char key[SM4_KEY_SIZE], const void *plain,
    size_t size, unsigned char **ret_cipher, size_t *ret_size)
{
	int body = 0, tail = 0;

	if (size > SM4_MAX)
		return ERR_TOO_LARGE;
	unsigned char *out = arena_alloc(arena, size + SM4_BLOCK_SIZE);
	EVP_CIPHER_CTX *ctx = sm4_context(key, true);
	if (EVP_CipherUpdate(ctx, out, &body, plain, (int)size) != 1 ||
	    EVP_CipherFinal_ex(ctx, out + body, &tail) != 1)
		crypto_give_up("SM4");
	EVP_CIPHER_CTX_free(ctx);
	*ret_cipher = out;
	*ret_size = (size_t)(body + tail);
	return ERR_OK;
}

enum err
sm4_decrypt(struct arena *arena, const unsigned char key[SM4_KEY_SIZE], const void *cipher,
    size_t size, unsigned char **ret_plain, size_t *ret_size)
{
	int body = 0, tail = 0;

	if (size > SM4_MAX + SM4_BLOCK_SIZE)
		return ERR_TOO_LARGE;
	if (size == 0 || size % SM4_BLOCK_SIZE)
		return ERR_INVALID;
	unsigned char *out = arena_alloc(arena, size + SM4_BLOCK_SIZE);
	EVP_CIPHER_CTX *ctx = sm4_context(key, false);
	bool good = EVP_CipherUpdate(ctx, out, &body, cipher, (int)size) == 1 &&
		    EVP_CipherFinal_ex(ctx, out + body, &tail) == 1;
	EVP_CIPHER_CTX_free(ctx);
	ERR_clear_error();
	if (!good)
		return ERR_INVALID;
	*ret_size = (size_t)(body + tail);
	out[*ret_size] = 0; /* over what the padding left */
	*ret_plain = out;
	return ERR_OK;
}
