#include "fcgi/crypto/sm2_trace.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <string.h>

#include "fcgi/crypto/digest.h"
#include "fcgi/crypto/give_up.h"
#include "fcgi/crypto/sm.h"
#include "fcgi/crypto/sm2.h"

/* One curve for the life of the process. */
static const EC_GROUP *
curve(void)
{
	static EC_GROUP *group;

	if (!group)
		group = EC_GROUP_new_by_curve_name(NID_sm2);
	if (!group)
		crypto_give_up("SM2 curve");
	return group;
}

static void
must(bool good)
{
	if (!good)
		crypto_give_up("SM2 arithmetic");
}

static void
put(const BIGNUM *number, unsigned char ret[32])
{
	must(BN_bn2binpad(number, ret, 32) == 32);
}

/* NULL when the point is not on the curve. */
static EC_POINT *
point_of(const unsigned char public_key[SM2_PUBLIC_SIZE], BN_CTX *ctx)
{
	EC_POINT *point = EC_POINT_new(curve());

	must(point != NULL);
	if (EC_POINT_oct2point(curve(), point, public_key, SM2_PUBLIC_SIZE, ctx) == 1)
		return point;
	ERR_clear_error();
	EC_POINT_free(point);
	return NULL;
}

/* 1 .. n-1 */
static bool
in_range(const BIGNUM *number)
{
	return !BN_is_zero(number) && BN_cmp(number, EC_GROUP_get0_order(curve())) < 0;
}

/* e = r - x([s]G + [r+s]P), GB/T 32918.2, 7.1, solved for e. */
static enum err
solve(const EC_POINT *key, BIGNUM *r, const BIGNUM *s, BN_CTX *ctx, unsigned char ret_e[SM2_E_SIZE])
{
	const BIGNUM *n = EC_GROUP_get0_order(curve());
	BIGNUM *t = BN_CTX_get(ctx), *x = BN_CTX_get(ctx);
	EC_POINT *sum = EC_POINT_new(curve());

	must(x && sum && BN_mod_add(t, r, s, n, ctx) == 1);
	must(EC_POINT_mul(curve(), sum, s, key, t, ctx) == 1);
	bool finite = EC_POINT_is_at_infinity(curve(), sum) == 0;
	if (finite) {
		must(EC_POINT_get_affine_coordinates(curve(), sum, x, NULL, ctx) == 1);
		must(BN_mod_sub(x, r, x, n, ctx) == 1);
		put(x, ret_e);
	}
	EC_POINT_free(sum);
	return finite ? ERR_OK : ERR_INVALID;
}

enum err
sm2_signed_e(const unsigned char public_key[SM2_PUBLIC_SIZE],
    const unsigned char signature[SM2_SIGNATURE_SIZE], unsigned char ret_e[SM2_E_SIZE])
{
	BN_CTX *ctx = BN_CTX_new();
	enum err e = ERR_INVALID;

	must(ctx != NULL);
	BN_CTX_start(ctx);
	BIGNUM *r = BN_CTX_get(ctx), *s = BN_CTX_get(ctx);
	must(s && BN_bin2bn(signature, 32, r) && BN_bin2bn(signature + 32, 32, s));
	EC_POINT *key = point_of(public_key, ctx);
	if (key && in_range(r) && in_range(s))
		e = solve(key, r, s, ctx, ret_e);
	EC_POINT_free(key);
	BN_CTX_end(ctx);
	BN_CTX_free(ctx);
	return e;
}

void
sm2_e_reduce(const void *bytes, size_t size, unsigned char ret_e[SM2_E_SIZE])
{
	static const unsigned char order_begins[] = { 0xff, 0xff, 0xff, 0xfe };

	if (size == SM2_E_SIZE && memcmp(bytes, order_begins, sizeof(order_begins)) < 0) {
		memcpy(ret_e, bytes, size); /* smaller than the order, as nearly all are */
		return;
	}
	BN_CTX *ctx = BN_CTX_new();
	BIGNUM *number = BN_bin2bn(bytes, (int)size, NULL);

	must(ctx && number && BN_nnmod(number, number, EC_GROUP_get0_order(curve()), ctx) == 1);
	put(number, ret_e);
	BN_free(number);
	BN_CTX_free(ctx);
}

void
sm2_z_of(const unsigned char public_key[SM2_PUBLIC_SIZE], const char *id,
    unsigned char ret_z[SM3_SIZE])
{
	/* a, b, G of GB/T 32918.5 */
	static const unsigned char parameters[128] = { 0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff,
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00,
		0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfc, 0x28, 0xe9, 0xfa,
		0x9e, 0x9d, 0x9f, 0x5e, 0x34, 0x4d, 0x5a, 0x9e, 0x4b, 0xcf, 0x65, 0x09, 0xa7, 0xf3,
		0x97, 0x89, 0xf5, 0x15, 0xab, 0x8f, 0x92, 0xdd, 0xbc, 0xbd, 0x41, 0x4d, 0x94, 0x0e,
		0x93, 0x32, 0xc4, 0xae, 0x2c, 0x1f, 0x19, 0x81, 0x19, 0x5f, 0x99, 0x04, 0x46, 0x6a,
		0x39, 0xc9, 0x94, 0x8f, 0xe3, 0x0b, 0xbf, 0xf2, 0x66, 0x0b, 0xe1, 0x71, 0x5a, 0x45,
		0x89, 0x33, 0x4c, 0x74, 0xc7, 0xbc, 0x37, 0x36, 0xa2, 0xf4, 0xf6, 0x77, 0x9c, 0x59,
		0xbd, 0xce, 0xe3, 0x6b, 0x69, 0x21, 0x53, 0xd0, 0xa9, 0x87, 0x7c, 0xc6, 0x2a, 0x47,
		0x40, 0x02, 0xdf, 0x32, 0xe5, 0x21, 0x39, 0xf0, 0xa0 };
	size_t id_size = strlen(id);
	unsigned char bits[2] = { (unsigned char)(id_size * 8 >> 8), (unsigned char)(id_size * 8) };
	struct digest *sm3 = digest_new("sm3");

	digest_update(sm3, bits, sizeof(bits));
	digest_update(sm3, id, id_size);
	digest_update(sm3, parameters, sizeof(parameters));
	digest_update(sm3, public_key + 1, SM2_PUBLIC_SIZE - 1);
	digest_finish(sm3, ret_z);
}

void
sm2_e_from(const unsigned char z[SM3_SIZE], const void *message, size_t size,
    unsigned char ret_e[SM2_E_SIZE])
{
	unsigned char digest[SM3_SIZE];
	struct digest *sm3 = digest_new("sm3");

	digest_update(sm3, z, SM3_SIZE);
	digest_update(sm3, message, size);
	digest_finish(sm3, digest);
	sm2_e_reduce(digest, sizeof(digest), ret_e);
}

void
sm2_e_of(const unsigned char public_key[SM2_PUBLIC_SIZE], const char *id, const void *message,
    size_t size, unsigned char ret_e[SM2_E_SIZE])
{
	unsigned char z[SM3_SIZE];

	sm2_z_of(public_key, id, z);
	sm2_e_from(z, message, size, ret_e);
}

/* r = x([e/s]G + [r/s]P), the textbook. */
bool
sm2_is_ecdsa(const unsigned char public_key[SM2_PUBLIC_SIZE],
    const unsigned char signature[SM2_SIGNATURE_SIZE], const unsigned char digest[32])
{
	const BIGNUM *n = EC_GROUP_get0_order(curve());
	BN_CTX *ctx = BN_CTX_new();
	bool good = false;

	must(ctx != NULL);
	BN_CTX_start(ctx);
	BIGNUM *r = BN_CTX_get(ctx), *s = BN_CTX_get(ctx), *e = BN_CTX_get(ctx);
	BIGNUM *x = BN_CTX_get(ctx);
	must(x && BN_bin2bn(signature, 32, r) && BN_bin2bn(signature + 32, 32, s) &&
	     BN_bin2bn(digest, 32, e));
	EC_POINT *key = point_of(public_key, ctx), *sum = EC_POINT_new(curve());
	if (key && sum && in_range(r) && in_range(s)) {
		must(BN_mod_inverse(s, s, n, ctx) && BN_mod_mul(e, e, s, n, ctx) == 1 &&
		     BN_mod_mul(x, r, s, n, ctx) == 1 &&
		     EC_POINT_mul(curve(), sum, e, key, x, ctx) == 1);
		if (!EC_POINT_is_at_infinity(curve(), sum)) {
			must(EC_POINT_get_affine_coordinates(curve(), sum, x, NULL, ctx) == 1 &&
			     BN_nnmod(x, x, n, ctx) == 1);
			good = BN_cmp(x, r) == 0;
		}
	}
	EC_POINT_free(key);
	EC_POINT_free(sum);
	BN_CTX_end(ctx);
	BN_CTX_free(ctx);
	return good;
}

/* One INTEGER, at most 32 bytes of value; behind it in *der. */
static enum err
take_integer(const unsigned char **der, const unsigned char *end, unsigned char ret[32])
{
	const unsigned char *at = *der;

	if (end - at < 3 || at[0] != 2 || at[1] == 0 || at[1] > 33 || end - at < 2 + at[1])
		return ERR_INVALID;
	size_t size = at[1];
	at += 2;
	*der = at + size;
	if (size == 33 && *at != 0)
		return ERR_INVALID;
	if (size == 33) {
		at++;
		size--;
	}
	memset(ret, 0, 32);
	memcpy(ret + 32 - size, at, size);
	return ERR_OK;
}

enum err
sm2_from_der(const unsigned char *der, size_t size, unsigned char ret_signature[SM2_SIGNATURE_SIZE])
{
	const unsigned char *at = der + 2, *end = der + size;

	if (size < 8 || der[0] != 0x30 || der[1] != size - 2)
		return ERR_INVALID;
	TRY(take_integer(&at, end, ret_signature));
	TRY(take_integer(&at, end, ret_signature + 32));
	return at == end ? ERR_OK : ERR_INVALID;
}
