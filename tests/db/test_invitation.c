#include <string.h>

#include "sql/account/invitation.h"
#include "sql/account/operator.h"
#include "tests/support/database.h"
#include "tests/support/people.h"

#define NOW INT64_C(1700000000)

static struct unit unit;

/* A phone's index; what the unit typed of it. */
static struct invitation
typed(const char *phone_index)
{
	return (struct invitation){ .unit_id = unit.id,
		.phone_index = phone_index,
		.phone_sealed = "sealed",
		.name = "赵六",
		.id_type = "passport",
		.id_sealed = "sealed id",
		.id_start = "2020-01-01",
		.created_at = NOW };
}

static enum err
insert(const struct invitation *i, int64_t *ret_id)
{
	SQL_TX(tx, db);
	TRY(invitation_insert(&tx, i, ret_id));
	return sql_commit(&tx);
}

static enum err
set_secret(int64_t id, const char *secret)
{
	SQL_TX(tx, db);
	TRY(invitation_set_secret(&tx, id, secret, NOW + 60));
	return sql_commit(&tx);
}

static enum err
forget(int64_t id)
{
	SQL_TX(tx, db);
	TRY(invitation_delete(&tx, id));
	return sql_commit(&tx);
}

static enum err
purge(int64_t before)
{
	SQL_TX(tx, db);
	TRY(invitation_purge(&tx, before, 100));
	return sql_commit(&tx);
}

static void
what_went_in_comes_out(void)
{
	const char *index = test_key(), *also = test_key();
	struct invitation i = typed(index), found;
	const struct invitation *list;
	int64_t id, other;
	size_t count;
	bool asked;

	CU_ASSERT_EQUAL_FATAL(make_unit(&unit), ERR_OK);
	i.unit_id = unit.id;
	CU_ASSERT_EQUAL_FATAL(insert(&i, &id), ERR_OK);
	CU_ASSERT_EQUAL(insert(&i, &other), ERR_EXISTS);
	CU_ASSERT_EQUAL_FATAL(invitation_get(db, arena, id, unit.id, &found), ERR_OK);
	CU_ASSERT_STRING_EQUAL(found.name, "赵六");
	CU_ASSERT_PTR_NULL(found.id_end);
	CU_ASSERT_EQUAL(found.secret_until, 0);
	CU_ASSERT_EQUAL(invitation_get(db, arena, id, unit.id + 1, &found), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(invitation_of_phone(db, arena, id, also, index, &found), ERR_OK);
	CU_ASSERT_EQUAL(invitation_of_phone(db, arena, id, also, NULL, &found), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(invitation_exists(db, arena, unit.id, also, index, &asked), ERR_OK);
	CU_ASSERT_TRUE(asked);
	CU_ASSERT_EQUAL(invitation_exists(db, arena, unit.id, also, NULL, &asked), ERR_OK);
	CU_ASSERT_FALSE(asked);
	CU_ASSERT_EQUAL(invitation_list(db, arena, unit.id, &list, &count), ERR_OK);
	CU_ASSERT_EQUAL(count, 1);
}

static void
a_secret_is_the_newest_one(void)
{
	const char *first = arena_printf(arena, "1%s", test_key() + 1);
	const char *second = arena_printf(arena, "2%s", test_key() + 1);
	struct invitation i, found;
	int64_t id;

	CU_ASSERT_EQUAL_FATAL(make_unit(&unit), ERR_OK);
	i = typed(test_key());
	CU_ASSERT_EQUAL_FATAL(insert(&i, &id), ERR_OK);
	CU_ASSERT_EQUAL(set_secret(id, first), ERR_OK);
	CU_ASSERT_EQUAL(set_secret(id, second), ERR_OK);
	CU_ASSERT_EQUAL(invitation_by_secret(db, arena, first, NULL, &found), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL_FATAL(invitation_by_secret(db, arena, first, second, &found), ERR_OK);
	CU_ASSERT_EQUAL(found.id, id);
	CU_ASSERT_EQUAL(found.secret_until, NOW + 60);
	CU_ASSERT_EQUAL(forget(id), ERR_OK);
	CU_ASSERT_EQUAL(forget(id), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(set_secret(id, first), ERR_NOT_FOUND);
}

static void
a_phone_is_told_which_units_ask(void)
{
	const struct inviting_unit *units;
	const char *index = test_key();
	struct invitation i;
	int64_t id, count;
	size_t n;

	for (int k = 0; k < 2; k++) {
		CU_ASSERT_EQUAL_FATAL(make_unit(&unit), ERR_OK);
		i = typed(index);
		i.name = NULL;
		CU_ASSERT_EQUAL_FATAL(insert(&i, &id), ERR_OK);
	}
	CU_ASSERT_EQUAL(invitation_count(db, arena, index, NULL, &count), ERR_OK);
	CU_ASSERT_EQUAL(count, 2);
	CU_ASSERT_EQUAL_FATAL(inviting_unit_list(db, arena, index, NULL, &units, &n), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(n, 2);
	CU_ASSERT_EQUAL(units[0].id, id); /* newest first */
	CU_ASSERT_STRING_EQUAL(units[0].unit, unit.name);
	CU_ASSERT_STRING_EQUAL(units[0].uscc, unit.uscc);
	CU_ASSERT_EQUAL(purge(NOW), ERR_OK);
	CU_ASSERT_EQUAL(invitation_count(db, arena, index, NULL, &count), ERR_OK);
	CU_ASSERT_EQUAL(count, 2);
	CU_ASSERT_EQUAL(purge(NOW + 1), ERR_OK);
	CU_ASSERT_EQUAL(invitation_count(db, arena, index, NULL, &count), ERR_OK);
	CU_ASSERT_EQUAL(count, 0);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "what went in comes out", what_went_in_comes_out },
		{ "a secret is the newest one", a_secret_is_the_newest_one },
		{ "a phone is told which units ask", a_phone_is_told_which_units_ask },
		CU_TEST_INFO_NULL,
	};

	return test_main("invitation", tests);
}
