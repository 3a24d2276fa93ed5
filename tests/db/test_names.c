/* Names that differ only where some collations do not look: characters beyond the BMP, blanks, case. */
#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/rules/form/admin_form.h"
#include "sql/account/certification.h"
#include "sql/account/staff.h"
#include "sql/application/queue.h"
#include "sql/catalogue/catalogue.h"
#include "tests/support/applications.h"
#include "tests/support/people.h"

/* No two of them are the same name. */
static const char *const names[] = { "云𠮷挂号", "云𬀩挂号", "云𪚥挂号", "云挂号", "云挂号 ",
	" 云挂号", "App", "app", "Ａｐｐ", "é", "e", "e\u0301", "云\u200b挂号" };
#define NAMES (COUNT(names))

static void
an_application_takes_its_own_name_alone(void)
{
	int64_t unit = new_unit(), institution = test_number();
	const char *key = test_key();

	for (size_t i = 0; i < NAMES; i++) {
		struct application a = new_draft(unit, institution);
		bool taken = true;

		fill(&a, names[i]);
		WRITE(ERR_OK,
		    application_name_taken(&tx, arena, unit, institution, names[i], a.id, &taken));
		CU_ASSERT_FALSE(taken);
		claim(&a, names[i], arena_printf(arena, "%s|%s", names[i], key), ERR_OK);
		take(&a, EVENT_SUBMIT, DESK_NONE);
		WRITE(ERR_OK,
		    application_name_taken(&tx, arena, unit, institution, names[i], 0, &taken));
		CU_ASSERT_TRUE(taken);
	}
}

/* ---- searches ---------------------------------------------------------------- */

/* Twelve, as an officer sees them; by what is typed, how many begin so. */
static const char *const seen[] = { "测试𠮷䶮一", "测试𠮷䶮二", "测试𠮷", "测试𬀩䶮",
	"测试䶮𠮷", "测试", "测试一", "测试 一", "测试A", "测试a", "测试％", "测试\uffff" };
#define SEEN (COUNT(seen))
static const struct {
	const char *typed;
	size_t found;
} searches[] = { { "测试", 12 }, { "测试𠮷", 3 }, { "测试𠮷䶮", 2 }, { "测试𬀩", 1 },
	{ "测试𪚥", 0 }, { "测试 ", 1 }, { "测试A", 1 }, { "测试a", 1 }, { "测试%", 0 },
	{ "测试_", 0 }, { "测试\uffff", 1 } };
#define SEARCHES (COUNT(searches))

static void
name_it(int64_t id, const char *column, const char *name)
{
	WRITE(ERR_OK,
	    sql_exec(&tx,
		strcmp(column, "unit") == 0 ? "UPDATE application SET unit_name = ? WHERE id = ?"
					    : "UPDATE application SET institution_name = ?"
					      " WHERE id = ?",
		ARGS(V(name), V(id)), NULL));
}

static size_t
found_by(const struct queue_filter *filter, enum queue_scope scope)
{
	const struct queue_item *items;
	size_t count;
	bool more;

	OK(queue_find(db, arena, bureau, DESK_LOCAL, scope, filter, 50, &items, &count, &more));
	CU_ASSERT_FALSE(more);
	return count;
}

static void
a_queue_is_searched_by_every_character(void)
{
	for (int unit = 0; unit < 2; unit++) {
		bureau = test_number() / 2;
		for (size_t i = 0; i < SEEN; i++) {
			struct application a = new_draft(new_unit(), test_number());

			name_it(a.id, unit ? "unit" : "institution", seen[i]);
			take(&a, EVENT_SUBMIT, DESK_NONE);
		}
		for (size_t i = 0; i < SEARCHES; i++) {
			struct queue_filter filter = { .staff_id = 5 };

			*(unit ? &filter.unit : &filter.institution) = searches[i].typed;
			CU_ASSERT_EQUAL(found_by(&filter, QUEUE_AT_DESK), searches[i].found);
			CU_ASSERT_EQUAL(found_by(&filter, QUEUE_ANYWHERE), searches[i].found);
		}
	}
}

static void
a_number_is_found_in_any_case(void)
{
	bureau = test_number() / 2;
	struct application a = new_draft(new_unit(), test_number());
	struct queue_filter filter = { .staff_id = 5 };
	char *typed = arena_strndup(arena, a.number, 12);

	take(&a, EVENT_SUBMIT, DESK_NONE);
	for (char *c = typed; *c; c++)
		*c = (char)(*c >= 'a' ? *c - 'a' + 'A' : *c);
	filter.number = typed;
	CU_ASSERT_EQUAL(found_by(&filter, QUEUE_AT_DESK), 1);
}

/* ---- the catalogue ------------------------------------------------------------- */

static size_t
catalogued(const char *search, const char *mark)
{
	const struct institution_row *rows;
	size_t count, ours = 0;

	OK(catalogue_list(db, arena, &catalogue_institution, search, 0, 100000, &rows, &count));
	for (size_t i = 0; i < count; i++)
		ours += strcmp(rows[i].uscc, mark) == 0;
	return ours;
}

static void
an_institution_is_searched_by_every_character(void)
{
	const char *uscc = arena_printf(arena, "9%.17s", test_key());
	int64_t id;

	for (size_t i = 0; i < SEEN; i++) {
		OK(make_institution(uscc, "440103", true, &id));
		WRITE(ERR_OK, sql_exec(&tx, "UPDATE institution SET name = ? WHERE id = ?",
				  ARGS(V(seen[i]), V(id)), NULL));
	}
	for (size_t i = 0; i < SEARCHES; i++)
		CU_ASSERT_EQUAL(catalogued(searches[i].typed, uscc), searches[i].found);
	CU_ASSERT_EQUAL(catalogued(uscc, uscc), SEEN);
}

static void
an_official_code_is_found_in_any_case(void)
{
	const char *digits =
	    arena_printf(arena, "%015lld", (long long)test_number() % 1000000000000000);
	const char *upper = arena_printf(arena, "TX%sZ", digits);
	const char *lower = arena_printf(arena, "tx%sz", digits);
	int64_t id;

	OK(make_institution(upper, "440103", true, &id));
	CU_ASSERT_EQUAL(catalogued(lower, upper), 1);
	CU_ASSERT_EQUAL(test_count("SELECT COUNT(*) FROM institution WHERE uscc = ?",
			    ARGS(V(lower))),
	    1);
}

/* ---- people -------------------------------------------------------------------- */

static void
an_account_is_one_in_any_case(void)
{
	const char *tail = test_key();
	struct unit u, found;
	int64_t id;

	OK(make_unit(&u));
	u.account = arena_printf(arena, "Acc-%.20s", tail);
	u.uscc = arena_printf(arena, "%.18s", test_key());
	WRITE(ERR_OK, unit_insert(&tx, &u, &id));
	u.uscc = arena_printf(arena, "%.18s", test_key());
	u.account = arena_printf(arena, "aCC-%.20s", tail);
	WRITE(ERR_EXISTS, unit_insert(&tx, &u, &id));
	OK(unit_by_account(db, arena, u.account, &found));
	CU_ASSERT_STRING_EQUAL(found.account + 4, u.account + 4);
	/* what no account is made of finds none, and is no mistake of ours */
	CU_ASSERT_EQUAL(unit_by_account(db, arena, arena_printf(arena, "Acc-%.19s𠮷", tail),
			    &found),
	    ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(unit_by_account(db, arena, arena_printf(arena, "%s ", u.account), &found),
	    ERR_NOT_FOUND);
}

static void
staff_are_searched_by_every_character(void)
{
	static const char *const people[] = { "黎𠮷珊", "黎𬀩珊", "黎海珊" };
	const char *tail = test_key(), *family = arena_printf(arena, "黎%.8s", tail);
	const struct staff_item *list;
	size_t count;
	int64_t id;

	for (size_t i = 0; i < 3; i++) {
		const struct staff s = {
			.account = arena_printf(arena, "Names-%.16s-%zu", tail, i),
			.name = arena_printf(arena, "%s%s", family, people[i]),
			.password = "x",
			.bureau_id = 1,
			.role = 3,
			.scope = "",
			.created_at = NOW,
		};

		WRITE(ERR_OK, staff_add_row(&tx, &s, &id));
	}
	const struct {
		const char *typed;
		size_t found;
	} cases[] = {
		{ family, 3 },
		{ arena_printf(arena, "%s黎𠮷", family), 1 },
		{ arena_printf(arena, "%s黎𪚥", family), 0 },
		{ arena_printf(arena, "nAMES-%.16s", tail), 3 },
	};
	for (size_t i = 0; i < 4; i++) {
		const struct staff_filter f = { .search = cases[i].typed, .disabled = -1 };

		OK(staff_list(db, arena, &f, 0, 50, &list, &count));
		CU_ASSERT_EQUAL(count, cases[i].found);
	}
}

/* ---- and they are found, not sought -------------------------------------------- */

static int64_t
rows_touched(void)
{
	return test_count("SELECT SUM(VARIABLE_VALUE) FROM information_schema.SESSION_STATUS"
			  " WHERE VARIABLE_NAME IN ('HANDLER_READ_NEXT', 'HANDLER_READ_PREV',"
			  " 'HANDLER_READ_RND_NEXT')",
	    NO_ARGS);
}

/* Reading the status touches rows itself, as many each time. */
#define TOUCHED(call)                                                                              \
	({                                                                                         \
		int64_t none = rows_touched(), before = rows_touched();                            \
		int64_t itself = before - none;                                                    \
		call;                                                                              \
		rows_touched() - before - itself;                                                  \
	})

static void
each_way_of_looking_has_its_index(void)
{
	const char *mark = test_key();
	const struct institution_row *rows;
	struct unit u;
	size_t count;

	WRITE(ERR_OK,
	    sql_exec(&tx,
		"INSERT INTO institution (code, name, region_code, uscc, agreement_start,"
		" agreement_end) SELECT CONCAT('T', LPAD(seq, 11, '0')), CONCAT(?, '𠮷', seq), LEFT(?, 6),"
		" CONCAT('T', LPAD(seq, 17, '0')), 0, 1 FROM"
		" (WITH RECURSIVE many AS (SELECT 1 AS seq UNION ALL SELECT seq + 1 FROM many WHERE"
		" seq < 1000) SELECT seq FROM many) AS m",
		ARGS(V(mark), V(mark)), NULL));
	OK(make_unit(&u));
	CU_ASSERT(TOUCHED(OK(unit_by_account(db, arena, u.account, &u))) < 20);
	CU_ASSERT(TOUCHED(OK(unit_by_uscc(db, arena, u.uscc, &u))) < 20);
	CU_ASSERT(TOUCHED(OK(catalogue_list(db, arena, &catalogue_institution,
		      arena_printf(arena, "%s𠮷77", mark), 0, 50, &rows, &count))) < 60);
	CU_ASSERT_EQUAL(count, 11);
	WRITE(ERR_OK, sql_exec(&tx, "DELETE FROM institution WHERE region_code = LEFT(?, 6)",
			  ARGS(V(mark)), NULL));
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "an application takes its own name alone",
		    an_application_takes_its_own_name_alone },
		{ "a queue is searched by every character",
		    a_queue_is_searched_by_every_character },
		{ "a number is found in any case", a_number_is_found_in_any_case },
		{ "an institution is searched by every character",
		    an_institution_is_searched_by_every_character },
		{ "an official code is found in any case", an_official_code_is_found_in_any_case },
		{ "an account is one in any case", an_account_is_one_in_any_case },
		{ "staff are searched by every character", staff_are_searched_by_every_character },
		{ "each way of looking has its index", each_way_of_looking_has_its_index },
		CU_TEST_INFO_NULL,
	};

	return test_main("names", tests);
}
