#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "sql/record/audit.h"
#include "tests/support/database.h"

#define NOW 1700000000

/* Altering the trail takes the server's own account: none of the product's may. */
static struct sql *admin;

static enum err
write_deeds(struct sql *on, unsigned role, int64_t user_id, int count)
{
	SQL_TX(tx, on);
	for (int i = 0; i < count; i++) {
		struct audit_entry entry = { .role = role,
			.user_id = user_id,
			.address = "192.0.2.1",
			.name = "thing.add",
			.object = "thing/药房",
			.detail = "size=3",
			.now = NOW + i };

		TRY(audit_write(&tx, arena, &entry));
	}
	return sql_commit(&tx);
}

static enum err
alter(const char *text, struct sql_args args)
{
	SQL_TX(tx, admin);
	TRY(sql_exec(&tx, text, args, NULL));
	return sql_commit(&tx);
}

static struct audit_report
verify(void)
{
	struct audit_report report = { .fault = "not read" };

	CU_ASSERT_EQUAL(audit_verify(db, &report), ERR_OK);
	return report;
}

static int64_t
newest_of(int64_t user_id)
{
	return test_count("SELECT MAX(id) FROM audit WHERE user_id = ?", ARGS(V(user_id)));
}

static void
a_trail_is_sound_and_grows(void)
{
	int64_t user = test_number();
	struct audit_report before = verify(), after;

	CU_ASSERT_TRUE(before.sound);
	CU_ASSERT_EQUAL(write_deeds(db, 2, user, 3), ERR_OK);
	CU_ASSERT_EQUAL(write_deeds(db, 0, 0, 2), ERR_OK);
	after = verify();
	CU_ASSERT_TRUE(after.sound);
	CU_ASSERT_EQUAL(after.rows, before.rows + 5);
	CU_ASSERT_EQUAL(test_count("SELECT COUNT(*) FROM audit WHERE user_id = ?"
				   " AND object = 'thing/药房' AND LENGTH(hash) = 64",
			    ARGS(V(user))),
	    3);
}

static void
more_than_one_batch_is_checked(void)
{
	struct audit_report before = verify();

	CU_ASSERT_EQUAL(write_deeds(db, 2, test_number(), 1100), ERR_OK);
	CU_ASSERT_EQUAL(verify().rows, before.rows + 1100);
}

/* What anybody could do to a row; each with what undoes it. */
static void
every_alteration_is_found(void)
{
	static const struct {
		const char *alter, *undo;
	} cases[] = {
		{ "UPDATE audit SET detail = 'size=4' WHERE id = ?",
		    "UPDATE audit SET detail = 'size=3' WHERE id = ?" },
		{ "UPDATE audit SET user_id = user_id + 1 WHERE id = ?",
		    "UPDATE audit SET user_id = user_id - 1 WHERE id = ?" },
		{ "UPDATE audit SET role = 3 WHERE id = ?",
		    "UPDATE audit SET role = 2 WHERE id = ?" },
		{ "UPDATE audit SET created_at = created_at + 1 WHERE id = ?",
		    "UPDATE audit SET created_at = created_at - 1 WHERE id = ?" },
		/* the same letters, cut at another place */
		{ "UPDATE audit SET deed = 'thing.addt', object = 'hing/药房' WHERE id = ?",
		    "UPDATE audit SET deed = 'thing.add', object = 'thing/药房' WHERE id = ?" },
		{ "UPDATE audit SET hash = REVERSE(hash) WHERE id = ?",
		    "UPDATE audit SET hash = REVERSE(hash) WHERE id = ?" },
		{ "UPDATE audit SET seq = seq + 100000 WHERE id = ?",
		    "UPDATE audit SET seq = seq - 100000 WHERE id = ?" },
	};
	int64_t user = test_number();

	CU_ASSERT_EQUAL(write_deeds(db, 2, user, 3), ERR_OK);
	for (int64_t back = 0; back < 2; back++)
		for (size_t i = 0; i < COUNT(cases); i++) {
			int64_t id = newest_of(user) - back;

			CU_ASSERT_EQUAL(alter(cases[i].alter, ARGS(V(id))), ERR_OK);
			struct audit_report report = verify();
			CU_ASSERT_FALSE(report.sound);
			CU_ASSERT_PTR_NOT_NULL(report.fault);
			CU_ASSERT_EQUAL(alter(cases[i].undo, ARGS(V(id))), ERR_OK);
			CU_ASSERT_TRUE(verify().sound);
		}
}

/* The chain of the newest row, its last number and hash, to be put back. */
#define TAIL_COLUMNS(C, E)                                                                         \
	C(INT, a, chain)                                                                           \
	C(INT, a, seq)                                                                             \
	C(TEXT, a, hash)
SQL_ROW(tail, TAIL_COLUMNS)

static void
an_end_cut_off_is_found(void)
{
	int64_t user = test_number();
	struct tail tail;

	CU_ASSERT_EQUAL(write_deeds(db, 2, user, 2), ERR_OK);
	int64_t id = newest_of(user);
	CU_ASSERT_EQUAL_FATAL(sql_one(db, arena, "SELECT {} FROM audit a WHERE id = ?", ARGS(V(id)),
				  tail_shape(), &tail),
	    ERR_OK);
	/* moved out of sight stands for deleted: it can be undone */
	CU_ASSERT_EQUAL(alter("UPDATE audit SET chain = 100 WHERE id = ?", ARGS(V(id))), ERR_OK);
	CU_ASSERT_STRING_EQUAL(verify().fault, "end cut off");
	/* also when the head was set back: what the next deed would chain on is the last row */
	CU_ASSERT_EQUAL(alter("UPDATE audit_head SET seq = seq - 1 WHERE chain = ?",
			    ARGS(V(tail.chain))),
	    ERR_OK);
	CU_ASSERT_STRING_EQUAL(verify().fault, "head altered");
	CU_ASSERT_EQUAL(alter("UPDATE audit SET chain = ? WHERE id = ?",
			    ARGS(V(tail.chain), V(id))),
	    ERR_OK);
	CU_ASSERT_STRING_EQUAL(verify().fault, "row added");
	CU_ASSERT_EQUAL(alter("UPDATE audit_head SET seq = seq + 1 WHERE chain = ?",
			    ARGS(V(tail.chain))),
	    ERR_OK);
	CU_ASSERT_TRUE(verify().sound);
}

/* Whoever cuts an end off and makes its head fit leaves sound chains, with fewer rows. */
static void
rows_that_were_counted_before_are_missed(void)
{
	int64_t more = verify().rows + 100;

	CU_ASSERT_EQUAL(alter("INSERT INTO audit_check (asked_by, row_count, sound, chain, seq,"
			      " started_at, ended_at) VALUES (0, ?, 1, 0, 0, 0, 0)",
			    ARGS(V(more))),
	    ERR_OK);
	CU_ASSERT_STRING_EQUAL(verify().fault, "fewer than before");
	CU_ASSERT_EQUAL(alter("DELETE FROM audit_check WHERE row_count = ?", ARGS(V(more))),
	    ERR_OK);
	CU_ASSERT_TRUE(verify().sound);
}

static enum err
hold_a_chain_and_write_another(struct sql *other, int64_t user)
{
	struct audit_entry entry = { .role = 2,
		.user_id = user,
		.address = "",
		.name = "thing.add",
		.object = "",
		.detail = "" };

	SQL_TX(tx, other);
	TRY(audit_write(&tx, arena, &entry));
	TRY(write_deeds(db, 2, user + 1, 1)); /* another chain: at once */
	return write_deeds(db, 2, user + AUDIT_CHAINS, 1) == ERR_CONFLICT ? ERR_OK : ERR_INTERNAL;
}

static void
writers_of_one_chain_wait_for_one_another(void)
{
	struct sql *other = test_connect(5);

	CU_ASSERT_EQUAL(hold_a_chain_and_write_another(other, test_number()), ERR_OK);
	sql_close(other);
	CU_ASSERT_TRUE(verify().sound);
}

/* Refused to one account of the product: 1142, or 1044 for the whole schema. */
static void
append_only(struct sql *account, int64_t user)
{
	static const char *const refused[] = { "UPDATE audit SET detail = '' WHERE id = ?",
		"DELETE FROM audit WHERE id = ?", "UPDATE audit_check SET sound = 1 WHERE id = ?",
		"DELETE FROM audit_check WHERE id = ?",
		"UPDATE application_event SET remark = '' WHERE id = ?",
		"DELETE FROM application_event WHERE id = ?",
		"DELETE FROM application_decision WHERE event_id = ?" };
	struct sql *mine = admin;

	admin = account;
	for (size_t i = 0; i < COUNT(refused); i++)
		CU_ASSERT_NOT_EQUAL(alter(refused[i], ARGS(V(newest_of(user)))), ERR_OK);
	CU_ASSERT_NOT_EQUAL(alter("ALTER TABLE audit ADD COLUMN more INT", NO_ARGS), ERR_OK);
	CU_ASSERT_NOT_EQUAL(alter("TRUNCATE TABLE audit_check", NO_ARGS), ERR_OK);
	admin = mine;
}

static void
the_trail_is_append_only_for_each_account_of_the_product(void)
{
	const struct sql_settings keeper = { .socket = getenv("PORTAL_DB_SOCKET"),
		.user = getenv("PORTAL_DB_ADMIN_USER"),
		.password = getenv("PORTAL_DB_ADMIN_PASSWORD"),
		.database = getenv("PORTAL_DB_NAME"),
		.timeout = 5 };
	int64_t user = test_number();

	CU_ASSERT_EQUAL(write_deeds(db, 2, user, 1), ERR_OK);
	append_only(db, user);
	struct sql *other = sql_new(&keeper);
	append_only(other, user);
	sql_close(other);
	CU_ASSERT_TRUE(verify().sound);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "a trail is sound and grows", a_trail_is_sound_and_grows },
		{ "more than one batch is checked", more_than_one_batch_is_checked },
		{ "every alteration is found", every_alteration_is_found },
		{ "an end cut off is found", an_end_cut_off_is_found },
		{ "rows that were counted before are missed",
		    rows_that_were_counted_before_are_missed },
		{ "writers of one chain wait for one another",
		    writers_of_one_chain_wait_for_one_another },
		{ "the trail is append-only for each account of the product",
		    the_trail_is_append_only_for_each_account_of_the_product },
		CU_TEST_INFO_NULL,
	};
	struct sql_settings settings = { .socket = getenv("PORTAL_DB_SOCKET"),
		.user = getpwuid(geteuid())->pw_name,
		.database = getenv("PORTAL_DB_NAME"),
		.timeout = 5 };

	if (!settings.socket || !getenv("PORTAL_DB_ADMIN_PASSWORD"))
		return 77;
	admin = sql_new(&settings);
	int failed = test_main("audit", tests);
	sql_close(admin);
	return failed;
}
