#include <CUnit/Basic.h>
#include <jansson.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/sm.h"
#include "fcgi/crypto/sm2.h"

static struct arena *arena;

/* A signature with this user id, or the one OpenSSL has when none is set (NULL). */
static void
careless_signature(const unsigned char private_key[SM2_PRIVATE_SIZE], const char *id,
    const char *message, unsigned char ret[SM2_SIGNATURE_SIZE])
{
	static const unsigned char head[] = { 0x30, 0x31, 2, 1, 1, 4, 32 }, curve[] = { 0xa0, 10, 6,
		8, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 1, 0x82, 0x2d };
	unsigned char der[51], signature[80];
	const unsigned char *p = der, *s = signature;
	size_t size = sizeof(signature);
	EVP_PKEY_CTX *pctx;

	memcpy(der, head, 7);
	memcpy(der + 7, private_key, 32);
	memcpy(der + 39, curve, 12);
	EVP_PKEY *key = d2i_AutoPrivateKey(NULL, &p, sizeof(der));
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	CU_ASSERT_EQUAL_FATAL(EVP_DigestSignInit(ctx, &pctx, EVP_sm3(), NULL, key), 1);
	if (id)
		CU_ASSERT_EQUAL_FATAL(EVP_PKEY_CTX_set1_id(pctx, id, (int)strlen(id)), 1);
	CU_ASSERT_EQUAL_FATAL(EVP_DigestSign(ctx, signature, &size, (const unsigned char *)message,
				  strlen(message)),
	    1);
	ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &s, (long)size);
	BN_bn2binpad(ECDSA_SIG_get0_r(pair), ret, 32);
	BN_bn2binpad(ECDSA_SIG_get0_s(pair), ret + 32, 32);
	ECDSA_SIG_free(pair);
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
}

static void
a_pair_signs_and_verifies(void)
{
	struct sm2_pair pair, other;
	unsigned char public_key[SM2_PUBLIC_SIZE], signature[SM2_SIGNATURE_SIZE];

	sm2_generate(&pair);
	sm2_generate(&other);
	CU_ASSERT_EQUAL(pair.public_key[0], 4);
	CU_ASSERT_EQUAL_FATAL(sm2_public_of(pair.private_key, public_key), ERR_OK);
	CU_ASSERT_EQUAL(memcmp(public_key, pair.public_key, sizeof(public_key)), 0);

	CU_ASSERT_EQUAL_FATAL(sm2_sign(pair.private_key, "text", 4, signature), ERR_OK);
	CU_ASSERT_EQUAL(sm2_verify(pair.public_key, "text", 4, signature), ERR_OK);
	CU_ASSERT_EQUAL(sm2_verify(pair.public_key, "texT", 4, signature), ERR_INVALID);
	CU_ASSERT_EQUAL(sm2_verify(other.public_key, "text", 4, signature), ERR_INVALID);
	for (size_t i = 0; i < sizeof(signature); i += 7) {
		signature[i] ^= 1;
		CU_ASSERT_EQUAL(sm2_verify(pair.public_key, "text", 4, signature), ERR_INVALID);
		signature[i] ^= 1;
	}
	memset(signature, 0, 32);
	CU_ASSERT_EQUAL(sm2_verify(pair.public_key, "text", 4, signature), ERR_INVALID);
}

static void
the_user_id_is_never_the_librarys_default(void)
{
	struct sm2_pair pair;
	unsigned char signature[SM2_SIGNATURE_SIZE];

	sm2_generate(&pair);
	careless_signature(pair.private_key, NULL, "text", signature);
	CU_ASSERT_EQUAL(sm2_verify(pair.public_key, "text", 4, signature), ERR_INVALID);
	careless_signature(pair.private_key, "8765432187654321", "text", signature);
	CU_ASSERT_EQUAL(sm2_verify(pair.public_key, "text", 4, signature), ERR_INVALID);
	careless_signature(pair.private_key, "1234567812345678", "text", signature);
	CU_ASSERT_EQUAL(sm2_verify(pair.public_key, "text", 4, signature), ERR_OK);
}

/* The trap itself, so that we hear when a new OpenSSL changes it; then: ours is not such a key. */
static void
a_key_of_type_ec_would_sign_ecdsa(void)
{
	EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "EC", "SM2");
	unsigned char d[SM2_PRIVATE_SIZE], public_key[SM2_PUBLIC_SIZE], der[80];
	unsigned char signature[SM2_SIGNATURE_SIZE];
	const unsigned char *p = der;
	size_t size = sizeof(der);
	BIGNUM *number = NULL;

	CU_ASSERT_FALSE(EVP_PKEY_is_a(key, "SM2"));
	CU_ASSERT_EQUAL_FATAL(EVP_PKEY_get_bn_param(key, "priv", &number), 1);
	BN_bn2binpad(number, d, sizeof(d));
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	CU_ASSERT_EQUAL_FATAL(EVP_DigestSignInit(ctx, NULL, EVP_sm3(), NULL, key), 1);
	CU_ASSERT_EQUAL_FATAL(EVP_DigestSign(ctx, der, &size, (const unsigned char *)"text", 4), 1);
	ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &p, (long)size);
	BN_bn2binpad(ECDSA_SIG_get0_r(pair), signature, 32);
	BN_bn2binpad(ECDSA_SIG_get0_s(pair), signature + 32, 32);

	CU_ASSERT_EQUAL_FATAL(sm2_public_of(d, public_key), ERR_OK);
	CU_ASSERT_EQUAL(sm2_verify(public_key, "text", 4, signature), ERR_INVALID);
	CU_ASSERT_EQUAL_FATAL(sm2_sign(d, "text", 4, signature), ERR_OK);
	CU_ASSERT_EQUAL(sm2_verify(public_key, "text", 4, signature), ERR_OK);
	ECDSA_SIG_free(pair);
	EVP_MD_CTX_free(ctx);
	BN_free(number);
	EVP_PKEY_free(key);
}

static void
short_numbers_are_padded(void)
{
	struct sm2_pair pair;
	unsigned char signature[SM2_SIGNATURE_SIZE];
	unsigned short_ones = 0;

	sm2_generate(&pair);
	for (unsigned i = 0; i < 1000; i++) {
		CU_ASSERT_EQUAL_FATAL(sm2_sign(pair.private_key, &i, sizeof(i), signature), ERR_OK);
		if (signature[0] && signature[32])
			continue;
		short_ones++;
		CU_ASSERT_EQUAL(sm2_verify(pair.public_key, &i, sizeof(i), signature), ERR_OK);
	}
	CU_ASSERT_TRUE(short_ones > 0); /* about 8 expected; none: 1 in 2500 */
}

static enum err
read_private(const char *hex_text, unsigned char ret_key[SM2_PRIVATE_SIZE])
{
	unsigned char bytes[40];
	size_t size;

	CU_ASSERT_EQUAL_FATAL(bytes_unhex(hex_text, bytes, sizeof(bytes), &size), ERR_OK);
	return sm2_read_private(bytes_base64(arena, bytes, size), ret_key);
}

#define N_MINUS(last) "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d541" last
#define ZEROS "00000000000000000000000000000000000000000000000000000000000000"

static void
private_keys_are_checked(void)
{
	unsigned char key[SM2_PRIVATE_SIZE], public_key[SM2_PUBLIC_SIZE];
	unsigned char signature[SM2_SIGNATURE_SIZE];

	CU_ASSERT_EQUAL(read_private(ZEROS "01", key), ERR_OK);
	CU_ASSERT_EQUAL(read_private("00" ZEROS "05", key), ERR_OK); /* as Java writes it */
	CU_ASSERT_EQUAL(key[31], 5);
	CU_ASSERT_EQUAL(read_private(N_MINUS("21"), key), ERR_OK); /* n - 2 */
	CU_ASSERT_EQUAL(sm2_sign(key, "text", 4, signature), ERR_OK);
	CU_ASSERT_EQUAL(sm2_public_of(key, public_key), ERR_OK);
	CU_ASSERT_EQUAL(sm2_verify(public_key, "text", 4, signature), ERR_OK);

	CU_ASSERT_EQUAL(read_private(ZEROS "00", key), ERR_INVALID);
	CU_ASSERT_EQUAL(read_private(N_MINUS("22"), key), ERR_INVALID); /* n - 1 */
	CU_ASSERT_EQUAL(read_private(N_MINUS("23"), key), ERR_INVALID); /* n */
	CU_ASSERT_EQUAL(read_private("01" ZEROS "05", key), ERR_INVALID);
	CU_ASSERT_EQUAL(read_private(ZEROS, key), ERR_INVALID);
	CU_ASSERT_EQUAL(sm2_read_private("no base64", key), ERR_INVALID);
	memset(key, 0, sizeof(key));
	CU_ASSERT_EQUAL(sm2_sign(key, "text", 4, signature), ERR_INVALID);
	CU_ASSERT_EQUAL(sm2_public_of(key, public_key), ERR_INVALID);
}

static void
public_keys_are_checked(void)
{
	struct sm2_pair pair;
	unsigned char key[SM2_PUBLIC_SIZE], bad[SM2_PUBLIC_SIZE],
	    signature[SM2_SIGNATURE_SIZE] = { 1 };

	sm2_generate(&pair);
	CU_ASSERT_EQUAL(sm2_read_public(bytes_base64(arena, pair.public_key, 65), key), ERR_OK);
	CU_ASSERT_EQUAL(memcmp(key, pair.public_key, 65), 0);
	memset(key, 0, sizeof(key));
	CU_ASSERT_EQUAL(sm2_read_public(bytes_base64(arena, pair.public_key + 1, 64), key), ERR_OK);
	CU_ASSERT_EQUAL(memcmp(key, pair.public_key, 65), 0);

	memcpy(bad, pair.public_key, sizeof(bad));
	bad[64] ^= 1; /* off the curve */
	CU_ASSERT_EQUAL(sm2_read_public(bytes_base64(arena, bad, 65), key), ERR_INVALID);
	CU_ASSERT_EQUAL(sm2_verify(bad, "text", 4, signature), ERR_INVALID);
	memcpy(bad, pair.public_key, sizeof(bad));
	bad[0] = 2; /* compressed form, wrong length */
	CU_ASSERT_EQUAL(sm2_read_public(bytes_base64(arena, bad, 65), key), ERR_INVALID);
	CU_ASSERT_EQUAL(sm2_read_public(bytes_base64(arena, bad, 33), key), ERR_INVALID);
	CU_ASSERT_EQUAL(sm2_verify(bad, "text", 4, signature), ERR_INVALID);
	memset(bad + 1, 0, 64);
	bad[0] = 4;
	CU_ASSERT_EQUAL(sm2_read_public(bytes_base64(arena, bad, 65), key), ERR_INVALID);
	CU_ASSERT_EQUAL(sm2_read_public("", key), ERR_INVALID);
}

/* ---- five envelopes made by an independent library ---- */

static const char *
text(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	CU_ASSERT_PTR_NOT_NULL_FATAL(value);
	return value;
}

static void
signatures_verify(const json_t *vector, const json_t *envelope)
{
	const char *signed_text = text(vector, "signString");
	unsigned char public_key[SM2_PUBLIC_SIZE], private_key[SM2_PRIVATE_SIZE];
	unsigned char derived[SM2_PUBLIC_SIZE], signature[SM2_SIGNATURE_SIZE];

	CU_ASSERT_EQUAL_FATAL(sm2_read_public(text(vector, "channelPublicKey"), public_key),
	    ERR_OK);
	CU_ASSERT_EQUAL_FATAL(sm2_read_private(text(vector, "channelPrivateKey"), private_key),
	    ERR_OK);
	CU_ASSERT_EQUAL_FATAL(sm2_public_of(private_key, derived), ERR_OK);
	CU_ASSERT_EQUAL(memcmp(derived, public_key, sizeof(derived)), 0);
	CU_ASSERT_EQUAL_FATAL(sm2_read_signature(text(envelope, "signData"), signature), ERR_OK);
	CU_ASSERT_EQUAL(sm2_verify(public_key, signed_text, strlen(signed_text), signature),
	    ERR_OK);
	CU_ASSERT_EQUAL(sm2_verify(public_key, signed_text, strlen(signed_text) - 1, signature),
	    ERR_INVALID);
}

static void
data_decrypts(const json_t *vector, const json_t *envelope)
{
	const char *secret = text(vector, "appSecret"), *hex_text = text(envelope, "encData");
	unsigned char key[SM4_KEY_SIZE], *cipher, *plain, *again;
	size_t size = strlen(hex_text) / 2, n;

	memcpy(key, text(vector, "appId"), sizeof(key));
	CU_ASSERT_EQUAL_FATAL(sm4_encrypt(arena, key, secret, strlen(secret), &cipher, &n), ERR_OK);
	memcpy(key, bytes_hex_upper(arena, cipher, n), sizeof(key));
	CU_ASSERT_EQUAL(memcmp(key, text(vector, "sm4KeyText"), sizeof(key)), 0);

	cipher = arena_alloc(arena, size);
	CU_ASSERT_EQUAL_FATAL(bytes_unhex(hex_text, cipher, size, &size), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(sm4_decrypt(arena, key, cipher, size, &plain, &n), ERR_OK);
	/* What was signed and what was encrypted is the same text. */
	CU_ASSERT_PTR_NOT_NULL(strstr(text(vector, "signString"),
	    arena_printf(arena, "&data=%s&encType=", (const char *)plain)));
	CU_ASSERT_EQUAL_FATAL(sm4_encrypt(arena, key, plain, n, &again, &n), ERR_OK);
	CU_ASSERT_STRING_EQUAL(bytes_hex_upper(arena, again, n), hex_text);
}

static void
envelopes_of_another_library_are_understood(void)
{
	json_t *file = json_load_file("tests/vectors/envelopes.json", 0, NULL), *vector;
	size_t i;

	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	CU_ASSERT_EQUAL(json_array_size(json_object_get(file, "vectors")), 5);
	json_array_foreach(json_object_get(file, "vectors"), i, vector)
	{
		const json_t *envelope = json_object_get(vector, "envelope");

		signatures_verify(vector, envelope);
		data_decrypts(vector, envelope);
	}
	json_decref(file);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "a pair signs and verifies", a_pair_signs_and_verifies },
		{ "the user id is never the library's default",
		    the_user_id_is_never_the_librarys_default },
		{ "a key of type EC would sign ECDSA", a_key_of_type_ec_would_sign_ecdsa },
		{ "short numbers are padded", short_numbers_are_padded },
		{ "private keys are checked", private_keys_are_checked },
		{ "public keys are checked", public_keys_are_checked },
		{ "envelopes of another library are understood",
		    envelopes_of_another_library_are_understood },
		CU_TEST_INFO_NULL,
	};
	static CU_SuiteInfo suites[] = {
		{ .pName = "sm2", .pTests = tests },
		CU_SUITE_INFO_NULL,
	};

	if (CU_initialize_registry() || CU_register_suites(suites))
		return 2;
	arena = arena_new((size_t)1 << 20);
	CU_basic_run_tests();
	unsigned failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	arena_free(arena);
	return failures != 0;
}
