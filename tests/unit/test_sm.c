#include <CUnit/Basic.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "fcgi/crypto/digest.h"
#include "fcgi/crypto/sm.h"

static struct arena *arena;

/* ---- random numbers and texts ---- */

static void
random_bytes_differ(void)
{
	unsigned char a[32] = { 0 }, b[32] = { 0 };

	random_bytes(a, sizeof(a));
	random_bytes(b, sizeof(b));
	CU_ASSERT_FALSE(bytes_equal(a, b, sizeof(a)));
	CU_ASSERT_TRUE(bytes_equal(a, a, sizeof(a)));
}

static void
random_numbers_stay_below_the_bound_and_reach_all_of_it(void)
{
	unsigned seen = 0;

	for (int i = 0; i < 1000; i++) {
		uint32_t value = random_below(7);

		CU_ASSERT_TRUE_FATAL(value < 7);
		seen |= 1u << value;
	}
	CU_ASSERT_EQUAL(seen, 0x7f);
	CU_ASSERT_EQUAL(random_below(1), 0);
}

static void
hex_goes_both_ways(void)
{
	unsigned char bytes[4];
	size_t size;

	CU_ASSERT_STRING_EQUAL(bytes_hex(arena, "\x00\x1f\xab", 3), "001fab");
	CU_ASSERT_STRING_EQUAL(bytes_hex_upper(arena, "\x00\x1f\xab", 3), "001FAB");
	CU_ASSERT_STRING_EQUAL(bytes_hex(arena, "", 0), "");
	CU_ASSERT_EQUAL_FATAL(bytes_unhex("001fAB", bytes, sizeof(bytes), &size), ERR_OK);
	CU_ASSERT_EQUAL(size, 3);
	CU_ASSERT_EQUAL(memcmp(bytes, "\x00\x1f\xab", 3), 0);
	CU_ASSERT_EQUAL(bytes_unhex("0", bytes, sizeof(bytes), &size), ERR_INVALID);
	CU_ASSERT_EQUAL(bytes_unhex("0g", bytes, sizeof(bytes), &size), ERR_INVALID);
	CU_ASSERT_EQUAL(bytes_unhex("0011223344", bytes, sizeof(bytes), &size), ERR_INVALID);
}

static void
base64_goes_both_ways(void)
{
	static const struct {
		const char *bytes, *text; /* RFC 4648, section 10 */
	} pairs[] = { { "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" },
		{ "foob", "Zm9vYg==" }, { "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" },
		{ "\xff\xef\xbe", "/+++" } };
	char bytes[8];
	size_t size;

	for (size_t i = 0; i < COUNT(pairs); i++) {
		size_t n = strlen(pairs[i].bytes);

		CU_ASSERT_STRING_EQUAL(bytes_base64(arena, pairs[i].bytes, n), pairs[i].text);
		CU_ASSERT_EQUAL_FATAL(bytes_unbase64(pairs[i].text, bytes, sizeof(bytes), &size),
		    ERR_OK);
		CU_ASSERT_EQUAL(size, n);
		CU_ASSERT_EQUAL(memcmp(bytes, pairs[i].bytes, n), 0);
	}
}

static void
base64_has_one_text_per_value(void)
{
	static const char *const bad[] = { "Z", "Zg",
		"Zg=", "Zh==", "Zm9=", "Z===", "====", "Zg==Zg==", " Zg==", "Zg==\n", "Zm 9v",
		"Zm9-", "Zm9_", "=m9v", "Zm\xe4v", "Zm9vYmFyYmF6" };
	char bytes[8];
	size_t size;

	for (size_t i = 0; i < COUNT(bad); i++)
		CU_ASSERT_EQUAL(bytes_unbase64(bad[i], bytes, sizeof(bytes), &size), ERR_INVALID);
}

/* ---- SM3, SM4 ---- */

static void
sm3_is_the_standards(void)
{
	unsigned char once[SM3_SIZE], pieces[SM3_SIZE], mac[SM3_SIZE], other[SM3_SIZE];
	struct digest *digest = digest_new("sm3");

	sm3("abc", 3, once); /* GB/T 32905, A.1 */
	CU_ASSERT_STRING_EQUAL(bytes_hex(arena, once, sizeof(once)),
	    "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
	digest_update(digest, "a", 1);
	digest_update(digest, "", 0);
	digest_update(digest, "bc", 2);
	digest_finish(digest, pieces);
	CU_ASSERT_TRUE(bytes_equal(once, pieces, sizeof(once)));

	sm3_hmac("key", 3, "text", 4, mac);
	sm3_hmac("kez", 3, "text", 4, other);
	CU_ASSERT_FALSE(bytes_equal(mac, other, sizeof(mac)));
}

/* RFC 2104 written out, over sm3() alone. */
static void
hmac_is_built_on_sm3(void)
{
	unsigned char inner[64 + 4], outer[64 + SM3_SIZE], expected[SM3_SIZE], mac[SM3_SIZE];

	memset(inner, 0x36, 64);
	memset(outer, 0x5c, 64);
	for (size_t i = 0; i < 3; i++) {
		inner[i] ^= (unsigned char)"key"[i];
		outer[i] ^= (unsigned char)"key"[i];
	}
	memcpy(inner + 64, "text", 4);
	sm3(inner, sizeof(inner), outer + 64);
	sm3(outer, sizeof(outer), expected);
	sm3_hmac("key", 3, "text", 4, mac);
	CU_ASSERT_TRUE(bytes_equal(mac, expected, sizeof(mac)));
}

static void
sm4_is_the_standards(void)
{
	unsigned char key[SM4_KEY_SIZE], *cipher, *plain;
	size_t size;

	CU_ASSERT_EQUAL_FATAL(bytes_unhex("0123456789abcdeffedcba9876543210", key, sizeof(key),
				  &size),
	    ERR_OK);
	CU_ASSERT_EQUAL_FATAL(sm4_encrypt(arena, key, key, sizeof(key), &cipher, &size), ERR_OK);
	CU_ASSERT_EQUAL(size, 32); /* a whole block of padding */
	CU_ASSERT_STRING_EQUAL(bytes_hex(arena, cipher, 16), "681edf34d206965e86b3e94f536e4246");
	CU_ASSERT_EQUAL_FATAL(sm4_decrypt(arena, key, cipher, size, &plain, &size), ERR_OK);
	CU_ASSERT_EQUAL(size, 16);
	CU_ASSERT_EQUAL(memcmp(plain, key, 16), 0);
}

static void
sm4_refuses_what_it_did_not_write(void)
{
	static const unsigned char key[SM4_KEY_SIZE] = "0123456789abcde", other[SM4_KEY_SIZE];
	unsigned char *cipher, *plain;
	size_t size, n;

	for (size_t len = 0; len <= 33; len++) {
		unsigned char text[33];

		memset(text, 'x', sizeof(text));
		CU_ASSERT_EQUAL(sm4_encrypt(arena, key, text, len, &cipher, &size), ERR_OK);
		CU_ASSERT_EQUAL(size, (len / 16 + 1) * 16);
		CU_ASSERT_EQUAL(sm4_decrypt(arena, key, cipher, size, &plain, &n), ERR_OK);
		CU_ASSERT_EQUAL(n, len);
		CU_ASSERT_EQUAL(plain[len], 0);
		CU_ASSERT_EQUAL(sm4_decrypt(arena, key, cipher, size - 1, &plain, &n), ERR_INVALID);
	}
	CU_ASSERT_EQUAL(sm4_decrypt(arena, other, cipher, size, &plain, &n), ERR_INVALID);
	CU_ASSERT_EQUAL(sm4_decrypt(arena, key, cipher, 0, &plain, &n), ERR_INVALID);
	CU_ASSERT_EQUAL(sm4_encrypt(arena, key, key, SM4_MAX + 1, &cipher, &size), ERR_TOO_LARGE);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "random bytes differ", random_bytes_differ },
		{ "random numbers stay below the bound and reach all of it",
		    random_numbers_stay_below_the_bound_and_reach_all_of_it },
		{ "hex goes both ways", hex_goes_both_ways },
		{ "base64 goes both ways", base64_goes_both_ways },
		{ "base64 has one text per value", base64_has_one_text_per_value },
		{ "SM3 is the standard's", sm3_is_the_standards },
		{ "HMAC is built on SM3", hmac_is_built_on_sm3 },
		{ "SM4 is the standard's", sm4_is_the_standards },
		{ "SM4 refuses what it did not write", sm4_refuses_what_it_did_not_write },
		CU_TEST_INFO_NULL,
	};
	static CU_SuiteInfo suites[] = {
		{ .pName = "sm", .pTests = tests },
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
