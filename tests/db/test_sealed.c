#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "handlers/common/sealing.h"
#include "sql/db/sealed.h"
#include "tests/support/applications.h"

/* sql/db/sealed.def against the schema, and its statements on every table it names. */

#define NAMED_COLUMNS(C, E)                                                                        \
	E(TEXT, table, "c.table_name")                                                             \
	E(TEXT, column, "c.column_name")
SQL_ROW(named, NAMED_COLUMNS)

static void
every_sealed_column_stands_in_the_table(void)
{
	const struct named *found;
	size_t count, known = 0;

	OK(sql_all(db, arena,
	    "SELECT {} FROM information_schema.columns c"
	    " WHERE table_schema = DATABASE() AND column_name LIKE '%sealed%' LIMIT 500",
	    NO_ARGS, named_shape(), &found, &count));
	for (size_t i = 0; i < count; i++) {
		size_t j = 0;

		while (j < sealed_columns_count &&
		       (strcmp(sealed_columns[j].table, found[i].table) != 0 ||
			   strcmp(sealed_columns[j].column, found[i].column) != 0))
			j++;
		if (j == sealed_columns_count)
			printf("not in sql/db/sealed.def: %s.%s\n", found[i].table,
			    found[i].column);
		else
			known++;
	}
	CU_ASSERT_EQUAL(known, count);
	CU_ASSERT_EQUAL(known, sealed_columns_count);
}

static void
every_index_stands_in_the_table(void)
{
	const struct named *found;
	size_t count, known = 0;

	OK(sql_all(db, arena,
	    "SELECT {} FROM information_schema.columns c"
	    " WHERE table_schema = DATABASE() AND column_name LIKE '%\\_index' LIMIT 500",
	    NO_ARGS, named_shape(), &found, &count));
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < indexed_columns_count; j++)
			known += strcmp(indexed_columns[j].table, found[i].table) == 0 &&
				 strcmp(indexed_columns[j].column, found[i].column) == 0;
	CU_ASSERT_EQUAL(known, count);
	CU_ASSERT_EQUAL(known, indexed_columns_count);
}

static void
no_two_purposes_share_a_text(void)
{
	for (enum purpose i = 0; i < PURPOSE_COUNT; i++)
		for (enum purpose j = 0; j < i; j++)
			CU_ASSERT_STRING_NOT_EQUAL(purposes[i].text, purposes[j].text);
}

static void
every_statement_runs(void)
{
	const struct sealed_value *values, nothing = { "0", "0", "1:1:none" };
	size_t count;
	bool done = true;
	struct sql_settings as_admin = { .socket = getenv("PORTAL_DB_SOCKET"),
		.user = getenv("PORTAL_DB_ADMIN_USER"),
		.password = getenv("PORTAL_DB_ADMIN_PASSWORD"),
		.database = getenv("PORTAL_DB_NAME") };
	struct sql *worker = db;

	db = sql_new(&as_admin); /* who rotates; workers may not touch the platform's keys */
	for (size_t i = 0; i < sealed_columns_count; i++) {
		OK(sealed_older(db, arena, &sealed_columns[i], NULL, 1, 3, &values, &count));
		OK(sealed_older(db, arena, &sealed_columns[i], &nothing, 1, 3, &values, &count));
		WRITE(ERR_OK, sealed_replace(&tx, &sealed_columns[i], &nothing, "1:2:none", &done));
		CU_ASSERT_FALSE(done);
	}
	for (size_t i = 0; i < indexed_columns_count; i++) {
		const struct indexed_value none = { "0", "", "none" }, *rows;

		OK(indexed_list(db, arena, &indexed_columns[i], "", 3, &rows, &count));
		if (count) {
			const char *first = rows[0].key;

			OK(indexed_list(db, arena, &indexed_columns[i], first, 3, &rows, &count));
			CU_ASSERT_TRUE(!count || strcmp(rows[0].key, first) != 0);
		}
		WRITE(ERR_OK, indexed_replace(&tx, &indexed_columns[i], &none, "other", &done));
		CU_ASSERT_FALSE(done);
	}
	sql_close(db);
	db = worker;
}

static void
put(const char *actor, const char *token, const char *sealed)
{
	WRITE(ERR_OK, sql_exec(&tx,
			  "INSERT INTO once (actor, token, route, status, body_sealed, created_at)"
			  " VALUES (?, ?, 'r', 200, ?, 1)",
			  ARGS(V(actor), V(token), V(sealed)), NULL));
}

static const struct sealed_column *
column(const char *table)
{
	const struct sealed_column *c = sealed_columns;

	while (strcmp(c->table, table) != 0)
		c++;
	return c;
}

/* once has a key of two columns, both texts. */
static void
batches_go_along_the_key_and_leave_out_the_newest(void)
{
	const struct sealed_column *once = column("once");
	const char *a = arena_printf(arena, "~%s", test_key()), *b = arena_printf(arena, "%s~", a);
	const struct sealed_value *v, before = { a, "", NULL };
	size_t count;

	put(a, "1", "1:7:old");
	put(a, "2", "1:8:new");
	put(a, "3", "1:80:older");
	put(b, "1", "1:7:old");
	OK(sealed_older(db, arena, once, &before, 8, 2, &v, &count));
	CU_ASSERT_EQUAL_FATAL(count, 2);
	CU_ASSERT_STRING_EQUAL(v[0].key2, "1");
	CU_ASSERT_STRING_EQUAL(v[1].sealed, "1:80:older");
	OK(sealed_older(db, arena, once, &v[1], 8, 1, &v, &count));
	CU_ASSERT_EQUAL_FATAL(count, 1);
	CU_ASSERT_STRING_EQUAL(v[0].key, b);
}

static void
a_value_that_changed_meanwhile_is_left_alone(void)
{
	const struct sealed_column *once = column("once");
	const char *actor = test_key();
	struct sealed_value old = { actor, "1", "1:7:Old" };
	bool done;

	put(actor, "1", "1:7:old"); /* differs in case only */
	WRITE(ERR_OK, sealed_replace(&tx, once, &old, "1:8:new", &done));
	CU_ASSERT_FALSE(done);
	old.sealed = "1:7:old";
	WRITE(ERR_OK, sealed_replace(&tx, once, &old, "1:8:new", &done));
	CU_ASSERT_TRUE(done);
	WRITE(ERR_OK, sealed_replace(&tx, once, &old, "1:9:newer", &done));
	CU_ASSERT_FALSE(done);
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "every sealed column stands in the table",
		    every_sealed_column_stands_in_the_table },
		{ "every index stands in the table", every_index_stands_in_the_table },
		{ "no two purposes share a text", no_two_purposes_share_a_text },
		{ "every statement runs", every_statement_runs },
		{ "batches go along the key and leave out the newest",
		    batches_go_along_the_key_and_leave_out_the_newest },
		{ "a value that changed meanwhile is left alone",
		    a_value_that_changed_meanwhile_is_left_alone },
		CU_TEST_INFO_NULL,
	};

	return test_main("sealed", tests);
}
