#include <stdlib.h>
#include <string.h>

#include "fcgi/crypto/keyring.h"
#include "handlers/account/invitation.h"
#include "handlers/account/session.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/site/routes.h"
#include "handlers/unit/operator.h"
#include "handlers/unit/unit.h"
#include "tests/fakes/deed_store.h"
#include "tests/fakes/notice_store.h"
#include "tests/fakes/people_store.h"
#include "tests/fakes/sql.h"
#include "tests/fakes/visitor.h"
#include "tests/support/replied.h"
#include "tests/support/suite.h"

#define USCC "91350100M000100Y43"
#define KNOWN "13800000001"
#define NEW "13800000002"
#define LICENCE "0123456789abcdef0123456789abcdef"

static char *
seal(const char *purpose, const char *text)
{
	return keyring_seal(visitor_q.keyring, visitor_q.arena, purpose, text);
}

static struct operator person(int64_t id, const char *name, const char *phone)
{
	return (struct operator){ .id = id,
		.name = name,
		.id_type = "passport",
		.phone_index =
		    keyring_index(visitor_q.keyring, visitor_q.arena, "operator.phone", phone),
		.phone_sealed = seal("operator.phone", phone),
		.id_sealed = seal("operator.id", "E12345678"),
		.password = "hashed:Cloud2026" };
}

static struct binding
binding(int64_t id, int64_t unit_id, const struct operator* o)
{
	return (struct binding){ .id = id,
		.unit_id = unit_id,
		.operator_id = o->id,
		.name = o->name,
		.phone_sealed = o->phone_sealed,
		.id_type = o->id_type,
		.id_sealed = o->id_sealed,
		.created_at = 1 };
}

/* Unit 7 with operator 1; operator 2 belongs to another unit. Signed in: unit 7. */
static void
unit_of_one(void)
{
	visitor_clear();
	people.units[0] = (struct unit){ .id = 7,
		.version = 1,
		.account = "Shili",
		.uscc = USCC,
		.name = "示例医院",
		.kind = "hospital",
		.region_code = "440106",
		.address = "示例路",
		.legal_name_sealed = seal("unit.legal_name", "示例法人"),
		.legal_id_type = "passport",
		.legal_id_sealed = seal("unit.legal_id", "E12345678"),
		.legal_phone_sealed = seal("unit.legal_phone", "13900000001") };
	people.operators[0] = person(1, "王小慢", "13800000009");
	people.operators[1] = person(2, "李四", KNOWN);
	people.bindings[0] = binding(11, 7, &people.operators[0]);
	people.bindings[1] = binding(12, 8, &people.operators[1]);
	people.institutions[0] = (struct institution){ .id = 70,
		.code = "H44010600001",
		.name = "广州示例医院",
		.region_code = "440106",
		.uscc = USCC,
		.agreement_start = 1,
		.agreement_end = VISITOR_NOW + 1,
		.active = true };
	people.upload = (struct upload){ .id = LICENCE,
		.unit_id = 7,
		.slot = "business_licence",
		.state = UPLOAD_STORED,
		.name = "执照.pdf",
		.length = 5 };
	visitor_sign_in(ROLE_UNIT, 7, 7, 0);
	fake_sql_reset();
}

static void
unit_of_two(void)
{
	unit_of_one();
	people.bindings[1].unit_id = 7;
}

static json_t *
of_phone(const char *phone)
{
	return json_pack("{ss}", "phone", phone);
}

static json_t *
new_person(void)
{
	return json_pack("{ss ss ss ss ss ss}", "phone", NEW, "name", "赵六", "id_type", "passport",
	    "id_no", "e87654321", "id_start", "2020-01-01", "id_end", "2030-01-01");
}

static json_t *
known_person(void)
{
	return of_phone(KNOWN);
}

static json_t *
licence(void)
{
	return json_pack("{ss}", "business_licence", LICENCE);
}

static json_t *
payment(void)
{
	return json_pack("{s[s]}", "business", "mobile_payment");
}

static json_t *
nothing(void)
{
	return NULL;
}

static void
a_unit_of_the_catalogue_passes_at_once(void)
{
	unit_of_one();
	CU_ASSERT_EQUAL_FATAL(visitor_send(certification_run, 0, licence()), ERR_OK);
	CU_ASSERT_STRING_EQUAL(visitor_answer("certification"), "passed");
	CU_ASSERT_EQUAL(people.units[0].certified_at, VISITOR_NOW);
	CU_ASSERT_STRING_EQUAL(people.units[0].licence_upload, LICENCE);
}

static void
others_are_told_why_and_may_ask_for_people(void)
{
	unit_of_one();
	CU_ASSERT_EQUAL(visitor_send(certification_manual, 0, NULL), ERR_WRONG_STATE);
	people.institutions[0].agreement_end = VISITOR_NOW; /* over since this second */
	CU_ASSERT_EQUAL_FATAL(visitor_send(certification_run, 0, licence()), ERR_OK);
	CU_ASSERT_STRING_EQUAL(visitor_answer("certification"), "failed");
	CU_ASSERT_PTR_NOT_NULL(strstr(visitor_answer("reason"), "2026年1月31日到期"));
	CU_ASSERT_EQUAL(visitor_send(certification_manual, 0, NULL), ERR_OK);
	CU_ASSERT_EQUAL(people.units[0].certification, CERTIFICATION_MANUAL);
	CU_ASSERT_EQUAL(people.units[0].manual_bureau, 3);
	CU_ASSERT_EQUAL(fake_notices.bureau_id, 3);

	unit_of_one();
	people.institutions[0].uscc = "12100000400777097N";
	CU_ASSERT_EQUAL(visitor_send(certification_run, 0, licence()), ERR_OK);
	CU_ASSERT_PTR_NOT_NULL(strstr(visitor_answer("reason"), "目录"));
	unit_of_one();
	people.institutions[0].agreement_start = VISITOR_NOW + 1;
	CU_ASSERT_EQUAL(visitor_send(certification_run, 0, licence()), ERR_OK);
	CU_ASSERT_PTR_NOT_NULL(strstr(visitor_answer("reason"), "尚未生效"));
}

static void
only_a_stored_licence_of_ones_own_counts(void)
{
	unit_of_one();
	people.upload.unit_id = 8;
	CU_ASSERT_EQUAL(visitor_send(certification_run, 0, licence()), ERR_INVALID);
	unit_of_one();
	people.upload.state = UPLOAD_PARTIAL;
	CU_ASSERT_EQUAL(visitor_send(certification_run, 0, licence()), ERR_INVALID);
	unit_of_one();
	people.upload.slot = "video";
	CU_ASSERT_EQUAL(visitor_send(certification_run, 0, licence()), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("business_licence"));
	unit_of_one();
	people.upload.id = NULL;
	CU_ASSERT_EQUAL(visitor_send(certification_run, 0, licence()), ERR_INVALID);
	CU_ASSERT_EQUAL(fake_sql.begun, 0);
}

static void
the_units_page_is_masked(void)
{
	unit_of_one();
	people.units[0].licence_upload = LICENCE;
	CU_ASSERT_EQUAL_FATAL(visitor_send(unit_show, 0, NULL), ERR_OK);
	CU_ASSERT_STRING_EQUAL(visitor_answer("legal_name"), "示**人");
	CU_ASSERT_STRING_EQUAL(visitor_answer("legal_id_no"), "E12**5678");
	CU_ASSERT_STRING_EQUAL(visitor_answer("legal_phone"), "139****0001");
	CU_ASSERT_EQUAL(json_array_size(json_object_get(replied(&visitor_q), "tasks")), 4);
	CU_ASSERT_TRUE(json_is_object(json_object_get(replied(&visitor_q), "licence")));
}

static void
the_list_says_who_is_the_only_one(void)
{
	unit_of_one();
	CU_ASSERT_EQUAL_FATAL(visitor_send(operator_list, 0, NULL), ERR_OK);
	const json_t *items = json_object_get(replied(&visitor_q), "items");
	const json_t *one = json_array_get(items, 0);
	CU_ASSERT_EQUAL(json_array_size(items), 1);
	CU_ASSERT_TRUE(json_is_true(json_object_get(one, "only")));
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(one, "phone")), "138****0009");
}

static const char *
sms_text(void)
{
	char *text = NULL;

	CU_ASSERT_EQUAL_FATAL(keyring_unseal(visitor_q.keyring, visitor_q.arena, "sms.text",
				  fake_notices.text.text_sealed, &text),
	    ERR_OK);
	return text;
}

/* The secret the SMS brought. */
static const char *
secret(void)
{
	const char *text = sms_text(), *at = strstr(text, "密码 ");

	at = at ? at : strstr(text, "邀请码 ");
	CU_ASSERT_PTR_NOT_NULL_FATAL(at);
	return arena_strndup(visitor_q.arena, strchr(at, ' ') + 1, 12);
}

static void
certified_unit(void)
{
	unit_of_one();
	people.units[0].certification = CERTIFICATION_PASSED;
}

static void
a_known_phone_is_only_invited(void)
{
	certified_unit();
	CU_ASSERT_EQUAL_FATAL(visitor_send(operator_add, GATE_ONCE, known_person()), ERR_OK);
	CU_ASSERT_EQUAL(visitor_q.status, 201);
	CU_ASSERT_EQUAL(people.bindings[2].id, 0);
	CU_ASSERT_EQUAL(people.invitations[0].unit_id, 7);
	CU_ASSERT_STRING_EQUAL(people.operators[1].password, "hashed:Cloud2026");
	CU_ASSERT_STRING_EQUAL(fake_notices.text.template_name, "OPERATOR_INVITED");
	CU_ASSERT_EQUAL(strncmp(sms_text(), "广州示例医院邀请您", strlen("广州示例医院邀请您")), 0);
	CU_ASSERT_EQUAL(visitor_send(operator_add, 0, known_person()), ERR_EXISTS);
	CU_ASSERT_EQUAL_FATAL(visitor_send(operator_invitations, 0, NULL), ERR_OK);
	const json_t *one = json_array_get(json_object_get(replied(&visitor_q), "items"), 0);
	CU_ASSERT_EQUAL(json_object_size(one), 5);
	CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(one, "phone")), KNOWN);
}

/* Of nobody's choice: whose phone it is, and whether it is anybody's, the unit does not learn. */
static void
known_or_not_the_answer_is_the_same(void)
{
	const char *const phones[] = { KNOWN, NEW };
	char *answers[2];

	for (size_t i = 0; i < 2; i++) {
		certified_unit();
		CU_ASSERT_EQUAL_FATAL(visitor_send(operator_add, 0, of_phone(phones[i])), ERR_OK);
		answers[i] = json_dumps(replied(&visitor_q), JSON_COMPACT);
	}
	CU_ASSERT_STRING_EQUAL(answers[0], answers[1]);
	free(answers[0]);
	free(answers[1]);
}

static void
a_new_phone_gets_a_password_by_sms_alone(void)
{
	certified_unit();
	json_t *half = new_person();
	json_object_del(half, "id_no");
	json_object_del(half, "id_end");
	CU_ASSERT_EQUAL(visitor_send(operator_add, GATE_ONCE, half), ERR_INVALID);
	CU_ASSERT_EQUAL(visitor_q.errors.count, 2); /* OP-4: all or none */
	CU_ASSERT_EQUAL_FATAL(visitor_send(operator_add, GATE_ONCE, new_person()), ERR_OK);
	CU_ASSERT_EQUAL(people.operators[2].id, 0); /* nobody has the phone before it is proven */
	CU_ASSERT_EQUAL(people.invitations[0].secret_until, VISITOR_NOW + 86400); /* */
	CU_ASSERT_EQUAL(fake_notices.messages, 0);
	CU_ASSERT_STRING_EQUAL(fake_notices.text.template_name, "OPERATOR_NEW");
	CU_ASSERT_PTR_NULL(strstr(people.secrets[0], secret()));
	CU_ASSERT_PTR_NULL(strstr(fake_deeds.last.detail, secret()));
}

static json_t *
login(const char *phone, const char *password)
{
	return json_pack("{ss ss ss ss}", "phone", phone, "password", password, "captcha_id",
	    "0123456789abcdef0123456789abcdef", "captcha", "abcd");
}

static void
invited_new(void)
{
	certified_unit();
	CU_ASSERT_EQUAL_FATAL(visitor_send(operator_add, GATE_ONCE, new_person()), ERR_OK);
	visitor_other_browser();
	fake_sql_reset();
}

static void
the_first_login_accepts(void)
{
	invited_new();
	CU_ASSERT_EQUAL(visitor_send(login_operator, 0, login(NEW, "Wrong2026abc")),
	    ERR_LOGIN_FAILED);
	CU_ASSERT_EQUAL(visitor_send(login_operator, 0, login(KNOWN, secret())), ERR_LOGIN_FAILED);
	CU_ASSERT_EQUAL_FATAL(visitor_send(login_operator, 0, login(NEW, secret())), ERR_OK);
	const struct operator* o = & people.operators[2];
	CU_ASSERT_STRING_EQUAL(o->name, "赵六");
	CU_ASSERT_TRUE(o->must_change);
	CU_ASSERT_EQUAL(o->password_until, VISITOR_NOW + 86400);
	CU_ASSERT_EQUAL(people.bindings[2].operator_id, 3);
	CU_ASSERT_EQUAL(people.invitations[0].id, 0);
	CU_ASSERT_EQUAL(fake_notices.role, ROLE_UNIT); /* told */
	CU_ASSERT_EQUAL(visitor_send(login_operator, 0, login(NEW, secret())),
	    ERR_OK); /* till then */
	invited_new();
	people.invitations[0].secret_until = VISITOR_NOW;
	CU_ASSERT_EQUAL(visitor_send(login_operator, 0, login(NEW, secret())),
	    ERR_PASSWORD_EXPIRED);
	CU_ASSERT_EQUAL(people.operators[2].id, 0);
}

static json_t *
by_code(void)
{
	return json_pack("{ss ss}", "phone", KNOWN, "code", secret());
}

static void
invited_known(void)
{
	certified_unit();
	CU_ASSERT_EQUAL_FATAL(visitor_send(operator_add, GATE_ONCE, known_person()), ERR_OK);
	visitor_other_browser();
	fake_sql_reset();
}

static void
he_is_himself(void)
{
	invited_known();
	visitor_sign_in(ROLE_OPERATOR, 2, 8, 0);
	visitor_next_id = 1;
	fake_sql_reset();
}

static void
he_accepts_signed_in_or_by_code(void)
{
	he_is_himself();
	CU_ASSERT_EQUAL_FATAL(visitor_send(own_invitations, 0, NULL), ERR_OK);
	CU_ASSERT_EQUAL(json_array_size(json_object_get(replied(&visitor_q), "items")), 1);
	CU_ASSERT_EQUAL(visitor_send(own_invitation_accept, 0, NULL), ERR_OK);
	CU_ASSERT_EQUAL(people.bindings[2].operator_id, 2);
	CU_ASSERT_EQUAL(visitor_send(own_invitation_accept, 0, NULL), ERR_NOT_FOUND);

	he_is_himself();
	visitor_sign_in(ROLE_OPERATOR, 1, 7, 0);
	CU_ASSERT_EQUAL(visitor_send(own_invitation_accept, 0, NULL), ERR_NOT_FOUND);

	invited_known();
	CU_ASSERT_EQUAL_FATAL(visitor_send(invitation_accept, 0, by_code()), ERR_OK);
	CU_ASSERT_EQUAL(people.bindings[2].operator_id, 2);
	CU_ASSERT_EQUAL(visitor_q.session->user_id, 0);
	CU_ASSERT_EQUAL(visitor_send(invitation_accept, 0, by_code()), ERR_INVALID);

	invited_known();
	people.invitations[0].secret_until = VISITOR_NOW;
	CU_ASSERT_EQUAL(visitor_send(invitation_accept, 0, by_code()), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("code"));

	he_is_himself();
	CU_ASSERT_EQUAL(visitor_send(own_invitation_refuse, 0, NULL), ERR_OK);
	CU_ASSERT_EQUAL(people.invitations[0].id, 0);
	CU_ASSERT_EQUAL(people.bindings[2].id, 0);
	invited_known();
	CU_ASSERT_EQUAL(visitor_send(invitation_refuse, 0, by_code()), ERR_OK);
	CU_ASSERT_EQUAL(people.invitations[0].id, 0);
}

static void
before_certification_no_sms_goes_out(void)
{
	unit_of_one();
	CU_ASSERT_EQUAL_FATAL(visitor_send(operator_add, GATE_ONCE, new_person()), ERR_OK);
	visitor_next_id = 1;
	CU_ASSERT_EQUAL(visitor_send(operator_invite_again, 0, NULL), ERR_NOT_CERTIFIED);
	CU_ASSERT_EQUAL(fake_notices.sms, 0);
	CU_ASSERT_EQUAL_FATAL(visitor_send(certification_run, 0, licence()), ERR_OK);
	CU_ASSERT_EQUAL(fake_notices.sms, 1);
	CU_ASSERT_EQUAL(visitor_send(operator_invite_again, 0, NULL), ERR_OK);
	CU_ASSERT_EQUAL(fake_notices.sms, 2);
	CU_ASSERT_EQUAL(visitor_send(operator_withdraw, 0, NULL), ERR_OK);
	CU_ASSERT_EQUAL(visitor_send(operator_withdraw, 0, NULL), ERR_NOT_FOUND);
}

static void
a_business_goes_to_one_operator(void)
{
	unit_of_two();
	people.grants[0] = (struct grant){ BUSINESS_MOBILE_PAYMENT, 2, "李四" };
	visitor_next_id = 11;
	CU_ASSERT_EQUAL(visitor_send(operator_grants, 0, payment()), ERR_INVALID);
	CU_ASSERT_TRUE(visitor_refused("business"));
	CU_ASSERT_PTR_NOT_NULL(strstr(visitor_q.errors.list[0].text, "李四")); /* */
	CU_ASSERT_EQUAL(people.grants[0].operator_id, 2);
	visitor_next_id = 12;
	CU_ASSERT_EQUAL(visitor_send(operator_grants, 0, json_pack("{s[]}", "business")), ERR_OK);
	CU_ASSERT_EQUAL(people.grants[0].operator_id, 0);
	visitor_next_id = 11;
	CU_ASSERT_EQUAL(visitor_send(operator_grants, 0, payment()), ERR_OK);
	CU_ASSERT_EQUAL(people.grants[0].operator_id, 1);
	CU_ASSERT_EQUAL(fake_notices.messages, 1);
	CU_ASSERT_EQUAL(visitor_send(operator_grants, 0, payment()), ERR_OK); /* as it is */
	CU_ASSERT_EQUAL(fake_notices.messages, 1);
}

static json_t *
to_second(void)
{
	return json_pack("{ss si}", "business", "mobile_payment", "to", 12);
}

static void
second_is_meant(void)
{
	unit_of_two();
	visitor_next_id = 12;
}

static void
first_holds_it(void)
{
	unit_of_two();
	people.grants[0] = (struct grant){ BUSINESS_MOBILE_PAYMENT, 1, "王小慢" };
	visitor_next_id = 11;
}

static void
a_business_is_handed_over_in_one_step(void)
{
	first_holds_it();
	CU_ASSERT_EQUAL_FATAL(visitor_send(operator_transfer, 0, to_second()), ERR_OK);
	CU_ASSERT_EQUAL(people.grants[0].operator_id, 2);
	CU_ASSERT_EQUAL(fake_notices.messages, 2); /* both are told */
	CU_ASSERT_EQUAL(visitor_send(operator_transfer, 0, to_second()), ERR_CONFLICT);
}

static void
another_units_operator_does_not_exist(void)
{
	unit_of_one();
	visitor_next_id = 12;
	CU_ASSERT_EQUAL(visitor_send(operator_grants, 0, payment()), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(visitor_send(operator_reset, 0, NULL), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(visitor_send(operator_delete, 0, NULL), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(fake_sql.committed, 0);
}

static void
the_only_operator_stays(void)
{
	unit_of_one();
	visitor_next_id = 11;
	CU_ASSERT_EQUAL(visitor_send(operator_delete, 0, NULL), ERR_WRONG_STATE); /* */
	CU_ASSERT_PTR_NOT_NULL(visitor_q.detail);
	CU_ASSERT_EQUAL(people.bindings[0].id, 11);
}

static void
unbinding_ends_his_sessions_for_this_unit_only(void)
{
	unit_of_two();
	people.grants[0] = (struct grant){ BUSINESS_MOBILE_PAYMENT, 2, "李四" };
	visitor_sign_in(ROLE_OPERATOR, 2, 7, 0);
	visitor_sign_in(ROLE_OPERATOR, 2, 8, 0);
	CU_ASSERT_EQUAL(visitor_sessions(ROLE_OPERATOR, 2), 2);
	visitor_sign_in(ROLE_UNIT, 7, 7, 0);
	visitor_next_id = 12;
	CU_ASSERT_EQUAL_FATAL(visitor_send(operator_delete, 0, NULL), ERR_OK);
	CU_ASSERT_EQUAL(visitor_q.status, 204);
	CU_ASSERT_EQUAL(visitor_sessions(ROLE_OPERATOR, 2), 1);
	CU_ASSERT_EQUAL(people.grants[0].operator_id, 0); /* */
}

static void
a_reset_ends_all_his_sessions(void)
{
	unit_of_two();
	visitor_sign_in(ROLE_OPERATOR, 2, 7, 0);
	visitor_sign_in(ROLE_OPERATOR, 2, 0, 0);
	visitor_sign_in(ROLE_UNIT, 7, 7, 0);
	visitor_next_id = 12;
	CU_ASSERT_EQUAL_FATAL(visitor_send(operator_reset, 0, NULL), ERR_OK);
	CU_ASSERT_EQUAL(visitor_sessions(ROLE_OPERATOR, 2), 0); /* */
	CU_ASSERT_TRUE(people.operators[1].must_change);
	CU_ASSERT_STRING_EQUAL(fake_notices.text.template_name, "OPERATOR_RESET");
	CU_ASSERT_EQUAL(fake_notices.messages, 0);
	CU_ASSERT_STRING_EQUAL(fake_deeds.last.name, "operator.reset");
}

static void
who_serves_two_units_is_asked_to_do_it_himself(void)
{
	unit_of_two();
	people.bindings[2] = binding(13, 8, &people.operators[1]);
	visitor_sign_in(ROLE_OPERATOR, 2, 8, 0);
	visitor_sign_in(ROLE_UNIT, 7, 7, 0);
	visitor_next_id = 12;
	CU_ASSERT_EQUAL(visitor_send(operator_reset, 0, NULL), ERR_WRONG_STATE);
	CU_ASSERT_STRING_EQUAL(people.operators[1].password, "hashed:Cloud2026");
	CU_ASSERT_EQUAL(visitor_send(operator_ask_reset, 0, NULL), ERR_OK);
	CU_ASSERT_STRING_EQUAL(fake_notices.text.template_name, "OPERATOR_RESET_ASKED");
	CU_ASSERT_EQUAL(visitor_sessions(ROLE_OPERATOR, 2), 1);
	CU_ASSERT_EQUAL(strncmp(sms_text(), "有单位请您重设", strlen("有单位请您重设")), 0);
}

static void
whatever_fails_nothing_stays(void)
{
	CU_ASSERT(visitor_torture(unit_of_one, certification_run, 0, licence) > 5);
	CU_ASSERT(visitor_torture(certified_unit, operator_add, GATE_ONCE, new_person) > 8);
	CU_ASSERT(visitor_torture(certified_unit, operator_add, GATE_ONCE, known_person) > 8);
	CU_ASSERT(visitor_torture(invited_known, invitation_accept, 0, by_code) > 8);
	CU_ASSERT(visitor_torture(invited_known, invitation_refuse, 0, by_code) > 5);
	CU_ASSERT(visitor_torture(he_is_himself, own_invitation_accept, 0, nothing) > 5);
	CU_ASSERT(visitor_torture(second_is_meant, operator_grants, 0, payment) > 8);
	CU_ASSERT(visitor_torture(first_holds_it, operator_transfer, 0, to_second) > 8);
	CU_ASSERT(visitor_torture(second_is_meant, operator_reset, 0, nothing) > 8);
	CU_ASSERT(visitor_torture(second_is_meant, operator_delete, 0, nothing) > 8);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "a unit of the catalogue passes at once",
		    a_unit_of_the_catalogue_passes_at_once },
		{ "others are told why, and may ask for people",
		    others_are_told_why_and_may_ask_for_people },
		{ "only a stored licence of one's own counts",
		    only_a_stored_licence_of_ones_own_counts },
		{ "the unit's page is masked", the_units_page_is_masked },
		{ "the list says who is the only one", the_list_says_who_is_the_only_one },
		{ "a known phone is only invited", a_known_phone_is_only_invited },
		{ "known or not, the answer is the same", known_or_not_the_answer_is_the_same },
		{ "a new phone gets a password by SMS alone",
		    a_new_phone_gets_a_password_by_sms_alone },
		{ "the first login accepts", the_first_login_accepts },
		{ "he accepts signed in or by code", he_accepts_signed_in_or_by_code },
		{ "before certification no SMS goes out", before_certification_no_sms_goes_out },
		{ "a business goes to one operator", a_business_goes_to_one_operator },
		{ "a business is handed over in one step", a_business_is_handed_over_in_one_step },
		{ "another unit's operator does not exist", another_units_operator_does_not_exist },
		{ "the only operator stays", the_only_operator_stays },
		{ "unbinding ends his sessions for this unit only",
		    unbinding_ends_his_sessions_for_this_unit_only },
		{ "a reset ends all his sessions", a_reset_ends_all_his_sessions },
		{ "who serves two units is asked to do it himself",
		    who_serves_two_units_is_asked_to_do_it_himself },
		{ "whatever fails, nothing stays", whatever_fails_nothing_stays },
		CU_TEST_INFO_NULL,
	};

	visitor_open();
	int status = run_suite("unit_operator", tests);
	visitor_close();
	return status;
}
