/* Messages and kept answers. */
#include <stdio.h>
#include <string.h>

#include "handlers/rules/table/kinds.h"
#include "sql/db/once.h"
#include "sql/record/message.h"
#include "tests/support/database.h"
#include "tests/support/people.h"

#define NOW 1700000000
#define NUMBER "0123456789abcdef0123456789abcdef"

static enum err
say(unsigned role, int64_t user, const char *text, const char *application)
{
	struct message m = { .title = "标题",
		.text = text,
		.application = application,
		.created_at = NOW };

	SQL_TX(tx, db);
	TRY(message_add(&tx, role, user, &m));
	return sql_commit(&tx);
}

static enum err
mark_read(unsigned role, int64_t user, int64_t id)
{
	SQL_TX(tx, db);
	TRY(message_read(&tx, role, user, id, NOW + 1));
	return sql_commit(&tx);
}

static int64_t
unread(unsigned role, int64_t user)
{
	int64_t n = -1;

	CU_ASSERT_EQUAL(message_unread(db, arena, role, user, &n), ERR_OK);
	return n;
}

static void
messages_are_the_readers_own(void)
{
	int64_t user = test_number();
	const struct message *list;
	size_t count;

	CU_ASSERT_EQUAL(say(2, user, "一", NULL), ERR_OK);
	CU_ASSERT_EQUAL(say(2, user, "二", NUMBER), ERR_OK);
	CU_ASSERT_EQUAL(say(2, user, "三", NUMBER), ERR_OK);
	CU_ASSERT_EQUAL(say(3, user, "of another role", NULL), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(message_list(db, arena, 2, user, 0, 2, &list, &count), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(count, 2);
	CU_ASSERT_STRING_EQUAL(list[0].text, "三");
	CU_ASSERT_STRING_EQUAL(list[0].application, NUMBER);
	CU_ASSERT_EQUAL(list[0].created_at, NOW);
	CU_ASSERT_EQUAL_FATAL(message_list(db, arena, 2, user, list[1].id, 2, &list, &count),
	    ERR_OK);
	CU_ASSERT_EQUAL_FATAL(count, 1);
	CU_ASSERT_STRING_EQUAL(list[0].text, "一");
	CU_ASSERT_PTR_NULL(list[0].application);
	CU_ASSERT_EQUAL(unread(2, user), 3);
	CU_ASSERT_EQUAL(mark_read(2, user + 1, list[0].id), ERR_OK); /* a stranger's */
	CU_ASSERT_EQUAL(mark_read(3, user, list[0].id), ERR_OK);
	CU_ASSERT_EQUAL(unread(2, user), 3);
	CU_ASSERT_EQUAL(mark_read(2, user, list[0].id), ERR_OK);
	CU_ASSERT_EQUAL(unread(2, user), 2);
	CU_ASSERT_EQUAL(mark_read(2, user, 0), ERR_OK);
	CU_ASSERT_EQUAL(unread(2, user), 0);
	CU_ASSERT_EQUAL(unread(3, user), 1);
}

static enum err
say_often(int64_t user, int times)
{
	struct message m = { .title = "t", .text = "x", .created_at = NOW };

	SQL_TX(tx, db);
	for (int i = 0; i < times; i++)
		TRY(message_add(&tx, 2, user, &m));
	return sql_commit(&tx);
}

static void
nobody_counts_beyond_a_hundred(void)
{
	int64_t user = test_number();

	CU_ASSERT_EQUAL(say_often(user, 130), ERR_OK);
	CU_ASSERT_EQUAL(unread(2, user), 100);
}

static enum err
staff_and_message(int64_t bureau)
{
	int64_t last = 0;
	struct message m = { .title = "新的待办",
		.text = "…",
		.application = NUMBER,
		.created_at = NOW };

	for (unsigned i = 0; i < 4; i++) { /* three officers, the last disabled; an administrator */
		struct staff s = { .account = test_key(),
			.name = "n",
			.password = "p",
			.bureau_id = bureau,
			.role = i == 3 ? ROLE_SYSADMIN : ROLE_OFFICER };

		TRY(make_staff(&s));
		last = i == 2 ? s.id : last;
	}
	SQL_TX(tx, db);
	TRY(staff_set_disabled(&tx, last, true));
	TRY(message_add_bureau(&tx, 3, bureau, "440103", &m));
	return sql_commit(&tx);
}

static void
a_bureau_is_all_its_officers(void)
{
	int64_t bureau = test_number();

	CU_ASSERT_EQUAL(staff_and_message(bureau), ERR_OK);
	CU_ASSERT_EQUAL(test_count("SELECT COUNT(*) FROM message m JOIN staff s ON s.id = m.user_id"
				   " AND s.role = m.role WHERE s.bureau_id = ?",
			    ARGS(V(bureau))),
	    2);
}

/* ---- kept answers ----------------------------------------------------------- */

static enum err
keep(const char *actor, const char *token, int64_t at)
{
	struct once o = { .actor = actor,
		.token = token,
		.route = "POST /api/v1/things",
		.status = 201,
		.body_sealed = "1:1:x" };

	SQL_TX(tx, db);
	TRY(once_put(&tx, &o, at));
	return sql_commit(&tx);
}

static enum err
forget(int64_t before)
{
	SQL_TX(tx, db);
	TRY(once_purge(&tx, before, 1000));
	return sql_commit(&tx);
}

static void
an_answer_is_kept_once_per_person(void)
{
	const char *token = test_key();
	char upper[40];
	struct once kept;

	snprintf(upper, sizeof(upper), "%sA", token);
	CU_ASSERT_EQUAL(keep("2/7", upper, 5), ERR_OK);
	CU_ASSERT_EQUAL(keep("2/7", upper, 5), ERR_EXISTS);
	CU_ASSERT_EQUAL(keep("2/8", upper, 5), ERR_OK);
	upper[32] = 'a'; /* another key */
	CU_ASSERT_EQUAL(once_get(db, arena, "2/7", upper, &kept), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(keep("2/7", upper, 5), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(once_get(db, arena, "2/7", upper, &kept), ERR_OK);
	CU_ASSERT_EQUAL(kept.status, 201);
	CU_ASSERT_STRING_EQUAL(kept.route, "POST /api/v1/things");
	CU_ASSERT_STRING_EQUAL(kept.body_sealed, "1:1:x");
	CU_ASSERT_EQUAL(forget(6), ERR_OK);
	CU_ASSERT_EQUAL(once_get(db, arena, "2/7", upper, &kept), ERR_NOT_FOUND);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "messages are the reader's own", messages_are_the_readers_own },
		{ "nobody counts beyond a hundred", nobody_counts_beyond_a_hundred },
		{ "a bureau is all its officers", a_bureau_is_all_its_officers },
		{ "an answer is kept once per person", an_answer_is_kept_once_per_person },
		CU_TEST_INFO_NULL,
	};

	return test_main("notices", tests);
}
