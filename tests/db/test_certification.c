#include <string.h>

#include "sql/account/access.h"
#include "sql/account/appeal.h"
#include "sql/account/certification.h"
#include "sql/account/certification_check.h"
#include "sql/catalogue/institution.h"
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
keep(const struct unit *u, const struct unit_checks *checks, const char *text)
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
	const struct field_check *list;
	struct unit_checks checks = { 0 };
	struct unit u;
	size_t count;

	CU_ASSERT_EQUAL_FATAL(make_unit(&u), ERR_OK);
	CU_ASSERT_EQUAL(certification_checks(db, arena, u.id, &list, &count), ERR_OK);
	CU_ASSERT_EQUAL(count, 0);
	CU_ASSERT_EQUAL(certification_reading_get(db, arena, u.id, &reading), ERR_NOT_FOUND);
	for (enum checked f = CHECKED_USCC; f <= CHECKED_AGREEMENT; f++)
		checks.of[f].field = f;
	CU_ASSERT_EQUAL(keep(&u, &checks, "sealed"), ERR_OK);
	checks.of[CHECKED_NAME] = (struct field_check){ .field = CHECKED_NAME,
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

static enum err
released(int64_t id)
{
	SQL_TX(tx, db);
	TRY(unit_release(&tx, id, "收回", NOW));
	return sql_commit(&tx);
}

static enum err
revoked(const struct unit *u, int64_t known)
{
	SQL_TX(tx, db);
	TRY(certification_revoke(&tx, u->id, known, "抽查不符", NOW));
	return sql_commit(&tx);
}

/* How many units below that prefix, as they stand, have this code. */
static size_t
listed(const char *prefix, unsigned certification, const char *uscc)
{
	const struct unit *list = NULL;
	size_t count = 0;

	CU_ASSERT_EQUAL(certified_units(db, arena, prefix, certification, uscc, 0, 10, &list,
			    &count),
	    ERR_OK);
	return count;
}

static void
a_bureau_takes_it_back_until_one_confirms(void)
{
	struct unit u;
	int64_t row;

	CU_ASSERT_EQUAL_FATAL(make_unit(&u), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(make_institution(u.uscc, "440106", true, &row), ERR_OK);
	certify(&u);
	CU_ASSERT_EQUAL(listed("", CERTIFICATION_PASSED, u.uscc), 1);
	CU_ASSERT_EQUAL(listed("99", CERTIFICATION_PASSED, u.uscc), 0);
	CU_ASSERT_EQUAL(revoked(&u, 1), ERR_CONFLICT);
	CU_ASSERT_EQUAL(revoked(&u, version(&u)), ERR_OK);
	CU_ASSERT_EQUAL(seen(&u), CERTIFICATION_REVOKED);
	CU_ASSERT_EQUAL(listed("", CERTIFICATION_PASSED, u.uscc), 0);
	CU_ASSERT_EQUAL(listed("", CERTIFICATION_REVOKED, u.uscc), 1);
	CU_ASSERT_EQUAL_FATAL(unit_get(db, arena, u.id, &u), ERR_OK);
	CU_ASSERT_EQUAL(u.revoked_at, NOW);
	CU_ASSERT_EQUAL(confirm(&u, u.version, CERTIFICATION_FAILED, 0), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(unit_get(db, arena, u.id, &u), ERR_OK);
	CU_ASSERT_EQUAL(u.revoked_at, NOW);
	CU_ASSERT_EQUAL(confirm(&u, u.version, CERTIFICATION_PASSED, FAR), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(unit_get(db, arena, u.id, &u), ERR_OK);
	CU_ASSERT_EQUAL(u.revoked_at, 0);
}

static enum err
insert(const struct unit *u, int64_t *ret_id)
{
	SQL_TX(tx, db);
	TRY(unit_insert(&tx, u, ret_id));
	return sql_commit(&tx);
}

static void
a_code_that_was_given_back_is_free(void)
{
	struct unit u, found;
	struct institution i;
	int64_t row, id, seq;

	CU_ASSERT_EQUAL_FATAL(make_unit(&u), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(make_institution(u.uscc, "440106", true, &row), ERR_OK);
	certify(&u);
	CU_ASSERT_EQUAL(institution_of_unit(db, arena, row, u.id, &i), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(unit_get(db, arena, u.id, &found), ERR_OK);
	seq = found.password_seq;
	CU_ASSERT_EQUAL(released(u.id), ERR_OK);
	CU_ASSERT_EQUAL(released(u.id), ERR_CONFLICT);
	CU_ASSERT_EQUAL(seen(&u), CERTIFICATION_REVOKED);
	CU_ASSERT_EQUAL(institution_of_unit(db, arena, row, u.id, &i), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(unit_by_uscc(db, arena, u.uscc, &found), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL_FATAL(unit_get(db, arena, u.id, &found), ERR_OK);
	CU_ASSERT_EQUAL(found.password_seq, seq + 1);
	CU_ASSERT_STRING_EQUAL(found.uscc, u.uscc);
	u.account = test_key();
	CU_ASSERT_EQUAL(insert(&u, &id), ERR_OK);
	CU_ASSERT_EQUAL(unit_by_uscc(db, arena, u.uscc, &found), ERR_OK);
	CU_ASSERT_EQUAL(found.id, id);
	u.account = test_key();
	CU_ASSERT_EQUAL(insert(&u, &id), ERR_EXISTS);
}

static enum err
appealed(const struct appeal *a, int64_t *ret_id)
{
	SQL_TX(tx, db);
	TRY(appeal_add(&tx, a, ret_id));
	TRY(appeal_seal(&tx, *ret_id, a->contact_sealed, a->phone_sealed));
	return sql_commit(&tx);
}

static enum err
filed(int64_t id, const char *licence)
{
	SQL_TX(tx, db);
	TRY(appeal_file(&tx, id, licence));
	return sql_commit(&tx);
}

static enum err
ruled(int64_t id, int64_t known)
{
	SQL_TX(tx, db);
	TRY(appeal_decide(&tx, id, known, APPEAL_DISMISSED, "不符", 1, NOW));
	return sql_commit(&tx);
}

static enum err
purged(int64_t before)
{
	SQL_TX(tx, db);
	TRY(appeal_purge(&tx, before, 1000));
	return sql_commit(&tx);
}

static size_t
appeals(int64_t bureau, bool done)
{
	const struct appeal *list;
	size_t count = 0;

	CU_ASSERT_EQUAL(appeal_list(db, arena, bureau, done, "44", 0, 10, &list, &count), ERR_OK);
	return count;
}

static void
an_appeal_is_its_bureaus_once_it_has_a_licence(void)
{
	const char *licence = test_key();
	struct appeal a = { .uscc = "91350100M000100Y43",
		.name = "示例医院",
		.region_code = "440106",
		.bureau_id = test_number(),
		.unit_id = 1,
		.contact_sealed = "x",
		.phone_sealed = "x",
		.statement = "说明",
		.created_at = NOW };
	int64_t id, waiting, more;
	bool shows;

	CU_ASSERT_EQUAL_FATAL(appealed(&a, &id), ERR_OK);
	CU_ASSERT_EQUAL(appeals(a.bureau_id, false), 0);
	CU_ASSERT_EQUAL(appeal_waiting_on(db, arena, a.uscc, &waiting), ERR_OK);
	CU_ASSERT_EQUAL(filed(id, licence), ERR_OK);
	CU_ASSERT_EQUAL(filed(id, licence), ERR_CONFLICT);
	CU_ASSERT_EQUAL(appeal_waiting_on(db, arena, a.uscc, &more), ERR_OK);
	CU_ASSERT_EQUAL(more, waiting + 1);
	CU_ASSERT_EQUAL(appeals(a.bureau_id, false), 1);
	CU_ASSERT_EQUAL(certification_shows(db, arena, licence, a.bureau_id, "44", &shows), ERR_OK);
	CU_ASSERT_TRUE(shows);
	CU_ASSERT_EQUAL(certification_shows(db, arena, licence, a.bureau_id, "45", &shows), ERR_OK);
	CU_ASSERT_FALSE(shows);
	CU_ASSERT_EQUAL(ruled(id, 1), ERR_CONFLICT);
	CU_ASSERT_EQUAL(ruled(id, 2), ERR_OK);
	CU_ASSERT_EQUAL(appeals(a.bureau_id, false), 0);
	CU_ASSERT_EQUAL(appeals(a.bureau_id, true), 1);
	CU_ASSERT_EQUAL_FATAL(appealed(&a, &more), ERR_OK);
	CU_ASSERT_EQUAL(purged(NOW + 1), ERR_OK);
	CU_ASSERT_EQUAL(appeal_get(db, arena, more, &a), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(appeal_get(db, arena, id, &a), ERR_OK);
	CU_ASSERT_STRING_EQUAL(a.reason, "不符");
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
		{ "a bureau takes it back until one confirms",
		    a_bureau_takes_it_back_until_one_confirms },
		{ "a code that was given back is free", a_code_that_was_given_back_is_free },
		{ "an appeal is its bureau's once it has a licence",
		    an_appeal_is_its_bureaus_once_it_has_a_licence },
		{ "what was compared last is kept", what_was_compared_last_is_kept },
		{ "what ran out is found in its span", what_ran_out_is_found_in_its_span },
		CU_TEST_INFO_NULL,
	};

	return test_main("certification", tests);
}
