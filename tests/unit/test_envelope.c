/* The envelope of the payment platform: published examples, round trips, and one byte changed. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/crypto/sm2_trace.h"
#include "handlers/selftest/diagnose.h"
#include "handlers/selftest/diagnosis_answer.h"
#include "handlers/selftest/envelope.h"
#include "handlers/selftest/keys_read.h"
#include "handlers/selftest/value_read.h"
#include "handlers/selftest/value_write.h"
#include "tests/support/suite.h"

static struct arena *arena;

static const char *
text_at(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

static struct envelope_keys
keys_of(const json_t *vector)
{
	struct envelope_keys keys = { .app_id = text_at(vector, "appId"),
		.app_secret = text_at(vector, "appSecret") };

	CU_ASSERT_EQUAL_FATAL(sm2_read_private(text_at(vector, "channelPrivateKey"),
				  keys.own_private),
	    ERR_OK);
	CU_ASSERT_EQUAL_FATAL(sm2_read_public(text_at(vector, "channelPublicKey"),
				  keys.peer_public),
	    ERR_OK);
	return keys;
}

static json_t *
vectors(json_t **ret_root)
{
	*ret_root = json_load_file("tests/vectors/envelopes.json", 0, NULL);
	CU_ASSERT_PTR_NOT_NULL_FATAL(*ret_root);
	json_t *list = json_object_get(*ret_root, "vectors");
	CU_ASSERT_EQUAL_FATAL(json_array_size(list), 5);
	return list;
}

static enum err
open_text(const struct envelope_keys *keys, const char *json, struct opened_envelope *ret)
{
	return envelope_open(arena, keys, json, strlen(json), ret);
}

static const char *
rewritten(const char *json, struct value_style style)
{
	const struct value *value;
	struct written out = { .arena = arena };

	if (value_read(arena, json, strlen(json), &value) != ERR_OK)
		return "refused";
	value_write(&out, value, &style);
	return text_of(&out);
}

static void
published_examples_open_and_verify(void)
{
	json_t *root, *vector;
	size_t i;

	json_t *list = vectors(&root);
	json_array_foreach(list, i, vector)
	{
		struct envelope_keys keys = keys_of(vector);
		struct opened_envelope opened;
		struct written string = { .arena = arena };
		unsigned char key[SM4_KEY_SIZE];
		char *json = json_dumps(json_object_get(vector, "envelope"), JSON_COMPACT);

		CU_ASSERT_EQUAL_FATAL(open_text(&keys, json, &opened), ERR_OK);
		envelope_sign_string(&string, opened.envelope, opened.data, keys.app_secret);
		CU_ASSERT_STRING_EQUAL(text_of(&string), text_at(vector, "signString"));
		envelope_cipher_key(arena, keys.app_id, keys.app_secret, key);
		CU_ASSERT_EQUAL(memcmp(key, text_at(vector, "sm4KeyText"), sizeof(key)), 0);
		/* what is encrypted is the data without empties, too */
		char *data = json_dumps(json_object_get(vector, "data"), JSON_COMPACT);
		CU_ASSERT_STRING_EQUAL(rewritten(opened.data_json, (struct value_style){ 0 }),
		    rewritten(data, (struct value_style){ 0 }));
		free(data);
		free(json);
		arena_reset(arena);
	}
	json_decref(root);
}

/* Every byte of the first, every seventh of the others. */
static void
one_changed_byte_fails(void)
{
	json_t *root, *vector;
	size_t i, tried = 0;

	json_t *list = vectors(&root);
	json_array_foreach(list, i, vector)
	{
		struct envelope_keys keys = keys_of(vector);
		char *json = json_dumps(json_object_get(vector, "envelope"), JSON_COMPACT);

		size_t length = strlen(json);
		for (size_t at = 0; at < length; at += i ? 7 : 1) {
			struct opened_envelope opened;

			json[at] ^= 1;
			CU_ASSERT_EQUAL(open_text(&keys, json, &opened), ERR_INVALID);
			json[at] ^= 1;
			tried++;
			arena_reset(arena);
		}
		free(json);
	}
	CU_ASSERT_TRUE(tried > 400);
	json_decref(root);
}

static void
what_was_sealed_opens(void)
{
	static const char *const datas[] = { "{}", "{\"a\":1}",
		"{\"zh\":\"中文\",\"n\":[12.50,1e3]}",
		"{\"big\":123456789012345678901234567890,\"s\":\"\\u4e2d\\ud83d\\ude00\\n\"}" };
	struct sm2_pair pair;

	sm2_generate(&pair);
	for (size_t i = 0; i < COUNT(datas); i++) {
		struct envelope_keys keys = { .app_id = "0123456789ABCDEF0123456789ABCDEF",
			.app_secret = "FEDCBA9876543210FEDCBA9876543210" };
		struct opened_envelope opened;
		const char *json;

		memcpy(keys.own_private, pair.private_key, sizeof(pair.private_key));
		memcpy(keys.peer_public, pair.public_key, sizeof(pair.public_key));
		CU_ASSERT_EQUAL_FATAL(envelope_seal(arena, &keys, datas[i], "1795400000000", NULL,
					  &json),
		    ERR_OK);
		CU_ASSERT_EQUAL(open_text(&keys, json, &opened), ERR_OK);
	}
	arena_reset(arena);
}

static void
values_keep_their_digits_and_lose_empties(void)
{
	static const struct value_style kept = { .order = ORDER_SENT, .empties = EMPTIES_KEPT };

	CU_ASSERT_STRING_EQUAL(rewritten(" { \"b\" : 12.50 , \"a\" : 1e-7 } ", kept),
	    "{\"b\":12.50,\"a\":1e-7}");
	CU_ASSERT_STRING_EQUAL(rewritten("{\"b\":{\"z\":null,\"y\":\"\"},\"a\":[\"\",[],0,false]}",
				   (struct value_style){ 0 }),
	    "{\"a\":[0,false]}");
	CU_ASSERT_STRING_EQUAL(rewritten("[\"\\u4e2d/\\u0001\\\"\\t\"]", kept),
	    "[\"中/\\u0001\\\"\\t\"]");
	CU_ASSERT_STRING_EQUAL(rewritten("[\"\\u00e9\\u07ff\\uffff\\ud83d\\ude00\"]",
				   (struct value_style){ .escape = ESCAPE_UPPER }),
	    "[\"\\u00E9\\u07FF\\uFFFF\\uD83D\\uDE00\"]");
	arena_reset(arena);
}

/* What Java, JavaScript, Python, PHP and Go say of the same number. */
static void
numbers_are_printed_as_languages_do(void)
{
	static const struct {
		enum value_numbers way;
		const char *sent, *printed;
	} rows[] = { { NUMBERS_JAVA, "12345678", "1.2345678E7" },
		{ NUMBERS_JAVA, "0.001", "0.001" }, { NUMBERS_JAVA, "1e-4", "1.0E-4" },
		{ NUMBERS_JAVA, "100", "100.0" }, { NUMBERS_JAVA, "-2.50", "-2.5" },
		{ NUMBERS_SCRIPT, "1e21", "1e+21" }, { NUMBERS_SCRIPT, "1e-7", "1e-7" },
		{ NUMBERS_SCRIPT, "0.000001", "0.000001" },
		{ NUMBERS_SCRIPT, "12345678901234567890", "12345678901234567000" },
		{ NUMBERS_SCRIPT, "-0.0", "0" }, { NUMBERS_PYTHON, "1.0e16", "1e+16" },
		{ NUMBERS_PYTHON, "12.50", "12.5" }, { NUMBERS_PYTHON, "3", "3" },
		{ NUMBERS_PYTHON, "2.00", "2.0" }, { NUMBERS_PYTHON, "1e-5", "1e-05" },
		{ NUMBERS_PHP, "0.1", "0.10000000000000001" }, { NUMBERS_PHP, "12.50", "12.5" },
		{ NUMBERS_GO, "1234567.89", "1.23456789e+06" }, { NUMBERS_GO, "100000", "100000" },
		{ NUMBERS_CENTS, "3", "3.00" }, { NUMBERS_SHORT, "3.00", "3" },
		{ NUMBERS_DOUBLE, "3", "3.0" } };

	for (size_t i = 0; i < COUNT(rows); i++)
		CU_ASSERT_STRING_EQUAL(rewritten(rows[i].sent,
					   (struct value_style){ .numbers = rows[i].way }),
		    rows[i].printed);
	arena_reset(arena);
}

/* Of java.util.HashMap, OpenJDK 17; of JavaScript; every permutation once. */
static void
members_are_ordered_as_maps_keep_them(void)
{
	static const char sent[] = "{\"orgCodg\":1,\"9\":2,\"b\":3,\"A\":4,\"10\":5}";
	char seen[120][64];

	CU_ASSERT_STRING_EQUAL(rewritten(sent, (struct value_style){ .order = ORDER_NUMERIC }),
	    "{\"9\":2,\"10\":5,\"orgCodg\":1,\"b\":3,\"A\":4}");
	CU_ASSERT_STRING_EQUAL(rewritten(sent, (struct value_style){ .order = ORDER_CASELESS }),
	    "{\"10\":5,\"9\":2,\"A\":4,\"b\":3,\"orgCodg\":1}");
	for (unsigned i = 0; i < COUNT(seen); i++) {
		const struct value_style style = { .order = ORDER_PERMUTED, .permutation = i };

		snprintf(seen[i], sizeof(seen[i]), "%s", rewritten(sent, style));
		for (unsigned j = 0; j < i; j++)
			CU_ASSERT_STRING_NOT_EQUAL(seen[j], seen[i]);
	}
	/* of 16 buckets p is in 0, a and q in 1, b in 2 */
	CU_ASSERT_STRING_EQUAL(rewritten("{\"b\":1,\"p\":2,\"a\":3,\"q\":4}",
				   (struct value_style){ .order = ORDER_HASH }),
	    "{\"p\":2,\"a\":3,\"q\":4,\"b\":1}");
	arena_reset(arena);
}

static void
what_is_not_json_is_refused(void)
{
	static const char *const texts[] = { "", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}",
		"01", "1.", ".5", "+1", "1e", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"",
		"\"\\u0000\"", "\"a\nb\"", "nul", "nulll", "\"\xc0\x80\"", "\"\xed\xa0\x80\"",
		"\"\xf5\x80\x80\x80\"", "\"\xe4\xb8\"", "[1]x", "{1:2}", "\"a", "\"a\\" };
	char deep[200];

	for (size_t i = 0; i < COUNT(texts); i++)
		CU_ASSERT_STRING_EQUAL(rewritten(texts[i], (struct value_style){ 0 }), "refused");
	memset(deep, '[', sizeof(deep) - 1);
	deep[sizeof(deep) - 1] = '\0';
	CU_ASSERT_STRING_EQUAL(rewritten(deep, (struct value_style){ 0 }), "refused");
	arena_reset(arena);
}

/* The number that was signed comes out again, for any user id. */
static void
a_signature_gives_back_what_was_signed(void)
{
	struct sm2_pair pair;
	unsigned char signature[SM2_SIGNATURE_SIZE], e[SM2_E_SIZE], made[SM2_E_SIZE];

	sm2_generate(&pair);
	for (size_t i = 0; i < 50; i++) {
		CU_ASSERT_EQUAL(sm2_sign(pair.private_key, &i, sizeof(i), signature), ERR_OK);
		CU_ASSERT_EQUAL(sm2_signed_e(pair.public_key, signature, e), ERR_OK);
		sm2_e_of(pair.public_key, "1234567812345678", &i, sizeof(i), made);
		CU_ASSERT_EQUAL(memcmp(e, made, sizeof(e)), 0);
		CU_ASSERT_FALSE(sm2_is_ecdsa(pair.public_key, signature, e));
	}
	memset(signature, 0xff, sizeof(signature));
	CU_ASSERT_EQUAL(sm2_signed_e(pair.public_key, signature, e), ERR_INVALID);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "published examples open and verify", published_examples_open_and_verify },
		{ "one changed byte fails", one_changed_byte_fails },
		{ "what was sealed opens", what_was_sealed_opens },
		{ "values keep their digits and lose empties",
		    values_keep_their_digits_and_lose_empties },
		{ "numbers are printed as languages do", numbers_are_printed_as_languages_do },
		{ "members are ordered as maps keep them", members_are_ordered_as_maps_keep_them },
		{ "what is not JSON is refused", what_is_not_json_is_refused },
		{ "a signature gives back what was signed",
		    a_signature_gives_back_what_was_signed },
		CU_TEST_INFO_NULL,
	};

	arena = arena_new((size_t)16 << 20);
	int status = run_suite("envelope", tests);
	arena_free(arena);
	return status;
}
