#include <string.h>

#include "sql/record/message.h"
#include "tests/support/database.h"

/* Any table will do to write to; messages to somebody made up. */
#define NOW 1700000000

static int64_t reader;

static enum err
write_one(struct sql *on, const char *title, int64_t *ret_id)
{
	SQL_TX(tx, on);
	TRY(sql_insert(&tx,
	    "INSERT INTO message (role, user_id, title, text, created_at) VALUES (2, ?, ?, '', ?)",
	    ARGS(V(reader), V(title), V(NOW)), ret_id));
	return sql_commit(&tx);
}

static int64_t
written(void)
{
	return test_count("SELECT COUNT(*) FROM message WHERE user_id = ?", ARGS(V(reader)));
}

static enum err
write_and_leave(int64_t *ret_id)
{
	SQL_TX(tx, db);
	TRY(sql_insert(&tx,
	    "INSERT INTO message (role, user_id, title, text, created_at) VALUES (2, ?, '', '', 0)",
	    ARGS(V(reader)), ret_id));
	return ERR_FORBIDDEN; /* leaves without commit */
}

static void
leaving_without_commit_rolls_back(void)
{
	int64_t id;

	reader = test_number();
	CU_ASSERT_EQUAL(write_and_leave(&id), ERR_FORBIDDEN);
	CU_ASSERT_EQUAL(written(), 0);
	CU_ASSERT_EQUAL(write_one(db, "a", &id), ERR_OK);
	CU_ASSERT_EQUAL(written(), 1);
}

#define ODD_COLUMNS(C, E)                                                                          \
	E(INT, n, "-9223372036854775807")                                                          \
	E(BOOL, b, "TRUE")                                                                         \
	E(TEXT, empty, "''")                                                                       \
	E(TEXT, none, "NULL")                                                                      \
	E(TEXT, big, "REPEAT('x', 70000)")                                                         \
	E(CODE, code, "?")
SQL_ROW(odd, ODD_COLUMNS)

enum colour { COLOUR_RED = 7 };

static void
odd_values_survive(void)
{
	enum colour colour = COLOUR_RED;
	struct odd *rows;
	size_t count;

	CU_ASSERT_EQUAL_FATAL(sql_all(db, arena,
				  "SELECT {} UNION ALL SELECT 1, FALSE, 'e', ?, ?, NULL",
				  ARGS(V(colour), V((const char *)NULL), V("it's 😀")), odd_shape(),
				  &rows, &count),
	    ERR_OK);
	CU_ASSERT_EQUAL_FATAL(count, 2);
	CU_ASSERT_EQUAL(rows[0].n, -9223372036854775807);
	CU_ASSERT_TRUE(rows[0].b);
	CU_ASSERT_STRING_EQUAL(rows[0].empty, "");
	CU_ASSERT_PTR_NULL(rows[0].none);
	CU_ASSERT_EQUAL(strlen(rows[0].big), 70000);
	CU_ASSERT_EQUAL(rows[0].code, 7);
	CU_ASSERT_FALSE(rows[1].b);
	CU_ASSERT_STRING_EQUAL(rows[1].big, "it's 😀");
	CU_ASSERT_EQUAL(rows[1].code, 0);
}

static void
our_own_mistakes_are_internal(void)
{
	struct odd *rows;
	size_t count;

	CU_ASSERT_EQUAL(sql_all(db, arena, "SELECT 1", NO_ARGS, odd_shape(), &rows, &count),
	    ERR_INTERNAL);
	CU_ASSERT_EQUAL(sql_all(db, arena, "SELECT ?", NO_ARGS, odd_shape(), &rows, &count),
	    ERR_INTERNAL);
	CU_ASSERT_EQUAL(sql_all(db, arena, "SELEKT", NO_ARGS, odd_shape(), &rows, &count),
	    ERR_INTERNAL);
	CU_ASSERT_EQUAL(sql_ping(db), ERR_OK);
}

static void
the_session_is_ours(void)
{
	CU_ASSERT_EQUAL(test_count("SELECT @@session.time_zone = '+00:00'", NO_ARGS), 1);
	CU_ASSERT_EQUAL(test_count("SELECT @@session.tx_isolation = 'READ-COMMITTED'", NO_ARGS), 1);
	CU_ASSERT_EQUAL(test_count("SELECT @@character_set_connection = 'utf8mb4'", NO_ARGS), 1);
}

static enum err
too_long(void)
{
	SQL_TX(tx, db);
	return sql_exec(&tx,
	    "INSERT INTO message (role, user_id, title, text, created_at)"
	    " VALUES (2, 1, REPEAT('x', 101), '', 0)",
	    NO_ARGS, NULL);
}

static void
a_value_too_long_is_not_cut(void)
{
	CU_ASSERT_EQUAL(too_long(), ERR_INTERNAL);
}

static enum err
insert_head(struct sql *on, int64_t chain, bool commit)
{
	SQL_TX(tx, on);
	TRY(sql_exec(&tx, "INSERT INTO audit_head (chain, seq, hash) VALUES (?, 0, '')",
	    ARGS(V(chain)), NULL));
	return commit ? sql_commit(&tx) : ERR_OK;
}

static enum err
delete_head(int64_t chain)
{
	SQL_TX(tx, db);
	TRY(sql_exec(&tx, "DELETE FROM audit_head WHERE chain = ?", ARGS(V(chain)), NULL));
	return sql_commit(&tx);
}

static void
a_duplicate_key_exists(void)
{
	CU_ASSERT_EQUAL_FATAL(insert_head(db, 99, true), ERR_OK);
	CU_ASSERT_EQUAL(insert_head(db, 99, true), ERR_EXISTS);
	CU_ASSERT_EQUAL(delete_head(99), ERR_OK);
}

static enum err
insert_while_another_holds_it(struct sql *other)
{
	SQL_TX(tx, other);
	TRY(sql_exec(&tx, "INSERT INTO audit_head (chain, seq, hash) VALUES (98, 0, '')", NO_ARGS,
	    NULL));
	return insert_head(db, 98, true);
}

static void
a_held_row_is_a_conflict(void)
{
	struct sql *other = test_connect(5);

	CU_ASSERT_EQUAL(insert_while_another_holds_it(other), ERR_CONFLICT);
	CU_ASSERT_EQUAL(sql_ping(db), ERR_OK); /* cost a statement, not the link */
	sql_close(other);
}

static enum err
nested(void)
{
	SQL_TX(tx, db);
	int64_t id;

	return write_one(tx.db, "nested", &id);
}

static void
transactions_do_not_nest(void)
{
	CU_ASSERT_EQUAL(nested(), ERR_INTERNAL);
}

/* ---- a lost link --------------------------------------------------------- */

static enum err
kill_link(struct sql *victim)
{
	int64_t link;

	TRY(sql_number(victim, arena, "SELECT CONNECTION_ID()", NO_ARGS, &link));
	SQL_TX(tx, db);
	return sql_exec(&tx, "KILL ?", ARGS(V(link)), NULL);
}

static void
a_link_lost_between_requests_is_replaced(void)
{
	struct sql *worker = test_connect(5);
	int64_t id;

	reader = test_number();
	CU_ASSERT_EQUAL(write_one(worker, "before", &id), ERR_OK);
	CU_ASSERT_EQUAL(kill_link(worker), ERR_OK);
	sql_ready(worker);
	CU_ASSERT_EQUAL(write_one(worker, "after", &id), ERR_OK);
	CU_ASSERT_EQUAL(written(), 2);
	sql_close(worker);
}

static enum err
write_on_both_sides_of_a_kill(struct sql *worker, enum err *ret_second)
{
	SQL_TX(tx, worker);
	int64_t id;

	TRY(sql_insert(&tx,
	    "INSERT INTO message (role, user_id, title, text, created_at) VALUES (2, ?, '', '', 0)",
	    ARGS(V(reader)), &id));
	TRY(kill_link(worker));
	*ret_second = sql_insert(&tx,
	    "INSERT INTO message (role, user_id, title, text, created_at) VALUES (2, ?, '', '', 0)",
	    ARGS(V(reader)), &id);
	return sql_commit(&tx);
}

static void
a_link_lost_in_a_request_stays_lost_until_its_end(void)
{
	struct sql *worker = test_connect(5);
	enum err second;
	int64_t id;

	reader = test_number();
	CU_ASSERT_EQUAL(write_on_both_sides_of_a_kill(worker, &second), ERR_UNAVAILABLE);
	CU_ASSERT_EQUAL(second, ERR_UNAVAILABLE);
	CU_ASSERT_EQUAL(write_one(worker, "same request", &id), ERR_UNAVAILABLE);
	CU_ASSERT_EQUAL(written(), 0);
	sql_ready(worker);
	CU_ASSERT_EQUAL(write_one(worker, "next request", &id), ERR_OK);
	CU_ASSERT_EQUAL(written(), 1);
	sql_close(worker);
}

static void
no_server_is_unavailable(void)
{
	struct sql_settings nowhere = { .socket = "/nonexistent/socket",
		.user = "",
		.password = "",
		.database = "",
		.timeout = 1 };
	struct sql *away = sql_new(&nowhere), *opened = NULL;

	CU_ASSERT_EQUAL(sql_ping(away), ERR_UNAVAILABLE);
	sql_ready(away);
	CU_ASSERT_EQUAL(sql_ping(away), ERR_UNAVAILABLE);
	sql_close(away);
	CU_ASSERT_EQUAL(sql_open(&nowhere, &opened), ERR_UNAVAILABLE);
	CU_ASSERT_PTR_NULL(opened);
}

static void
a_statement_that_takes_too_long_is_stopped(void)
{
	struct sql *worker = test_connect(1);
	struct odd *rows;
	size_t count;

	CU_ASSERT_EQUAL(sql_all(worker, arena, "SELECT {} FROM (SELECT SLEEP(30)) AS slept",
			    ARGS(V(1)), odd_shape(), &rows, &count),
	    ERR_UNAVAILABLE);
	sql_close(worker);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "leaving without commit rolls back", leaving_without_commit_rolls_back },
		{ "odd values survive", odd_values_survive },
		{ "our own mistakes are internal", our_own_mistakes_are_internal },
		{ "the session is ours", the_session_is_ours },
		{ "a value too long is not cut", a_value_too_long_is_not_cut },
		{ "a duplicate key exists", a_duplicate_key_exists },
		{ "a held row is a conflict", a_held_row_is_a_conflict },
		{ "transactions do not nest", transactions_do_not_nest },
		{ "a link lost between requests is replaced",
		    a_link_lost_between_requests_is_replaced },
		{ "a link lost in a request stays lost until its end",
		    a_link_lost_in_a_request_stays_lost_until_its_end },
		{ "no server is unavailable", no_server_is_unavailable },
		{ "a statement that takes too long is stopped",
		    a_statement_that_takes_too_long_is_stopped },
		CU_TEST_INFO_NULL,
	};

	return test_main("db", tests);
}
