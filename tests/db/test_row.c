/* Rows and single values: what a list of columns says is what is read, or nothing is. */
#include "fcgi/base/array.h"
#include "tests/support/database.h"

#define NOW 1700000000

static int64_t reader;

static enum err
write_one(const char *title, int64_t *ret_id)
{
	SQL_TX(tx, db);
	TRY(sql_insert(&tx,
	    "INSERT INTO message (role, user_id, title, text, created_at) VALUES (2, ?, ?, '', ?)",
	    ARGS(V(reader), V(title), V(NOW)), ret_id));
	return sql_commit(&tx);
}

#define NOTE_COLUMNS(C, E)                                                                         \
	C(INT, m, id)                                                                              \
	C(TEXT, m, title)                                                                          \
	C(TEXT, m, text)                                                                           \
	E(BOOL, unread, "m.read_at IS NULL")
SQL_ROW(note, NOTE_COLUMNS)

static void
a_row_is_what_its_list_says(void)
{
	struct note *rows, one;
	size_t count;
	int64_t id;

	reader = test_number();
	CU_ASSERT_EQUAL_FATAL(write_one("here", &id), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(sql_one(db, arena, "SELECT {} FROM message m WHERE m.user_id = ?",
				  ARGS(V(reader)), note_shape(), &one),
	    ERR_OK);
	CU_ASSERT_EQUAL(one.id, id);
	CU_ASSERT_STRING_EQUAL(one.title, "here");
	CU_ASSERT_STRING_EQUAL(one.text, "");
	CU_ASSERT_TRUE(one.unread);
	/* by itself, under the same names */
	CU_ASSERT_EQUAL_FATAL(
	    sql_all(db, arena,
		"SELECT id, title, text, 0 AS unread FROM message WHERE user_id = ? LIMIT 9",
		ARGS(V(reader)), note_shape(), &rows, &count),
	    ERR_OK);
	CU_ASSERT_EQUAL_FATAL(count, 1);
	CU_ASSERT_FALSE(rows[0].unread);
}

static void
columns_that_changed_places_are_refused(void)
{
	static const char *const wrong[] = {
		"SELECT id, text, title, 0 AS unread FROM message WHERE user_id = ?",
		"SELECT id, title, text, read_at FROM message WHERE user_id = ?",
		"SELECT id, title, text FROM message WHERE user_id = ?",
		"SELECT {}, m.id FROM message m WHERE user_id = ?",
	};
	struct note *rows;
	size_t count;

	reader = test_number();
	for (size_t i = 0; i < COUNT(wrong); i++)
		for (int twice = 0; twice < 2; twice++)
			CU_ASSERT_EQUAL(sql_all(db, arena, wrong[i], ARGS(V(reader)), note_shape(),
					    &rows, &count),
			    ERR_INTERNAL);
	CU_ASSERT_EQUAL(sql_ping(db), ERR_OK);
}

/* One text, two row types: as a compiler may lay equal literals on one address. */
static void
a_text_has_the_columns_of_its_row(void)
{
	static const char text[] = "SELECT {} FROM (SELECT 7 AS id, 8 AS seen) m";
	static const struct sql_column fewer = { SQL_INT, 0, "id", "m.id" };
	static const struct sql_column other = { SQL_INT, 0, "seen", "m.seen" };
	static const struct sql_shape of_fewer = { &fewer, 1, sizeof(int64_t) };
	static const struct sql_shape of_other = { &other, 1, sizeof(int64_t) };
	int64_t n = 0;

	for (int twice = 0; twice < 2; twice++) {
		CU_ASSERT_EQUAL(sql_one(db, arena, text, NO_ARGS, &of_fewer, &n), ERR_OK);
		CU_ASSERT_EQUAL(n, 7);
		CU_ASSERT_EQUAL(sql_one(db, arena, text, NO_ARGS, &of_other, &n), ERR_OK);
		CU_ASSERT_EQUAL(n, 8);
	}
}

static void
one_value_is_read_by_one_call(void)
{
	const int64_t *numbers;
	const char *string = NULL;
	int64_t number = -1;
	bool there = true;
	size_t count;

	CU_ASSERT_EQUAL(sql_number(db, arena, "SELECT ? + 1", ARGS(V(6)), &number), ERR_OK);
	CU_ASSERT_EQUAL(number, 7);
	CU_ASSERT_EQUAL(sql_number(db, arena, "SELECT NULL", NO_ARGS, &number), ERR_OK);
	CU_ASSERT_EQUAL(number, 0);
	CU_ASSERT_EQUAL(sql_number(db, arena, "SELECT 1 FROM audit_head WHERE chain = 97", NO_ARGS,
			    &number),
	    ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(sql_number(db, arena, "SELECT 1 UNION ALL SELECT 2", NO_ARGS, &number),
	    ERR_INTERNAL);
	CU_ASSERT_EQUAL(sql_number(db, arena, "SELECT 1, 2", NO_ARGS, &number), ERR_INTERNAL);
	CU_ASSERT_EQUAL(sql_string(db, arena, "SELECT ?", ARGS(V("𠮷")), &string), ERR_OK);
	CU_ASSERT_STRING_EQUAL(string, "𠮷");
	CU_ASSERT_EQUAL(sql_exists(db, arena, "SELECT 1 FROM audit_head WHERE chain = 97 LIMIT 1",
			    NO_ARGS, &there),
	    ERR_OK);
	CU_ASSERT_FALSE(there);
	CU_ASSERT_EQUAL(sql_exists(db, arena, "SELECT 0", NO_ARGS, &there), ERR_OK);
	CU_ASSERT_TRUE(there);
	CU_ASSERT_EQUAL_FATAL(sql_numbers(db, arena, "SELECT 3 UNION ALL SELECT 4", NO_ARGS,
				  &numbers, &count),
	    ERR_OK);
	CU_ASSERT_EQUAL_FATAL(count, 2);
	CU_ASSERT_EQUAL(numbers[0] + numbers[1], 7);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "a row is what its list says", a_row_is_what_its_list_says },
		{ "columns that changed places are refused",
		    columns_that_changed_places_are_refused },
		{ "a text has the columns of its row", a_text_has_the_columns_of_its_row },
		{ "one value is read by one call", one_value_is_read_by_one_call },
		CU_TEST_INFO_NULL,
	};

	return test_main("row", tests);
}
