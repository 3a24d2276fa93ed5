/* Nobody's phone can be made to ring all day by adding and resetting him (sms_limit.def). */
#include <string.h>

#include "fcgi/crypto/keyring.h"
#include "handlers/unit/operator.h"
#include "tests/fakes/notice_store.h"
#include "tests/fakes/people_store.h"
#include "tests/fakes/sql.h"
#include "tests/fakes/visitor.h"
#include "tests/support/suite.h"

#define PHONE "13800000001"

/* Unit 7 with 经办人 1 and 2, who has PHONE; signed in: the unit. */
static void
unit_of_two(void)
{
	struct keyring *k;

	visitor_clear();
	k = visitor_q.keyring;
	people.units[0] = (struct unit){ .id = 7, .name = "示例医院", .kind = "hospital" };
	for (int i = 0; i < 2; i++) {
		const char *phone = i ? PHONE : "13800000009";

		people.operators[i] = (struct operator){ .id = i + 1,
			.name = "王小慢",
			.id_type = "passport",
			.phone_index = keyring_index(k, visitor_q.arena, "operator.phone", phone),
			.phone_sealed = keyring_seal(k, visitor_q.arena, "operator.phone", phone),
			.id_sealed = keyring_seal(k, visitor_q.arena, "operator.id", "E12345678"),
			.password = "hashed:Cloud2026" };
		people.bindings[i] = (struct binding){ .id = 11 + i,
			.unit_id = 7,
			.operator_id = i + 1,
			.phone_sealed = people.operators[i].phone_sealed };
	}
	visitor_sign_in(ROLE_UNIT, 7, 7, 0);
	visitor_next_id = 12;
	fake_sql_reset();
}

static json_t *
phone(void)
{
	return json_pack("{ss}", "phone", PHONE);
}

static void
hours_pass(int64_t hours)
{
	for (size_t i = 0; i < fake_notices.ncounted; i++)
		fake_notices.counted[i].at -= hours * 3600;
}

static void
a_password_is_reset_five_times_an_hour(void)
{
	unit_of_two();
	for (int i = 0; i < 5; i++)
		CU_ASSERT_EQUAL(visitor_send(operator_reset, 0, NULL), ERR_OK);
	CU_ASSERT_EQUAL(visitor_send(operator_reset, 0, NULL), ERR_RATE_LIMITED);
	CU_ASSERT_PTR_NOT_NULL(strstr(visitor_q.detail, "60 分钟后再试"));
	CU_ASSERT_EQUAL(fake_notices.sms, 5);
	CU_ASSERT_EQUAL(fake_sql.committed, 5); /* the sixth changed nothing */
	visitor_next_id = 11;
	CU_ASSERT_EQUAL(visitor_send(operator_reset, 0, NULL), ERR_OK); /* another phone */
	visitor_next_id = 12;
	hours_pass(1);
	for (int i = 0; i < 5; i++)
		CU_ASSERT_EQUAL(visitor_send(operator_reset, 0, NULL), ERR_OK);
	hours_pass(1);
	CU_ASSERT_EQUAL(visitor_send(operator_reset, 0, NULL), ERR_RATE_LIMITED); /* ten a day */
	CU_ASSERT_PTR_NOT_NULL(strstr(visitor_q.detail, "22 小时后再试"));
}

/* What also stands in 站内消息 is done, and said there alone. */
static void
asked_again_and_again_he_gets_five_sms(void)
{
	unit_of_two();
	for (int i = 0; i < 8; i++) {
		CU_ASSERT_EQUAL(visitor_send(operator_ask_reset, 0, NULL), ERR_OK);
		CU_ASSERT_PTR_NULL(visitor_q.detail);
	}
	CU_ASSERT_EQUAL(fake_notices.sms, 5);
	CU_ASSERT_EQUAL(fake_notices.messages, 8);
}

/* Invited and withdrawn again and again, by a unit that is certified. */
static void
invited_again_and_again_he_gets_five_sms(void)
{
	unit_of_two();
	people.units[0].certification = CERTIFICATION_PASSED;
	people.bindings[1] = (struct binding){ 0 };
	for (int i = 0; i < 8; i++) {
		CU_ASSERT_EQUAL(visitor_send(operator_add, 0, phone()), ERR_OK);
		CU_ASSERT_EQUAL(people.invitations[0].secret_until != 0, i < 5);
		visitor_next_id = 1;
		if (i < 7)
			CU_ASSERT_EQUAL(visitor_send(operator_withdraw, 0, NULL), ERR_OK);
	}
	CU_ASSERT_EQUAL(visitor_send(operator_invite_again, 0, NULL), ERR_RATE_LIMITED);
	CU_ASSERT_EQUAL(fake_notices.sms, 5);
}

/* Or whoever registers a unit could ask of all phones there are. */
static void
a_unit_names_a_hundred_phones_a_day(void)
{
	unsigned told = 0;

	unit_of_two();
	for (int i = 0; i < 110; i++) {
		enum err e = visitor_send(operator_add, 0, phone());

		told += e == ERR_EXISTS; /* of his own unit */
		CU_ASSERT(e == ERR_EXISTS || e == ERR_RATE_LIMITED);
	}
	CU_ASSERT_EQUAL(told, 100);
	CU_ASSERT_EQUAL(visitor_q.status, 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(visitor_q.detail, "24 小时后再试"));
}

/* Whichever units it comes from. */
static void
a_network_names_three_hundred_phones_a_day(void)
{
	unsigned told = 0;

	for (int unit = 7; unit < 11; unit++) {
		if (unit == 7)
			unit_of_two();
		people.units[0].id = people.bindings[1].unit_id = unit;
		visitor_sign_in(ROLE_UNIT, unit, unit, 0);
		for (int i = 0; i < 90; i++)
			told += visitor_send(operator_add, 0, phone()) == ERR_EXISTS;
	}
	CU_ASSERT_EQUAL(told, 300);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "a password is reset five times an hour",
		    a_password_is_reset_five_times_an_hour },
		{ "asked again and again he gets five SMS",
		    asked_again_and_again_he_gets_five_sms },
		{ "invited again and again he gets five SMS",
		    invited_again_and_again_he_gets_five_sms },
		{ "a unit names a hundred phones a day", a_unit_names_a_hundred_phones_a_day },
		{ "a network names three hundred phones a day",
		    a_network_names_three_hundred_phones_a_day },
		CU_TEST_INFO_NULL,
	};

	visitor_open();
	int status = run_suite("staffing_sms", tests);
	visitor_close();
	return status;
}
