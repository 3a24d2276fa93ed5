#include <string.h>

#include "sql/account/access.h"
#include "sql/account/certification.h"
#include "sql/account/certification_check.h"
#include "tests/support/database.h"
#include "tests/support/people.h"

#define NOW INT64_C(1700000000)
#define FAR INT64_C(4000000000)

/* The certification the unit has when it is read now. */
static unsigned
seen(const struct unit *u)
{
	struct access access;
	struct unit found;

	CU_ASSERT_EQUAL_FATAL(unit_get(db, arena, u->id, &found), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(access_get(db, arena, u->id, 0, 1, 0, &access), ERR_OK);
	CU_ASSERT_EQUAL(access.certification, found.certification);
	return found.certification;
}

static int64_t
version(const struct unit *u)
{
	struct unit found = { 0 };

	CU_ASSERT_EQUAL(unit_get(db, arena, u->id, &found), ERR_OK);
	return found.version;
}

static enum err
certified(const struct unit *u)
{
	SQL_TX(tx, db);
	TRY(unit_certify(&tx, u->id, version(u), CERTIFICATION_PASSED, NULL, NOW, NULL));
	return sql_commit(&tx);
}

static void
certify(const struct unit *u)
{
	CU_ASSERT_EQUAL(certified(u), ERR_OK);
}

static enum err
changed(const char *text, int64_t value, int64_t id)
{
	SQL_TX(tx, db);
	TRY(sql_exec(&tx, text, ARGS(V(value), V(id)), NULL));
	return sql_commit(&tx);
}

static void
set(const char *text, int64_t value, int64_t id)
{
	CU_ASSERT_EQUAL(changed(text, value, id), ERR_OK);
}

static void
the_catalogue_acts_on_the_next_reading(void)
{
	struct unit u;
	int64_t row;

	CU_ASSERT_EQUAL_FATAL(make_unit(&u), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(make_institution(u.uscc, "440106", true, &row), ERR_OK);
	CU_ASSERT_EQUAL(seen(&u), CERTIFICATION_NONE);
	certify(&u);
	CU_ASSERT_EQUAL(seen(&u), CERTIFICATION_PASSED);
	set("UPDATE institution SET agreement_end = ? WHERE id = ?", NOW, row);
	CU_ASSERT_EQUAL(seen(&u), CERTIFICATION_EXPIRED);
	set("UPDATE institution SET agreement_end = ? WHERE id = ?", FAR, row);
	CU_ASSERT_EQUAL(seen(&u), CERTIFICATION_PASSED);
	set("UPDATE institution SET active = ? WHERE id = ?", 0, row);
	CU_ASSERT_EQUAL(seen(&u), CERTIFICATION_EXPIRED);
}

static enum err
ask(const struct unit *u, int64_t known, int64_t bureau)
{
	SQL_TX(tx, db);
	TRY(certification_ask(&tx, u->id, known, "单位名称不一致", bureau, NOW));
	return sql_commit(&tx);
}

static enum err
confirm(const struct unit *u, int64_t known, unsigned outcome, int64_t until)
{
	SQL_TX(tx, db);
	TRY(certification_confirm(&tx, u->id, known, outcome, until ? NULL : "原因",
	    until ? NOW : 0, until));
	return sql_commit(&tx);
}

static void
a_bureaus_word_holds_until_its_day(void)
{
	struct unit u;

	CU_ASSERT_EQUAL_FATAL(make_unit(&u), ERR_OK);
	CU_ASSERT_EQUAL(ask(&u, version(&u), 5), ERR_OK);
	CU_ASSERT_EQUAL(confirm(&u, 1, CERTIFICATION_PASSED, FAR), ERR_CONFLICT);
	CU_ASSERT_EQUAL(confirm(&u, version(&u), CERTIFICATION_PASSED, FAR), ERR_OK);
	CU_ASSERT_EQUAL(seen(&u), CERTIFICATION_PASSED);
	set("UPDATE unit SET certified_until = ? WHERE id = ?", NOW, u.id);
	CU_ASSERT_EQUAL(seen(&u), CERTIFICATION_EXPIRED);
	certify(&u); /* by the catalogue, which lacks it: the bureau's word is forgotten */
	CU_ASSERT_EQUAL(seen(&u), CERTIFICATION_EXPIRED);
}

static void
a_bureau_sees_those_that_asked_it(void)
{
	int64_t bureau = test_number(), waiting;
	const struct unit *list;
	struct unit u, other;
	size_t count;

	CU_ASSERT_EQUAL_FATAL(make_unit(&u), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(make_unit(&other), ERR_OK);
	CU_ASSERT_EQUAL(ask(&u, version(&u), bureau), ERR_OK);
	CU_ASSERT_EQUAL(ask(&other, version(&other), bureau), ERR_OK);
	CU_ASSERT_EQUAL(ask(&other, 1, bureau), ERR_CONFLICT);
	CU_ASSERT_EQUAL(certification_waiting_count(db, arena, bureau, NULL, &waiting), ERR_OK);
	CU_ASSERT_EQUAL(waiting, 2);
	CU_ASSERT_EQUAL(certification_waiting(db, arena, bureau, NULL, u.id, 10, &list, &count),
	    ERR_OK);
	CU_ASSERT_EQUAL_FATAL(count, 1);
	CU_ASSERT_EQUAL(list[0].id, other.id);
	CU_ASSERT_EQUAL(list[0].manual_at, NOW);
	CU_ASSERT_EQUAL(confirm(&u, version(&u), CERTIFICATION_FAILED, 0), ERR_OK);
	CU_ASSERT_EQUAL(certification_answered(db, arena, bureau, NULL, 0, 10, &list, &count),
	    ERR_OK);
	CU_ASSERT_EQUAL_FATAL(count, 1);
	CU_ASSERT_STRING_EQUAL(list[0].certification_reason, "原因");
	CU_ASSERT_EQUAL(certification_answered(db, arena, bureau + 1, NULL, 0, 10, &list, &count),
	    ERR_OK);
	CU_ASSERT_EQUAL(count, 0);
}

static enum err
keep(const struct unit *u, const struct checks *checks, const char *text)
{
	const struct certification_reading reading = { text, NOW };

	SQL_TX(tx, db);
	TRY(certification_check_put(&tx, u->id, checks));
	TRY(certification_reading_put(&tx, u->id, &reading));
	return sql_commit(&tx);
}

static void
what_was_compared_last_is_kept(void)
{
	struct certification_reading reading;
	const struct check *list;
	struct checks checks = { 0 };
	struct unit u;
	size_t count;

	CU_ASSERT_EQUAL_FATAL(make_unit(&u), ERR_OK);
	CU_ASSERT_EQUAL(certification_checks(db, arena, u.id, &list, &count), ERR_OK);
	CU_ASSERT_EQUAL(count, 0);
	CU_ASSERT_EQUAL(certification_reading_get(db, arena, u.id, &reading), ERR_NOT_FOUND);
	for (enum checked f = CHECKED_USCC; f <= CHECKED_AGREEMENT; f++)
		checks.of[f].field = f;
	CU_ASSERT_EQUAL(keep(&u, &checks, "sealed"), ERR_OK);
	checks.of[CHECKED_NAME] = (struct check){ .field = CHECKED_NAME,
		.given = "甲",
		.catalogue = "乙",
		.by_catalogue = MARK_DIFFERS,
		.by_licence = MARK_UNKNOWN };
	CU_ASSERT_EQUAL(keep(&u, &checks, NULL), ERR_OK);
	CU_ASSERT_EQUAL(certification_checks(db, arena, u.id, &list, &count), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(count, CHECKED_AGREEMENT);
	CU_ASSERT_EQUAL(list[1].field, CHECKED_NAME);
	CU_ASSERT_STRING_EQUAL(list[1].catalogue, "乙");
	CU_ASSERT_EQUAL(list[1].by_catalogue, MARK_DIFFERS);
	CU_ASSERT_EQUAL(list[1].by_registry, 0);
	CU_ASSERT_EQUAL(certification_reading_get(db, arena, u.id, &reading), ERR_OK);
	CU_ASSERT_PTR_NULL(reading.text_sealed);
}

static void
what_ran_out_is_found_in_its_span(void)
{
	const struct unit *list;
	struct unit u;
	size_t count;
	bool more;

	CU_ASSERT_EQUAL_FATAL(make_unit(&u), ERR_OK);
	certify(&u); /* the catalogue has no row for it */
	CU_ASSERT_EQUAL(certification_lapsed(db, arena, u.id - 1, 1, &list, &count, &more), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(count, 1);
	CU_ASSERT_EQUAL(list[0].id, u.id);
	CU_ASSERT_EQUAL(certification_lapsed(db, arena, u.id, 1000, &list, &count, &more), ERR_OK);
	CU_ASSERT_FALSE(more);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "the catalogue acts on the next reading",
		    the_catalogue_acts_on_the_next_reading },
		{ "a bureau's word holds until its day", a_bureaus_word_holds_until_its_day },
		{ "a bureau sees those that asked it", a_bureau_sees_those_that_asked_it },
		{ "what was compared last is kept", what_was_compared_last_is_kept },
		{ "what ran out is found in its span", what_ran_out_is_found_in_its_span },
		CU_TEST_INFO_NULL,
	};

	return test_main("certification", tests);
}
