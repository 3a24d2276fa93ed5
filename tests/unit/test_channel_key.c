#include "fcgi/sm.h"
#include "handlers/sheet/sheet.h"
#include "sql/channel_key.h"
#include "tests/fakes/applicant.h"

AS_ROUTED(show, channel_key_show)
AS_ROUTED(report, channel_key_report)

/* ---- sql/channel_key.c ------------------------------------------------------ */

static const char *kept, *in_credential;

enum err
channel_key_add(struct sql_tx *tx, int64_t application_id, const char *public_key,
    int64_t operator_id, int64_t now)
{
	(void)tx;
	(void)application_id;
	(void)operator_id;
	(void)now;
	kept = public_key;
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
	*ret = (struct channel_key){ kept, VISITOR_NOW };
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

static const char *spent; /* of keys that have ended */

enum err
channel_credential_spent(struct sql *db, struct arena *arena, int64_t application_id,
    const char *channel_public)
{
	(void)db;
	(void)arena;
	(void)application_id;
	TRY(fake_call());
	return spent && strcmp(spent, channel_public) == 0 ? ERR_OK : ERR_NOT_FOUND;
}

/* ---- the channel -------------------------------------------------------------- */

static struct sm2_pair pair;

static void
applied(void)
{
	applicant_stands(STATE_APPLIED, 0);
	kept = in_credential = spent = NULL;
	sm2_generate(&pair);
}

static const char *
public_text(void)
{
	return sm_base64(visitor_q.arena, pair.public_key, sizeof(pair.public_key));
}

/* {public_key, signature} over a text, by the pair. */
static json_t *
signed_over(const char *text)
{
	unsigned char signature[SM2_SIGNATURE_SIZE];

	CU_ASSERT_EQUAL_FATAL(sm2_sign(pair.private_key, text, strlen(text), signature), ERR_OK);
	return json_pack("{ss ss}", "public_key", public_text(), "signature",
	    sm_base64(visitor_q.arena, signature, sizeof(signature)));
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
	CU_ASSERT_TRUE(json_is_object(json_object_get(visitor_q.reply, "current")));
	CU_ASSERT_EQUAL(json_array_size(json_object_get(visitor_q.reply, "history")), 1);
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
	    json_string(sm_base64(visitor_q.arena, other, sizeof(other))));
	CU_ASSERT_EQUAL(visitor_send(report, 0, input), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("public_key"));
	CU_ASSERT_PTR_NULL(kept);
}

static void
the_test_key_is_refused(void)
{
	applied();
	store.test_public = public_text();
	CU_ASSERT_EQUAL(visitor_send(report, 0, signed_over(challenge())), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("public_key"));
	CU_ASSERT_PTR_NULL(kept);
}

static void
a_key_whose_use_has_ended_is_refused(void)
{
	applied();
	spent = public_text();
	CU_ASSERT_EQUAL(visitor_send(report, 0, signed_over(challenge())), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("public_key"));
	CU_ASSERT_PTR_NULL(kept);
}

static void
a_key_of_64_bytes_is_kept_with_its_04(void)
{
	applied();
	json_t *input = signed_over(challenge());
	json_object_set_new(input, "public_key",
	    json_string(sm_base64(visitor_q.arena, pair.public_key + 1, SM2_PUBLIC_SIZE - 1)));
	CU_ASSERT_EQUAL(visitor_send(report, 0, input), ERR_OK);
	CU_ASSERT_STRING_EQUAL(kept, public_text());
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
		{ "the test key is refused", the_test_key_is_refused },
		{ "a key whose use has ended is refused", a_key_whose_use_has_ended_is_refused },
		{ "a key of 64 bytes is kept with its 04", a_key_of_64_bytes_is_kept_with_its_04 },
		{ "only from the first pass on, and by the operator",
		    only_from_the_first_pass_on_and_by_the_operator },
		CU_TEST_INFO_NULL,
	};

	return applicant_main("channel_key", tests);
}
