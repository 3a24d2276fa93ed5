/* Rows of uploads. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "fcgi/http/config.h"
#include "fcgi/store/file.h"
#include "handlers/jobs/jobs.h"
#include "sql/application/application_file.h"
#include "sql/application/export.h"
#include "sql/application/upload.h"
#include "sql/application/upload_scan.h"
#include "tests/support/database.h"
#include "tests/support/people.h"

#define SM3 "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
/* of what came, when something else is kept */
#define ORIGINAL "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"

static int64_t now;

static enum err
begin_upload(const char *id, int64_t user, int64_t at)
{
	struct upload u = { .id = id,
		.unit_id = 70,
		.role = 2,
		.user_id = user,
		.slot = "plan",
		.name = "申请方案😀.pdf",
		.length = 100,
		.created_at = at };

	SQL_TX(tx, db);
	TRY(upload_insert(&tx, &u));
	return sql_commit(&tx);
}

enum what { ADVANCE, FINISH, MEND, REFUSE, DELETE };

static enum err
change(enum what what, const char *id, int64_t at)
{
	SQL_TX(tx, db);
	switch (what) {
	case ADVANCE:
		TRY(upload_advance(&tx, id, 40, at));
		break;
	case FINISH:
		TRY(upload_finish(&tx, id,
		    &(struct upload_kept){ .type = "application/pdf",
			.digest = SM3,
			.length = 100 },
		    at));
		break;
	case MEND:
		TRY(upload_finish(&tx, id,
		    &(struct upload_kept){ .type = "application/pdf",
			.digest = SM3,
			.length = 97,
			.original = ORIGINAL },
		    at));
		break;
	case REFUSE:
		TRY(upload_refuse(&tx, id, "文件内容不是 PDF", at));
		break;
	case DELETE:
		TRY(upload_delete(&tx, id));
		break;
	}
	return sql_commit(&tx);
}

static void
a_row_follows_its_file(void)
{
	const char *id = test_key(), *bad = test_key();
	int64_t user = test_number(), open = 0;
	struct upload u;
	bool keeps = false;

	CU_ASSERT_EQUAL(upload_get(db, arena, id, &u), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(begin_upload(id, user, now), ERR_OK);
	CU_ASSERT_EQUAL(begin_upload(id, user, now), ERR_EXISTS);
	CU_ASSERT_EQUAL(begin_upload(bad, user, now), ERR_OK);
	CU_ASSERT_EQUAL(upload_open_count(db, arena, 2, user, &open), ERR_OK);
	CU_ASSERT_EQUAL(open, 2);
	CU_ASSERT_EQUAL(change(ADVANCE, id, now + 1), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(upload_get(db, arena, id, &u), ERR_OK);
	CU_ASSERT_STRING_EQUAL(u.name, "申请方案😀.pdf");
	CU_ASSERT_STRING_EQUAL(u.slot, "plan");
	CU_ASSERT_EQUAL(u.state, UPLOAD_PARTIAL);
	CU_ASSERT_EQUAL(u.received, 40);
	CU_ASSERT_EQUAL(u.updated_at, now + 1);
	CU_ASSERT_PTR_NULL(u.digest);
	CU_ASSERT_EQUAL(change(FINISH, id, now + 2), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(upload_get(db, arena, id, &u), ERR_OK);
	CU_ASSERT_EQUAL(u.state, UPLOAD_STORED);
	CU_ASSERT_EQUAL(u.received, 100);
	CU_ASSERT_STRING_EQUAL(u.type, "application/pdf");
	CU_ASSERT_PTR_NULL(u.original_digest);
	CU_ASSERT_EQUAL(upload_keeps(db, arena, SM3, &keeps), ERR_OK);
	CU_ASSERT_TRUE(keeps);
	CU_ASSERT_EQUAL(change(REFUSE, bad, now + 2), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(upload_get(db, arena, bad, &u), ERR_OK);
	CU_ASSERT_EQUAL(u.state, UPLOAD_REFUSED);
	CU_ASSERT_STRING_EQUAL(u.reason, "文件内容不是 PDF");
	CU_ASSERT_EQUAL(upload_open_count(db, arena, 2, user, &open), ERR_OK);
	CU_ASSERT_EQUAL(open, 0);
	CU_ASSERT_EQUAL(change(DELETE, id, now), ERR_OK);
	CU_ASSERT_EQUAL(upload_get(db, arena, id, &u), ERR_NOT_FOUND);
}

static void
a_mended_copy_is_kept_beside_what_came(void)
{
	const char *id = test_key();
	struct upload u;

	CU_ASSERT_EQUAL(begin_upload(id, test_number(), now), ERR_OK);
	CU_ASSERT_EQUAL(change(MEND, id, now + 1), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(upload_get(db, arena, id, &u), ERR_OK);
	CU_ASSERT_EQUAL(u.state, UPLOAD_STORED);
	CU_ASSERT_STRING_EQUAL(u.digest, SM3);
	CU_ASSERT_EQUAL(u.length, 97);
	CU_ASSERT_EQUAL(u.received, 97);
	CU_ASSERT_STRING_EQUAL(u.original_digest, ORIGINAL);
	CU_ASSERT_EQUAL(u.original_length, 100);
	CU_ASSERT_EQUAL(change(DELETE, id, now), ERR_OK);
}

static enum err
lock_twice(struct sql *other, const char *id, enum err *ret_second)
{
	struct upload u;

	SQL_TX(tx, db);
	TRY(upload_lock(&tx, arena, id, &u));
	SQL_TX(tx2, other);
	*ret_second = upload_lock(&tx2, arena, id, &u);
	return ERR_OK;
}

static void
one_writer_at_a_time(void)
{
	struct sql *other = test_connect(5);
	const char *id = test_key();
	enum err second = ERR_OK;

	CU_ASSERT_EQUAL(begin_upload(id, 7, now), ERR_OK);
	CU_ASSERT_EQUAL(lock_twice(other, id, &second), ERR_OK);
	CU_ASSERT_EQUAL(second, ERR_UPLOAD_BUSY); /* at once, not after a wait */
	CU_ASSERT_EQUAL(lock_twice(other, test_key(), &second), ERR_NOT_FOUND);
	sql_close(other);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "a row follows its file", a_row_follows_its_file },
		{ "a mended copy is kept beside what came",
		    a_mended_copy_is_kept_beside_what_came },
		{ "one writer at a time", one_writer_at_a_time },
		CU_TEST_INFO_NULL,
	};

	now = (int64_t)time(NULL);
	return test_main("upload", tests);
}
