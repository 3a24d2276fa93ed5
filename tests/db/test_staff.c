#include "handlers/rules/table/kinds.h"
#include "sql/account/last_login.h"
#include "sql/account/staff.h"
#include "sql/account/standing.h"
#include "tests/support/database.h"
#include "tests/support/people.h"

#define NOW INT64_C(1700000000)

static enum err
put(const char *account, int64_t *ret_id)
{
	struct staff s = { .account = account,
		.name = "黎海珊",
		.password = "a",
		.bureau_id = 1,
		.role = ROLE_OFFICER,
		.created_at = NOW };

	TRY(make_staff(&s));
	*ret_id = s.id;
	return ERR_OK;
}

static enum err
disable(int64_t id, bool disabled)
{
	SQL_TX(tx, db);
	TRY(staff_set_disabled(&tx, id, disabled));
	return sql_commit(&tx);
}

static enum err
set_totp(int64_t id, const char *sealed)
{
	SQL_TX(tx, db);
	TRY(staff_set_totp(&tx, id, sealed));
	return sql_commit(&tx);
}

static enum err
use_totp(int64_t id, int64_t step)
{
	SQL_TX(tx, db);
	TRY(staff_use_totp(&tx, id, step));
	return sql_commit(&tx);
}

static struct standing
of(unsigned role, int64_t id)
{
	struct standing found = { .password_seq = -1 };

	CU_ASSERT_EQUAL(standing_get(db, arena, role, id, &found), ERR_OK);
	return found;
}

static void
disabling_ends_sessions_for_good(void)
{
	int64_t id = 0;

	CU_ASSERT_EQUAL_FATAL(put(test_key(), &id), ERR_OK);
	CU_ASSERT_EQUAL(of(ROLE_OFFICER, id).password_seq, 0);
	CU_ASSERT_EQUAL(disable(id, true), ERR_OK);
	CU_ASSERT_TRUE(of(ROLE_OFFICER, id).disabled);
	CU_ASSERT_EQUAL(disable(id, false), ERR_OK);
	CU_ASSERT_FALSE(of(ROLE_AUDITOR, id).disabled);
	CU_ASSERT_EQUAL(of(ROLE_OFFICER, id).password_seq, 2); /* none of before comes back */
}

static void
a_code_is_used_up_and_so_are_older_ones(void)
{
	struct staff found;
	int64_t id = 0;

	CU_ASSERT_EQUAL_FATAL(put(test_key(), &id), ERR_OK);
	CU_ASSERT_EQUAL(set_totp(id, "sealed"), ERR_OK);
	CU_ASSERT_EQUAL(of(ROLE_OFFICER, id).password_seq, 0);
	CU_ASSERT_EQUAL(use_totp(id, 100), ERR_OK);
	CU_ASSERT_EQUAL(use_totp(id, 100), ERR_CONFLICT);
	CU_ASSERT_EQUAL(use_totp(id, 99), ERR_CONFLICT);
	CU_ASSERT_EQUAL(use_totp(id, 101), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(staff_get(db, arena, id, &found), ERR_OK);
	CU_ASSERT_STRING_EQUAL(found.totp_sealed, "sealed");
	CU_ASSERT_EQUAL(found.totp_step, 101);
	CU_ASSERT_EQUAL(set_totp(id, NULL), ERR_OK);
	CU_ASSERT_EQUAL(of(ROLE_OFFICER, id).password_seq, 1);
}

static enum err
change(int64_t unit_id, int64_t operator_id)
{
	SQL_TX(tx, db);
	TRY(unit_set_password(&tx, unit_id, "new"));
	TRY(operator_set_password(&tx, operator_id, "new", 0));
	return sql_commit(&tx);
}

static void
each_password_counts(void)
{
	struct standing nobody;
	struct operator o;
	struct unit u;

	CU_ASSERT_EQUAL_FATAL(make_unit(&u), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(make_operator(&o), ERR_OK);
	CU_ASSERT_EQUAL(change(u.id, o.id), ERR_OK);
	CU_ASSERT_EQUAL(change(u.id, o.id), ERR_OK);
	CU_ASSERT_EQUAL(of(ROLE_UNIT, u.id).password_seq, 2);
	CU_ASSERT_EQUAL(of(ROLE_OPERATOR, o.id).password_seq, 2);
	CU_ASSERT_EQUAL(unit_get(db, arena, u.id, &u), ERR_OK);
	CU_ASSERT_EQUAL(u.password_seq, 2);
	CU_ASSERT_EQUAL(standing_get(db, arena, ROLE_UNIT, 0, &nobody), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(standing_get(db, arena, ROLE_NONE, u.id, &nobody), ERR_NOT_FOUND);
}

static enum err
here(int64_t id, int64_t at, const char *address)
{
	SQL_TX(tx, db);
	TRY(last_login_put(&tx, ROLE_OFFICER, id, &(struct last_login){ at, address }));
	return sql_commit(&tx);
}

static void
the_last_login_is_kept_per_person(void)
{
	struct last_login last;
	int64_t id = test_number();

	CU_ASSERT_EQUAL(last_login_get(db, arena, ROLE_OFFICER, id, &last), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(here(id, NOW, "192.0.2.1"), ERR_OK);
	CU_ASSERT_EQUAL(here(id, NOW + 1, "2001:db8::1"), ERR_OK);
	CU_ASSERT_EQUAL(last_login_get(db, arena, ROLE_OFFICER, id, &last), ERR_OK);
	CU_ASSERT_EQUAL(last.at, NOW + 1);
	CU_ASSERT_STRING_EQUAL(last.address, "2001:db8::1");
	CU_ASSERT_EQUAL(last_login_get(db, arena, ROLE_UNIT, id, &last), ERR_NOT_FOUND);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "disabling ends sessions for good", disabling_ends_sessions_for_good },
		{ "a code is used up, and so are older ones",
		    a_code_is_used_up_and_so_are_older_ones },
		{ "the last login is kept per person", the_last_login_is_kept_per_person },
		{ "each password counts", each_password_counts },
		CU_TEST_INFO_NULL,
	};

	return test_main("staff", tests);
}
