#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "fcgi/crypto/sm2.h"
#include "handlers/key/channel_key.h"
#include "sql/key/channel_key.h"
#include "tests/fakes/applicant.h"
#include "tests/support/replied.h"

AS_ROUTED(show, channel_key_show)
AS_ROUTED(report, channel_key_report)

/* ---- sql/key/channel_key.c ------------------------------------------------------ */

static const char *kept, *in_credential;
static char kept_text[100]; /* outlives the request */

enum err
channel_key_add(struct sql_tx *tx, int64_t application_id, const char *public_key,
    int64_t operator_id, int64_t now)
{
	(void)tx;
	(void)application_id;
	(void)operator_id;
	(void)now;
	snprintf(kept_text, sizeof(kept_text), "%s", public_key);
	kept = kept_text;
	return fake_call();
}

enum err
channel_key_current(struct sql *db, struct arena *arena, int64_t application_id,
    struct channel_key *ret)
{
	(void)db;
	(void)arena;
	(void)application_id;
	TRY(fake_call());
	if (!kept)
		return ERR_NOT_FOUND;
	*ret =
	    (struct channel_key){ .public_key = kept, .created_at = VISITOR_NOW, .name = "王小慢" };
	return ERR_OK;
}

enum err
channel_credential_report(struct sql_tx *tx, int64_t application_id, const char *channel_public)
{
	(void)tx;
	(void)application_id;
	in_credential = channel_public;
	return fake_call();
}

enum err
channel_key_list(struct sql *db, struct arena *arena, int64_t application_id,
    const struct channel_key **ret, size_t *ret_count)
{
	static struct channel_key one;

	*ret_count = 0;
	*ret = &one;
	enum err e = channel_key_current(db, arena, application_id, &one);
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	*ret_count = 1;
	return e;
}

static enum key_use used;

enum err
channel_key_use(struct sql *db, struct arena *arena, int64_t application_id, const char *public_key,
    enum key_use *ret)
{
	(void)db;
	(void)arena;
	(void)application_id;
	(void)public_key;
	*ret = used;
	return fake_call();
}

static bool contested;

enum err
channel_key_contested(struct sql_tx *tx, struct arena *arena, int64_t application_id,
    const char *public_key, bool *ret)
{
	(void)tx;
	(void)arena;
	(void)application_id;
	(void)public_key;
	*ret = contested;
	return fake_call();
}

/* ---- the channel -------------------------------------------------------------- */

static struct sm2_pair pair;

static void
applied(void)
{
	applicant_stands(STATE_APPLIED, 0);
	kept = in_credential = NULL;
	used = KEY_UNUSED;
	sm2_generate(&pair);
}

static const char *
public_text(void)
{
	return bytes_base64(visitor_q.arena, pair.public_key, sizeof(pair.public_key));
}

static const char *
signature_over(const char *text)
{
	unsigned char signature[SM2_SIGNATURE_SIZE];

	CU_ASSERT_EQUAL_FATAL(sm2_sign(pair.private_key, text, strlen(text), signature), ERR_OK);
	return bytes_base64(visitor_q.arena, signature, sizeof(signature));
}

/* {public_key, signature} over a text, by the pair. */
static json_t *
signed_over(const char *text)
{
	return json_pack("{ss ss}", "public_key", public_text(), "signature", signature_over(text));
}

/* A challenge as the page gets it. */
static const char *
challenge(void)
{
	CU_ASSERT_EQUAL_FATAL(visitor_send(show, 0, NULL), ERR_OK);
	const char *text = visitor_answer("challenge");
	return arena_strndup(visitor_q.arena, text, strlen(text));
}

static void
whoever_holds_the_private_key_reports_the_public_one(void)
{
	applied();
	CU_ASSERT_EQUAL(visitor_send(report, 0, signed_over(challenge())), ERR_OK);
	CU_ASSERT_STRING_EQUAL(kept, public_text());
	CU_ASSERT_STRING_EQUAL(in_credential, public_text());
	CU_ASSERT_EQUAL(fake_deeds.written, 1);
	CU_ASSERT_EQUAL(visitor_send(show, 0, NULL), ERR_OK);
	CU_ASSERT_TRUE(json_is_object(json_object_get(replied(&visitor_q), "current")));
	CU_ASSERT_EQUAL(json_array_size(json_object_get(replied(&visitor_q), "history")), 1);
}

static void
a_challenge_is_good_for_one_report_of_one_application(void)
{
	applied();
	const char *text = challenge();
	CU_ASSERT_EQUAL(visitor_send(report, 0, signed_over(text)), ERR_OK);
	CU_ASSERT_EQUAL(visitor_send(report, 0, signed_over(text)), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("signature"));
	text = challenge();
	store.row.number = applicant_number = "ffffffffffffffffffffffffffffffff";
	CU_ASSERT_EQUAL(visitor_send(report, 0, signed_over(text)), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("signature"));
}

static void
another_key_or_text_is_refused(void)
{
	unsigned char other[SM2_PUBLIC_SIZE];

	applied();
	(void)challenge();
	CU_ASSERT_EQUAL(visitor_send(report, 0, signed_over("something else")), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("signature"));
	const char *text = challenge();
	json_t *input = signed_over(text);
	sm2_generate(&pair);
	json_object_set_new(input, "public_key", json_string(public_text()));
	CU_ASSERT_EQUAL(visitor_send(report, 0, input), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("signature"));

	memcpy(other, pair.public_key, sizeof(other));
	other[SM2_PUBLIC_SIZE - 1] ^= 1; /* off the curve */
	input = signed_over(challenge());
	json_object_set_new(input, "public_key",
	    json_string(bytes_base64(visitor_q.arena, other, sizeof(other))));
	CU_ASSERT_EQUAL(visitor_send(report, 0, input), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("public_key"));
	CU_ASSERT_PTR_NULL(kept);
}

static void
a_key_that_is_used_elsewhere_is_refused(void)
{
	for (used = KEY_OF_PLATFORM; used <= KEY_OF_OTHERS;) {
		enum key_use use = used;

		applied();
		used = use;
		CU_ASSERT_EQUAL(visitor_send(report, 0, signed_over(challenge())), ERR_INVALID);
		CU_ASSERT_TRUE(visitor_refused("public_key"));
		CU_ASSERT_PTR_NULL(kept);
		used = use + 1;
	}
}

static void
a_key_of_64_bytes_is_kept_with_its_04(void)
{
	applied();
	json_t *input = signed_over(challenge());
	json_object_set_new(input, "public_key",
	    json_string(bytes_base64(visitor_q.arena, pair.public_key + 1, SM2_PUBLIC_SIZE - 1)));
	CU_ASSERT_EQUAL(visitor_send(report, 0, input), ERR_OK);
	CU_ASSERT_STRING_EQUAL(kept, public_text());
}

/* What is said about the field of a report; "" when it was taken. */
static const char *
said(const char *key, const char *signature)
{
	enum err e = visitor_send(report, 0,
	    json_pack("{ss ss}", "public_key", key, "signature", signature));

	return e == ERR_OK ? "" : visitor_q.errors.count ? visitor_q.errors.list[0].text : "?";
}

#define SAYS(key, signature, words) CU_ASSERT_PTR_NOT_NULL(strstr(said(key, signature), words))

static void
however_tools_write_the_key_it_is_kept_as_base64_of_65_bytes(void)
{
	static const char head[] = "3059301306072a8648ce3d020106082a811ccf5501822d034200";

	applied(); /* more of them: test_key_text.c */
	const char *hex = bytes_hex(visitor_q.arena, pair.public_key, SM2_PUBLIC_SIZE);
	const char *forms[] = {
		hex, arena_printf(visitor_q.arena, " 0X%.60s\r\n %s \n", hex, hex + 60),
		arena_printf(visitor_q.arena, "%s%s", head, hex),
		arena_printf(visitor_q.arena, "%02d%.64s", 2 + (pair.public_key[64] & 1), hex + 2)
	};
	for (size_t i = 0; i < COUNT(forms); i++) {
		json_t *input = signed_over(challenge());

		kept = NULL;
		json_object_set_new(input, "public_key", json_string(forms[i]));
		CU_ASSERT_EQUAL_FATAL(visitor_send(report, 0, input), ERR_OK);
		CU_ASSERT_STRING_EQUAL(kept, public_text());
	}
}

static void
a_private_key_is_refused_with_what_to_do(void)
{
	applied();
	const char *hex = bytes_hex(visitor_q.arena, pair.private_key, SM2_PRIVATE_SIZE);
	const char *signature = signature_over(challenge());

	SAYS(hex, signature, "重新生成");
	SAYS(bytes_base64(visitor_q.arena, pair.private_key, SM2_PRIVATE_SIZE), signature,
	    "已泄露");
	SAYS(bytes_base64(visitor_q.arena, hex, 64), signature,
	    "私钥"); /* as long as a public key */
	SAYS("-----BEGIN EC PRIVATE KEY-----\nMHcCAQ==\n-----END EC PRIVATE KEY-----", signature,
	    "私钥");
	SAYS(arena_printf(visitor_q.arena, "30310201010420%sa00a06082a811ccf5501822d", hex),
	    signature, "私钥");
	SAYS(public_text(), hex, "私钥");
	CU_ASSERT_PTR_NULL(kept);
}

static void
what_is_no_point_of_sm2_is_refused_with_the_reason(void)
{
	/* the base point of P-256; p of SM2 as X */
	static const char p256[] =
	    "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
	    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
	static const char beyond_p[] =
	    "04fffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff"
	    "63e4c6d3b23b0c849cf84241484bfe48f61d59a5b16ba06e6e12d1da27c5249a";
	char zero[131] = "04";

	applied();
	(void)challenge();
	memset(zero + 2, '0', 128);
	SAYS(p256, "x", "P-256");
	SAYS(beyond_p, "x", "曲线上的点");
	SAYS(zero, "x", "曲线上的点");
	SAYS("00", "x", "无穷远点");
	SAYS("0000", "x", "无法识别");
	SAYS("公钥", "x", "无法识别");
}

static void
the_usual_mistakes_of_signing_are_named_and_the_challenge_stays(void)
{
	unsigned char signature[SM2_SIGNATURE_SIZE];

	applied();
	const char *text = challenge(), *line = arena_printf(visitor_q.arena, "%s\n", text);
	SAYS(public_text(), signature_over(line), "换行");
	CU_ASSERT_STRING_EQUAL(challenge(), text);
	CU_ASSERT_EQUAL(sm2_sign(pair.private_key, text, strlen(text), signature), ERR_OK);
	SAYS(public_text(), "not a signature", "Base64");
	SAYS(public_text(), text, "挑战值本身");
	SAYS(public_text(), public_text(), "这里填写的是公钥");
	SAYS(public_text(), bytes_hex(visitor_q.arena, signature, sizeof(signature)), "");
	CU_ASSERT_STRING_EQUAL(kept, public_text());
	CU_ASSERT_STRING_NOT_EQUAL(challenge(), text);
}

static void
a_challenge_stays_as_it_is_for_15_minutes(void)
{
	applied();
	const char *text = challenge();
	int64_t until = json_integer_value(json_object_get(replied(&visitor_q), "expires_at"));
	CU_ASSERT_EQUAL(until, VISITOR_NOW + 900);
	CU_ASSERT_STRING_EQUAL(challenge(), text);
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(replied(&visitor_q), "expires_at")),
	    until);
}

static void
the_same_key_reported_for_two_applications_at_once_is_kept_for_one(void)
{
	applied();
	contested = true;
	CU_ASSERT_EQUAL(visitor_send(report, 0, signed_over(challenge())), ERR_CONFLICT);
	CU_ASSERT_EQUAL(fake_deeds.written, 0);
	contested = false;
}

static void
what_was_reported_is_shown_when_no_more_can_be(void)
{
	applied();
	CU_ASSERT_EQUAL(visitor_send(report, 0, signed_over(challenge())), ERR_OK);
	applicant_stands(STATE_DISCARDED, 0);
	CU_ASSERT_EQUAL(visitor_send(show, 0, NULL), ERR_OK);
	CU_ASSERT_TRUE(json_is_null(json_object_get(replied(&visitor_q), "challenge")));
	json_t *row = json_array_get(json_object_get(replied(&visitor_q), "history"), 0);
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(row, "by")), "王*慢");
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(row, "state")), "current");
}

static void
only_from_the_first_pass_on_and_by_the_operator(void)
{
	applied();
	applicant_stands(STATE_APPLY_NATION, BUREAU_NATION);
	CU_ASSERT_EQUAL(visitor_send(show, 0, NULL), ERR_WRONG_STATE);
	CU_ASSERT_EQUAL(visitor_send(report, 0, signed_over("x")), ERR_WRONG_STATE);
	applicant_stands(STATE_DISCARDED, 0);
	CU_ASSERT_EQUAL(visitor_send(report, 0, signed_over("x")), ERR_WRONG_STATE);
	applied();
	visitor_sign_in(ROLE_OPERATOR, APPLICANT_ID, APPLICANT_UNIT + 1, APPLICANT_INSTITUTION);
	CU_ASSERT_EQUAL(visitor_send(show, 0, NULL), ERR_NOT_FOUND);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "whoever holds the private key reports the public one",
		    whoever_holds_the_private_key_reports_the_public_one },
		{ "a challenge is good for one report of one application",
		    a_challenge_is_good_for_one_report_of_one_application },
		{ "another key or text is refused", another_key_or_text_is_refused },
		{ "a key that is used elsewhere is refused",
		    a_key_that_is_used_elsewhere_is_refused },
		{ "a key of 64 bytes is kept with its 04", a_key_of_64_bytes_is_kept_with_its_04 },
		{ "however tools write the key it is kept as base64 of 65 bytes",
		    however_tools_write_the_key_it_is_kept_as_base64_of_65_bytes },
		{ "a private key is refused with what to do",
		    a_private_key_is_refused_with_what_to_do },
		{ "what is no point of SM2 is refused with the reason",
		    what_is_no_point_of_sm2_is_refused_with_the_reason },
		{ "the usual mistakes of signing are named, and the challenge stays",
		    the_usual_mistakes_of_signing_are_named_and_the_challenge_stays },
		{ "a challenge stays as it is for 15 minutes",
		    a_challenge_stays_as_it_is_for_15_minutes },
		{ "the same key reported for two applications at once is kept for one",
		    the_same_key_reported_for_two_applications_at_once_is_kept_for_one },
		{ "what was reported is shown when no more can be",
		    what_was_reported_is_shown_when_no_more_can_be },
		{ "only from the first pass on, and by the operator",
		    only_from_the_first_pass_on_and_by_the_operator },
		CU_TEST_INFO_NULL,
	};

	return applicant_main("channel_key", tests);
}
