#include <stdlib.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/crypto/keyring.h"
#include "fcgi/http/session.h"
#include "fcgi/store/kv.h"
#include "handlers/account/registration.h"
#include "handlers/rules/table/limits.h"
#include "handlers/site/routes.h"
#include "handlers/sms/code.h"
#include "tests/fakes/deed_store.h"
#include "tests/fakes/kv_memory.h"
#include "tests/fakes/notice_store.h"
#include "tests/fakes/people_store.h"
#include "tests/fakes/sql.h"
#include "tests/fakes/visitor.h"
#include "tests/support/replied.h"
#include "tests/support/suite.h"

#define PHONE "13800000001"
#define CODE "123456"

static json_t *
step1(void)
{
	return json_pack("{ss ss ss ss ss ss ss ss ss ss ss ss}", "account", "shili-yiyuan",
	    "password", "Sunny2026", "password2", "Sunny2026", "name", "示例医院",
	    "institution_kind", "hospital", "region", "440106", "uscc", "91350100m000100y43",
	    "address", "示例路1号", "legal_name", "示例法人", "legal_id_type", "id_card",
	    "legal_id_no", "11010519491231002x", "legal_phone", "+86 139 0000 0001");
}

static json_t *
step2(void)
{
	return json_pack("{ss ss ss ss sb ss ss ss ss}", "name", "王小慢", "id_type", "passport",
	    "id_no", "e12345678", "id_start", "2020-01-01", "id_forever", 1, "phone", PHONE,
	    "password", "Cloud2026", "password2", "Cloud2026", "sms_code", "123 456");
}

static void
after_step1(void)
{
	visitor_clear();
	CU_ASSERT_EQUAL_FATAL(visitor_send(registration_unit, 0, step1()), ERR_OK);
	visitor_sms_code("register", PHONE, CODE);
	fake_sql_reset();
}

static void
step1_is_kept_without_passwords(void)
{
	after_step1();
	CU_ASSERT_EQUAL(visitor_send(registration_show, 0, NULL), ERR_OK);
	const json_t *unit = json_object_get(replied(&visitor_q), "unit");
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(unit, "uscc")),
	    "91350100M000100Y43");
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(unit, "legal_phone")),
	    "13900000001");
	CU_ASSERT_PTR_NULL(json_object_get(unit, "password"));
	CU_ASSERT_EQUAL(people.units[0].id, 0);
}

static void
step1_is_kept_sealed(void)
{
	after_step1();
	CU_ASSERT_EQUAL(visitor_send(registration_show, 0, NULL), ERR_OK);
	char *kept = json_dumps(visitor_q.session->data, 0);
	CU_ASSERT_PTR_NOT_NULL_FATAL(kept);
	CU_ASSERT_PTR_NULL(strstr(kept, "示例"));
	CU_ASSERT_PTR_NULL(strstr(kept, "11010519491231002"));
	free(kept);
}

static void
a_reload_keeps_what_was_typed_but_no_secret(void)
{
	visitor_clear();
	CU_ASSERT_EQUAL(visitor_send(registration_unit_typed, 0,
			    json_pack("{ss ss ss ss sb}", "account", "shili", "uscc", "9135",
				"password", "Sunny2026", "surprise", "x", "name", true)),
	    ERR_OK);
	CU_ASSERT_EQUAL(visitor_q.status, 204);
	CU_ASSERT_EQUAL(visitor_send(registration_operator_typed, 0,
			    json_pack("{ss ss sb}", "name", "王小慢", "sms_code", "123456",
				"id_forever", true)),
	    ERR_OK);
	CU_ASSERT_EQUAL(visitor_send(registration_show, 0, NULL), ERR_OK);
	char *answer = json_dumps(replied(&visitor_q), JSON_SORT_KEYS | JSON_COMPACT);
	CU_ASSERT_PTR_NOT_NULL_FATAL(answer);
	CU_ASSERT_STRING_EQUAL(answer,
	    "{\"accepted\":false,\"operator\":{\"id_forever\":true,\"name\":\"王小慢\"},"
	    "\"unit\":{\"account\":\"shili\",\"name\":true,"
	    "\"uscc\":\"9135\"}}");
	free(answer);
	char *kept = json_dumps(visitor_q.session->data, 0);
	CU_ASSERT_PTR_NOT_NULL_FATAL(kept);
	CU_ASSERT_PTR_NULL(strstr(kept, "shili"));
	free(kept);
	CU_ASSERT_EQUAL(visitor_send(registration_finish, GATE_ONCE, step2()), ERR_WRONG_STATE);
}

static void
refuse1(const char *name, const char *value, const char *field)
{
	json_t *input = step1();

	json_object_set_new(input, name, json_string(value));
	CU_ASSERT_EQUAL(visitor_send(registration_unit, 0, input), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused(field));
}

static void
step1_refuses_what_the_rules_refuse(void)
{
	visitor_clear();
	refuse1("account", "91350100M000100Y43", "account"); /* */
	refuse1("account", "中文账号", "account");
	refuse1("password", "nodigitsatall", "password"); /* */
	refuse1("password2", "Other2026", "password2");
	refuse1("account", "SUNNY2026", "password");   /* equal but for case */
	refuse1("uscc", "91350100M000100Y4Z", "uscc"); /* no such symbol */
	refuse1("uscc", "91350100M000100Y42", "uscc"); /* check digit */
	refuse1("uscc", "91350100M000100Y4", "uscc");
	refuse1("region", "440100", "region"); /* has districts, A-06 */
	refuse1("region", "999999", "region");
	refuse1("legal_id_no", "110105194912310021", "legal_id_no");
	refuse1("legal_id_no", "110105209912310029", "legal_id_no"); /* not born yet */
	refuse1("legal_id_type", "library_card", "legal_id_type");
	refuse1("postcode", "12345", "postcode");
	refuse1("postcode", "12345a", "postcode");
	refuse1("legal_phone", "12800000001", "legal_phone");
	refuse1("institution_kind", "factory", "institution_kind"); /* */
	refuse1("surprise", "x", "surprise");
}

static void
all_mistakes_are_named_at_once(void)
{
	json_t *input = step1();

	visitor_clear();
	json_object_set_new(input, "postcode", json_string("12345"));
	json_object_set_new(input, "legal_id_no", json_string("110105194912310021"));
	json_object_set_new(input, "region", json_string("440100"));
	CU_ASSERT_EQUAL(visitor_send(registration_unit, 0, input), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("postcode"));
	CU_ASSERT_TRUE(visitor_refused("legal_id_no"));
	CU_ASSERT_TRUE(visitor_refused("region"));
	CU_ASSERT_EQUAL(visitor_send(registration_unit, 0, json_object()), ERR_INVALID);
}

static void
a_benji_node_is_a_region(void)
{
	json_t *input = step1();

	visitor_clear();
	json_object_set_new(input, "region", json_string("440199"));
	CU_ASSERT_EQUAL(visitor_send(registration_unit, 0, input), ERR_OK);
}

static void
what_is_taken_is_refused_with_a_way_on(void)
{
	visitor_clear();
	people.units[0] = (struct unit){ .id = 1, .account = "Shili-Yiyuan", .uscc = "x" };
	people.units[1] = (struct unit){ .id = 2, .account = "x", .uscc = "91350100M000100Y43" };
	CU_ASSERT_EQUAL(visitor_send(registration_unit, 0, step1()), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("account") && visitor_refused("uscc"));
	CU_ASSERT_PTR_NOT_NULL(strstr(visitor_q.errors.list[1].text, "找回密码")); /* */
}

static void
step2_needs_step1(void)
{
	visitor_clear();
	CU_ASSERT_EQUAL(visitor_send(registration_finish, GATE_ONCE, step2()), ERR_WRONG_STATE);
}

static void
both_steps_make_unit_operator_and_binding_without_grant(void)
{
	after_step1();
	CU_ASSERT_EQUAL_FATAL(visitor_send(registration_finish, GATE_ONCE, step2()), ERR_OK);
	CU_ASSERT_EQUAL(visitor_q.status, 201);
	CU_ASSERT_STRING_EQUAL(visitor_answer("account"), "shili-yiyuan");
	CU_ASSERT_TRUE(json_is_false(json_object_get(replied(&visitor_q), "operator_known")));
	CU_ASSERT_STRING_EQUAL(people.units[0].password, "hashed:Sunny2026");
	CU_ASSERT_EQUAL(people.units[0].certification, 0);
	CU_ASSERT_STRING_EQUAL(people.operators[0].name, "王小慢");
	CU_ASSERT_STRING_EQUAL(people.operators[0].password, "hashed:Cloud2026");
	CU_ASSERT_PTR_NULL(people.operators[0].id_end);
	CU_ASSERT_FALSE(people.operators[0].must_change);
	CU_ASSERT_EQUAL(people.bindings[0].operator_id, people.operators[0].id);
	CU_ASSERT_EQUAL(people.grants[0].operator_id, 0); /* */
	CU_ASSERT_STRING_EQUAL(fake_deeds.last.name, "unit.register");
	/* what was typed is gone, the code is used up */
	CU_ASSERT_EQUAL(visitor_send(registration_finish, GATE_ONCE, step2()), ERR_WRONG_STATE);
}

static void
personal_data_is_sealed(void)
{
	after_step1();
	CU_ASSERT_EQUAL_FATAL(visitor_send(registration_finish, GATE_ONCE, step2()), ERR_OK);
	CU_ASSERT_PTR_NULL(strstr(people.units[0].legal_id_sealed, "110105"));
	CU_ASSERT_PTR_NULL(strstr(people.operators[0].phone_sealed, PHONE));
	CU_ASSERT_EQUAL(strlen(people.operators[0].phone_index), KEYRING_INDEX_SIZE);
	char *id_no = NULL;
	CU_ASSERT_EQUAL_FATAL(keyring_unseal(visitor_q.keyring, visitor_q.arena, "operator.id",
				  people.operators[0].id_sealed, &id_no),
	    ERR_OK);
	CU_ASSERT_STRING_EQUAL(id_no, "E12345678"); /* upper case is the stored form */
}

static void
refuse2(const char *name, json_t *value, const char *field)
{
	json_t *input = step2();

	after_step1();
	json_object_set_new(input, name, value);
	CU_ASSERT_EQUAL(visitor_send(registration_finish, GATE_ONCE, input), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused(field));
	CU_ASSERT_EQUAL(fake_sql.begun, 0);
}

static void
step2_refuses_what_the_rules_refuse(void)
{
	refuse2("password", json_string("shili-yiyuan1"), "password2");
	refuse2("id_no", json_string("!!!!!!"), "id_no");
	refuse2("id_end", json_string("2030-01-01"), "id_end"); /* and 长期, A-08 */
	refuse2("id_forever", json_false(), "id_end");
	refuse2("id_start", json_string("2020-02-30"), "id_start");
	refuse2("sms_code", json_string("654321"), "sms_code");
	refuse2("phone", json_string("13800000002"), "sms_code"); /* not the one that was proven */
}

static void
a_paper_must_still_be_valid(void)
{
	static const struct {
		const char *end;
		enum err e;
	} cases[] = { { "2019-12-31", ERR_INVALID }, { "2026-01-30", ERR_INVALID },
		{ "2026-01-31", ERR_OK } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		json_t *input = step2();

		after_step1();
		json_object_del(input, "id_forever");
		json_object_set_new(input, "id_end", json_string(cases[i].end));
		CU_ASSERT_EQUAL(visitor_send(registration_finish, GATE_ONCE, input), cases[i].e);
	}
	json_t *input = step2();

	after_step1();
	json_object_del(input, "id_forever");
	json_object_set_new(input, "id_start", json_string("2030-01-02"));
	json_object_set_new(input, "id_end", json_string("2030-01-01"));
	CU_ASSERT_EQUAL(visitor_send(registration_finish, GATE_ONCE, input), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("id_end"));
}

static void
a_code_dies_after_five_wrong_tries(void)
{
	after_step1();
	for (int i = 0; i < 5; i++) {
		json_t *input = step2();

		json_object_set_new(input, "sms_code", json_string("000000"));
		CU_ASSERT_EQUAL(visitor_send(registration_finish, GATE_ONCE, input), ERR_INVALID);
	}
	CU_ASSERT_EQUAL(visitor_send(registration_finish, GATE_ONCE, step2()), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("sms_code"));
}

/* The person of step2(), as registered by another unit before. */
static void
known_operator(const char *name, const char *id_no)
{
	struct arena *a = visitor_q.arena;
	const struct keyring *k = visitor_q.keyring;

	people.operators[0] = (struct operator){ .id = 9,
		.phone_index = keyring_index(k, a, "operator.phone", PHONE),
		.phone_sealed = keyring_seal(k, a, "operator.phone", PHONE),
		.name = name,
		.id_type = "passport",
		.id_sealed = keyring_seal(k, a, "operator.id", id_no),
		.password = "hashed:Older2025" };
}

static void
a_known_operator_is_bound_and_keeps_his_password(void)
{
	after_step1();
	known_operator("王小慢", "E12345678");
	CU_ASSERT_EQUAL_FATAL(visitor_send(registration_finish, GATE_ONCE, step2()), ERR_OK);
	CU_ASSERT_TRUE(json_is_true(json_object_get(replied(&visitor_q), "operator_known")));
	CU_ASSERT_STRING_EQUAL(people.operators[0].password, "hashed:Older2025");
	CU_ASSERT_EQUAL(people.operators[1].id, 0);
	CU_ASSERT_EQUAL(people.bindings[0].operator_id, 9);
	CU_ASSERT_EQUAL(fake_notices.messages, 1); /* he is told */
}

static void
a_known_phone_of_somebody_else_is_refused(void)
{
	after_step1();
	known_operator("李四", "E12345678");
	CU_ASSERT_EQUAL(visitor_send(registration_finish, GATE_ONCE, step2()), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("name"));
	after_step1();
	known_operator("王小慢", "E87654321");
	CU_ASSERT_EQUAL(visitor_send(registration_finish, GATE_ONCE, step2()), ERR_INVALID);
	CU_ASSERT_EQUAL(fake_sql.begun, 0);
}

static void
whoever_registers_meanwhile_is_first(void)
{
	after_step1();
	people.units[0] = (struct unit){ .id = 1, .account = "a", .uscc = "91350100M000100Y43" };
	CU_ASSERT_EQUAL(visitor_send(registration_finish, GATE_ONCE, step2()), ERR_EXISTS);
	CU_ASSERT_PTR_NOT_NULL(visitor_q.detail);
	CU_ASSERT_EQUAL(fake_sql.committed, 0);
}

static void
whatever_fails_nothing_stays(void)
{
	CU_ASSERT(visitor_torture(after_step1, registration_finish, GATE_ONCE, step2) > 10);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "step 1 is kept without passwords", step1_is_kept_without_passwords },
		{ "step 1 is kept sealed", step1_is_kept_sealed },
		{ "a reload keeps what was typed, but no secret",
		    a_reload_keeps_what_was_typed_but_no_secret },
		{ "step 1 refuses what the rules refuse", step1_refuses_what_the_rules_refuse },
		{ "all mistakes are named at once", all_mistakes_are_named_at_once },
		{ "a 本级 node is a region", a_benji_node_is_a_region },
		{ "what is taken is refused with a way on",
		    what_is_taken_is_refused_with_a_way_on },
		{ "step 2 needs step 1", step2_needs_step1 },
		{ "both steps make unit, operator and binding, without grant",
		    both_steps_make_unit_operator_and_binding_without_grant },
		{ "personal data is sealed", personal_data_is_sealed },
		{ "step 2 refuses what the rules refuse", step2_refuses_what_the_rules_refuse },
		{ "a paper must still be valid", a_paper_must_still_be_valid },
		{ "a code dies after five wrong tries", a_code_dies_after_five_wrong_tries },
		{ "a known operator is bound and keeps his password",
		    a_known_operator_is_bound_and_keeps_his_password },
		{ "a known phone of somebody else is refused",
		    a_known_phone_of_somebody_else_is_refused },
		{ "whoever registers meanwhile is first", whoever_registers_meanwhile_is_first },
		{ "whatever fails, nothing stays", whatever_fails_nothing_stays },
		CU_TEST_INFO_NULL,
	};

	visitor_open();
	int status = run_suite("registration", tests);
	visitor_close();
	return status;
}
