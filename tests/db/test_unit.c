#include <string.h>

#include "handlers/rules/table/kinds.h"
#include "sql/catalogue/institution.h"
#include "tests/support/database.h"
#include "tests/support/people.h"

#define NOW INT64_C(1700000000)

static void
what_went_in_comes_out(void)
{
	struct unit u, found;

	CU_ASSERT_EQUAL_FATAL(make_unit(&u), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(unit_get(db, arena, u.id, &found), ERR_OK);
	CU_ASSERT_STRING_EQUAL(found.name, u.name);
	CU_ASSERT_PTR_NULL(found.postcode);
	CU_ASSERT_PTR_NULL(found.licence_upload);
	CU_ASSERT_EQUAL(found.version, 1);
	CU_ASSERT_EQUAL(found.certification, CERTIFICATION_NONE);
	CU_ASSERT_EQUAL(found.certified_at, 0);
	CU_ASSERT_EQUAL(unit_get(db, arena, 0, &found), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(unit_by_uscc(db, arena, u.uscc, &found), ERR_OK);
	CU_ASSERT_EQUAL(found.id, u.id);
}

static void
an_account_is_one_whatever_its_case(void)
{
	struct unit u, found;
	char *upper;

	CU_ASSERT_EQUAL_FATAL(make_unit(&u), ERR_OK);
	upper = arena_printf(arena, "UNIT-%s", u.account + 5);
	CU_ASSERT_EQUAL_FATAL(unit_by_account(db, arena, upper, &found), ERR_OK);
	CU_ASSERT_EQUAL(found.id, u.id);
	CU_ASSERT_STRING_EQUAL(found.account, u.account);
	CU_ASSERT_EQUAL(unit_by_account(db, arena, "", &found), ERR_NOT_FOUND);
}

static enum err
insert(const struct unit *u)
{
	int64_t id;

	SQL_TX(tx, db);
	TRY(unit_insert(&tx, u, &id));
	return sql_commit(&tx);
}

static void
account_and_uscc_exist_once(void)
{
	struct unit u, other;

	CU_ASSERT_EQUAL_FATAL(make_unit(&u), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(make_unit(&other), ERR_OK);
	other.account = u.account;
	other.uscc = arena_printf(arena, "%.18s", test_key());
	CU_ASSERT_EQUAL(insert(&other), ERR_EXISTS);
	other.account = test_key();
	other.uscc = u.uscc;
	CU_ASSERT_EQUAL(insert(&other), ERR_EXISTS);
}

static enum err
certify(int64_t id, int64_t version, enum certification outcome, const char *reason,
    const char *licence)
{
	SQL_TX(tx, db);
	TRY(unit_certify(&tx, id, version, (unsigned)outcome, reason,
	    outcome == CERTIFICATION_PASSED ? NOW : 0, licence));
	return sql_commit(&tx);
}

static void
certification_is_kept_with_its_reason(void)
{
	struct unit u;
	const char *licence = test_key();

	CU_ASSERT_EQUAL_FATAL(make_unit(&u), ERR_OK);
	CU_ASSERT_EQUAL(certify(u.id, 1, CERTIFICATION_FAILED, "目录中没有", licence), ERR_OK);
	CU_ASSERT_EQUAL(certify(u.id, 1, CERTIFICATION_PASSED, NULL, NULL), ERR_CONFLICT);
	CU_ASSERT_EQUAL_FATAL(unit_get(db, arena, u.id, &u), ERR_OK);
	CU_ASSERT_EQUAL(u.certification, CERTIFICATION_FAILED);
	CU_ASSERT_STRING_EQUAL(u.certification_reason, "目录中没有");
	CU_ASSERT_EQUAL(certify(u.id, u.version, CERTIFICATION_PASSED, NULL, NULL), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(unit_get(db, arena, u.id, &u), ERR_OK);
	CU_ASSERT_PTR_NULL(u.certification_reason);
	CU_ASSERT_EQUAL(u.certified_at, NOW);
	CU_ASSERT_STRING_EQUAL(u.licence_upload, licence);
}

static enum err
change_password(int64_t id)
{
	SQL_TX(tx, db);
	TRY(unit_set_password(&tx, id, "new"));
	TRY(unit_set_second_factor(&tx, id, true));
	return sql_commit(&tx);
}

static void
a_password_is_replaced(void)
{
	struct unit u;
	bool applied;

	CU_ASSERT_EQUAL_FATAL(make_unit(&u), ERR_OK);
	CU_ASSERT_EQUAL(change_password(u.id), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(unit_get(db, arena, u.id, &u), ERR_OK);
	CU_ASSERT_STRING_EQUAL(u.password, "new");
	CU_ASSERT_TRUE(u.second_factor);
	CU_ASSERT_EQUAL(unit_has_applied(db, arena, u.id, &applied), ERR_OK);
	CU_ASSERT_FALSE(applied);
}

static enum err
lock_twice(int64_t id, struct sql *other, enum err *ret_second)
{
	SQL_TX(tx, db);
	TRY(unit_lock(&tx, arena, id));
	struct sql_tx second __attribute__((cleanup(sql_tx_end))) = { 0 };
	TRY(sql_begin(&second, other));
	TRY(sql_exec(&second, "SET innodb_lock_wait_timeout = 1", NO_ARGS, NULL));
	*ret_second = unit_lock(&second, arena, id);
	return ERR_OK;
}

static void
only_one_holds_a_unit(void)
{
	struct sql *other = test_connect(10);
	enum err second = ERR_OK;
	struct unit u;

	CU_ASSERT_EQUAL_FATAL(make_unit(&u), ERR_OK);
	CU_ASSERT_EQUAL(lock_twice(u.id, other, &second), ERR_OK);
	CU_ASSERT_EQUAL(second, ERR_CONFLICT);
	sql_close(other);
}

static void
institutions_go_by_uscc(void)
{
	const struct institution *list;
	struct institution one = { 0 };
	struct unit u, stranger;
	int64_t first, gone;
	size_t count;

	CU_ASSERT_EQUAL_FATAL(make_unit(&u), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(make_unit(&stranger), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(make_institution(u.uscc, "440106", true, &first), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(make_institution(u.uscc, "440103", false, &gone), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(institution_by_uscc(db, arena, u.uscc, &list, &count), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(count, 1);
	CU_ASSERT_EQUAL(list[0].id, first);
	CU_ASSERT_EQUAL(institution_of_unit(db, arena, first, u.id, &one), ERR_OK);
	CU_ASSERT_STRING_EQUAL(one.region_code, "440106");
	CU_ASSERT_EQUAL(institution_of_unit(db, arena, first, stranger.id, &one), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(institution_of_unit(db, arena, gone, u.id, &one), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(institution_get(db, arena, gone, &one), ERR_OK);
	CU_ASSERT_FALSE(one.active);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "what went in comes out", what_went_in_comes_out },
		{ "an account is one whatever its case", an_account_is_one_whatever_its_case },
		{ "account and uscc exist once", account_and_uscc_exist_once },
		{ "certification is kept with its reason", certification_is_kept_with_its_reason },
		{ "a password is replaced", a_password_is_replaced },
		{ "only one holds a unit", only_one_holds_a_unit },
		{ "institutions go by uscc", institutions_go_by_uscc },
		CU_TEST_INFO_NULL,
	};

	return test_main("unit", tests);
}
