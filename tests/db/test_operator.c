#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "handlers/rules/table/kinds.h"
#include "sql/account/access.h"
#include "tests/support/database.h"
#include "tests/support/people.h"

#define NOW INT64_C(1700000000)
#define BUSINESS BUSINESS_MOBILE_PAYMENT

static struct unit unit;
static struct operator first, second;
static int64_t first_binding;

/* A unit with two operators. */
static void
people(void)
{
	CU_ASSERT_EQUAL_FATAL(make_unit(&unit), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(make_operator(&first), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(make_operator(&second), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(bind_operator(unit.id, first.id, &first_binding), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(bind_operator(unit.id, second.id, NULL), ERR_OK);
}

static void
what_went_in_comes_out(void)
{
	struct operator o, found;

	CU_ASSERT_EQUAL_FATAL(make_operator(&o), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(operator_by_phone(db, arena, o.phone_index, NULL, &found), ERR_OK);
	CU_ASSERT_EQUAL(found.id, o.id);
	CU_ASSERT_STRING_EQUAL(found.name, o.name);
	CU_ASSERT_PTR_NULL(found.id_end);
	CU_ASSERT_TRUE(found.must_change);
	CU_ASSERT_EQUAL(found.password_until, o.password_until);
	CU_ASSERT_EQUAL(operator_get(db, arena, 0, &found), ERR_NOT_FOUND);
}

static enum err
insert(const struct operator* o, const char *also)
{
	int64_t id;

	SQL_TX(tx, db);
	TRY(operator_insert(&tx, arena, o, also, &id));
	return sql_commit(&tx);
}

static void
a_phone_is_one_person(void)
{
	struct operator o;

	CU_ASSERT_EQUAL_FATAL(make_operator(&o), ERR_OK);
	CU_ASSERT_EQUAL(insert(&o, NULL), ERR_EXISTS);
}

/* While the key of the index is exchanged a phone has two indexes; it stays one person. */
static void
a_phone_is_one_person_under_either_index(void)
{
	struct operator o, found;
	const char *former, *now = arena_printf(arena, "%s%s", test_key(), test_key());

	CU_ASSERT_EQUAL_FATAL(make_operator(&o), ERR_OK);
	former = o.phone_index;
	CU_ASSERT_EQUAL(operator_by_phone(db, arena, now, NULL, &found), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(operator_by_phone(db, arena, now, former, &found), ERR_OK);
	CU_ASSERT_EQUAL(found.id, o.id);
	o.phone_index = now;
	CU_ASSERT_EQUAL(insert(&o, former), ERR_EXISTS);
	CU_ASSERT_EQUAL(operator_by_phone(db, arena, now, NULL, &found), ERR_NOT_FOUND);
}

/*
 * Two processes that are one step apart add the same phone at the same moment: one of them gets
 * it, whichever is faster, or none; never both.
 */
static void
two_processes_cannot_both_add_a_phone(void)
{
	const struct sql_settings settings = { .socket = getenv("PORTAL_DB_SOCKET"),
		.user = getenv("PORTAL_DB_USER"),
		.password = getenv("PORTAL_DB_PASSWORD"),
		.database = getenv("PORTAL_DB_NAME") };
	const char *former = arena_printf(arena, "%s%s", test_key(), test_key());
	const char *now = arena_printf(arena, "%s%s", test_key(), test_key());
	struct operator o, found;
	int status = 0, go[2];
	char byte;

	CU_ASSERT_EQUAL_FATAL(make_operator(&o), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(pipe(go), 0);
	pid_t pid = fork();
	if (pid == 0) {
		db = sql_new(&settings);
		o.phone_index = former;
		if (sql_ping(db) != ERR_OK || read(go[0], &byte, 1) != 1)
			_exit(9);
		_exit(insert(&o, now) == ERR_OK);
	}
	o.phone_index = now;
	CU_ASSERT_EQUAL_FATAL(write(go[1], "g", 1), 1);
	int added = insert(&o, former) == ERR_OK;
	waitpid(pid, &status, 0);
	added += WEXITSTATUS(status);
	CU_ASSERT_TRUE(added <= 1);
	CU_ASSERT_EQUAL(operator_by_phone(db, arena, now, former, &found),
	    added ? ERR_OK : ERR_NOT_FOUND);
	close(go[0]);
	close(go[1]);
}

static enum err
set_password(int64_t id, int64_t until)
{
	SQL_TX(tx, db);
	TRY(operator_set_password(&tx, id, "new", until));
	return sql_commit(&tx);
}

static void
a_chosen_password_does_not_die(void)
{
	struct operator o;

	CU_ASSERT_EQUAL_FATAL(make_operator(&o), ERR_OK);
	CU_ASSERT_EQUAL(set_password(o.id, 0), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(operator_get(db, arena, o.id, &o), ERR_OK);
	CU_ASSERT_FALSE(o.must_change);
	CU_ASSERT_EQUAL(o.password_until, 0);
	CU_ASSERT_EQUAL(set_password(o.id, NOW + 5), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(operator_get(db, arena, o.id, &o), ERR_OK);
	CU_ASSERT_TRUE(o.must_change);
	CU_ASSERT_EQUAL(o.password_until, NOW + 5);
}

static void
a_binding_is_the_units_own(void)
{
	const struct bound_unit *units;
	const struct binding *list;
	struct binding b;
	struct unit other;
	int64_t number;
	size_t count;

	people();
	CU_ASSERT_EQUAL_FATAL(make_unit(&other), ERR_OK);
	CU_ASSERT_EQUAL(bind_operator(unit.id, first.id, NULL), ERR_EXISTS);
	CU_ASSERT_EQUAL_FATAL(binding_list(db, arena, unit.id, &list, &count), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(count, 2);
	CU_ASSERT_EQUAL(list[0].id, first_binding);
	CU_ASSERT_EQUAL(list[0].operator_id, first.id);
	CU_ASSERT_STRING_EQUAL(list[0].name, first.name);
	CU_ASSERT_EQUAL(binding_get(db, arena, first_binding, unit.id, &b), ERR_OK);
	CU_ASSERT_TRUE(b.alone); /* */
	CU_ASSERT_EQUAL(binding_get(db, arena, first_binding, other.id, &b), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(binding_find(db, arena, unit.id, second.id, &b), ERR_OK);
	CU_ASSERT_EQUAL(binding_find(db, arena, other.id, second.id, &b), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(binding_count(db, arena, unit.id, &number), ERR_OK);
	CU_ASSERT_EQUAL(number, 2);
	CU_ASSERT_EQUAL_FATAL(bind_operator(other.id, first.id, NULL), ERR_OK);
	CU_ASSERT_EQUAL(binding_get(db, arena, first_binding, unit.id, &b), ERR_OK);
	CU_ASSERT_FALSE(b.alone);
	CU_ASSERT_EQUAL_FATAL(bound_unit_list(db, arena, first.id, &units, &count), ERR_OK);
	CU_ASSERT_EQUAL(count, 2);
}

static enum err
grant(int64_t operator_id)
{
	SQL_TX(tx, db);
	TRY(grant_add(&tx, unit.id, (unsigned)BUSINESS, operator_id, NOW));
	return sql_commit(&tx);
}

static enum err
revoke_grant(int64_t operator_id)
{
	SQL_TX(tx, db);
	TRY(grant_delete(&tx, unit.id, (unsigned)BUSINESS, operator_id));
	return sql_commit(&tx);
}

static enum err
unbind(int64_t operator_id)
{
	SQL_TX(tx, db);
	TRY(binding_delete(&tx, unit.id, operator_id));
	return sql_commit(&tx);
}

static bool
holds(int64_t operator_id)
{
	bool yes = false;

	CU_ASSERT_EQUAL(grant_holds(db, arena, unit.id, (unsigned)BUSINESS, operator_id, &yes),
	    ERR_OK);
	return yes;
}

static void
one_business_goes_to_one_operator(void)
{
	const struct grant *list;
	size_t count;

	people();
	CU_ASSERT_EQUAL(grant(first.id), ERR_OK);
	CU_ASSERT_EQUAL(grant(second.id), ERR_EXISTS);
	CU_ASSERT_TRUE(holds(first.id));
	CU_ASSERT_FALSE(holds(second.id));
	CU_ASSERT_EQUAL_FATAL(grant_list(db, arena, unit.id, &list, &count), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(count, 1);
	CU_ASSERT_EQUAL(list[0].operator_id, first.id);
	CU_ASSERT_STRING_EQUAL(list[0].operator_name, first.name);
	CU_ASSERT_EQUAL(revoke_grant(second.id), ERR_OK); /* not his to lose */
	CU_ASSERT_TRUE(holds(first.id));
	CU_ASSERT_EQUAL(revoke_grant(first.id), ERR_OK);
	CU_ASSERT_EQUAL(grant(second.id), ERR_OK);
}

static void
unbinding_takes_the_grants_along(void)
{
	people();
	CU_ASSERT_EQUAL(grant(first.id), ERR_OK);
	CU_ASSERT_EQUAL(unbind(first.id), ERR_OK);
	CU_ASSERT_FALSE(holds(first.id));
	CU_ASSERT_EQUAL(unbind(first.id), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(grant(second.id), ERR_OK);
}

static void
access_says_it_all_at_once(void)
{
	struct access a = { 0 };
	struct unit stranger;
	int64_t own, foreign;

	people();
	CU_ASSERT_EQUAL_FATAL(make_unit(&stranger), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(make_institution(unit.uscc, "440106", true, &own), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(make_institution(stranger.uscc, "440106", true, &foreign), ERR_OK);
	CU_ASSERT_EQUAL(grant(first.id), ERR_OK);

	CU_ASSERT_EQUAL(access_get(db, arena, unit.id, first.id, (unsigned)BUSINESS, own, &a),
	    ERR_OK);
	CU_ASSERT_TRUE(a.bound && a.granted && a.institution);
	CU_ASSERT_EQUAL(a.certification, CERTIFICATION_NONE);
	CU_ASSERT_EQUAL(access_get(db, arena, unit.id, second.id, (unsigned)BUSINESS, foreign, &a),
	    ERR_OK);
	CU_ASSERT_TRUE(a.bound && !a.granted && !a.institution);
	CU_ASSERT_EQUAL(access_get(db, arena, stranger.id, first.id, (unsigned)BUSINESS, 0, &a),
	    ERR_OK);
	CU_ASSERT_TRUE(!a.bound && !a.granted && !a.institution);
	CU_ASSERT_EQUAL(access_get(db, arena, 0, first.id, (unsigned)BUSINESS, 0, &a),
	    ERR_NOT_FOUND);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "what went in comes out", what_went_in_comes_out },
		{ "a phone is one person", a_phone_is_one_person },
		{ "a phone is one person under either index",
		    a_phone_is_one_person_under_either_index },
		{ "two processes cannot both add a phone", two_processes_cannot_both_add_a_phone },
		{ "a chosen password does not die", a_chosen_password_does_not_die },
		{ "a binding is the unit's own", a_binding_is_the_units_own },
		{ "one business goes to one operator", one_business_goes_to_one_operator },
		{ "unbinding takes the grants along", unbinding_takes_the_grants_along },
		{ "access says it all at once", access_says_it_all_at_once },
		CU_TEST_INFO_NULL,
	};

	return test_main("operator", tests);
}
