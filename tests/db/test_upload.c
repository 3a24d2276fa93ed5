/* Rows of uploads, and the janitor with a real store. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "fcgi/config.h"
#include "fcgi/file.h"
#include "handlers/jobs/jobs.h"
#include "sql/export.h"
#include "sql/upload.h"
#include "tests/db/support.h"

#define SM3 "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"

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

enum what { ADVANCE, FINISH, REFUSE, DELETE };

static enum err
change(enum what what, const char *id, int64_t at)
{
	SQL_TX(tx, db);
	switch (what) {
	case ADVANCE:
		TRY(upload_advance(&tx, id, 40, at));
		break;
	case FINISH:
		TRY(upload_finish(&tx, id, "application/pdf", SM3, at));
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
	CU_ASSERT_PTR_NULL(u.sm3);
	CU_ASSERT_EQUAL(change(FINISH, id, now + 2), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(upload_get(db, arena, id, &u), ERR_OK);
	CU_ASSERT_EQUAL(u.state, UPLOAD_STORED);
	CU_ASSERT_EQUAL(u.received, 100);
	CU_ASSERT_STRING_EQUAL(u.type, "application/pdf");
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

/* ---- the janitor ------------------------------------------------------------ */

static char store[] = "/tmp/test_upload_db.XXXXXX";

static void
put_file(const char *path, int64_t age)
{
	char full[500];
	struct timespec times[2] = { { .tv_sec = now - age }, { .tv_sec = now - age } };

	snprintf(full, sizeof(full), "%s/%s", store, path);
	for (char *p = full + strlen(store) + 1; (p = strchr(p, '/')); *p++ = '/') {
		*p = '\0';
		(void)mkdir(full, 0700);
	}
	int fd = open(full, O_WRONLY | O_CREAT, 0600);
	CU_ASSERT_FATAL(fd >= 0);
	close(fd);
	CU_ASSERT_EQUAL(utimensat(AT_FDCWD, full, times, 0), 0);
}

static bool
exists(const char *path)
{
	char full[500];

	snprintf(full, sizeof(full), "%s/%s", store, path);
	return access(full, F_OK) == 0;
}

static const char *
partial(const char *id)
{
	return arena_printf(arena, "partial/%s", id);
}

static void
the_janitor_clears_what_ran_out(void)
{
	static struct config config = { .store = store };
	struct req q = { .db = db, .arena = arena_new(1 << 20), .config = &config, .now = now };
	const char *stale = test_key(), *fresh = test_key(), *rowless = test_key(),
		   *kept = test_key(),
		   *orphan = arena_printf(arena, "%s%s", test_key(), test_key());
	char kept_place[FILE_PLACE_SIZE], orphan_place[FILE_PLACE_SIZE];
	struct upload u;

	CU_ASSERT_EQUAL(begin_upload(stale, 7, now - 90000), ERR_OK);
	CU_ASSERT_EQUAL(begin_upload(fresh, 7, now - 80000), ERR_OK);
	CU_ASSERT_EQUAL(begin_upload(kept, 7, now - 80000), ERR_OK);
	CU_ASSERT_EQUAL(change(FINISH, kept, now - 80000), ERR_OK);
	put_file(partial(stale), 90000);
	put_file(partial(fresh), 80000);
	put_file(partial(rowless), 1000);
	file_place(SM3, kept_place);
	file_place(orphan, orphan_place);
	put_file(kept_place, 80000);
	put_file(orphan_place, 1000);

	CU_ASSERT_EQUAL(janitor_run(&q), ERR_OK);
	CU_ASSERT_EQUAL(upload_get(db, arena, stale, &u), ERR_NOT_FOUND);
	CU_ASSERT_FALSE(exists(partial(stale)));
	CU_ASSERT_EQUAL(upload_get(db, arena, fresh, &u), ERR_OK);
	CU_ASSERT_TRUE(exists(partial(fresh)));
	CU_ASSERT_FALSE(exists(partial(rowless)));
	CU_ASSERT_TRUE(exists(kept_place));
	CU_ASSERT_FALSE(exists(orphan_place));
	arena_free(q.arena);
}

static const char *
new_export(int64_t expires_at)
{
	struct export e = { .code = test_key(),
		.role = 2,
		.user_id = test_number(),
		.unit_id = 70,
		.status = -1,
		.created_at = now - 90000,
		.expires_at = expires_at };
	int64_t id;
	struct sql_tx tx = { 0 };

	CU_ASSERT_EQUAL_FATAL(sql_begin(&tx, db), ERR_OK);
	CU_ASSERT_EQUAL(export_insert(&tx, &e, &id), ERR_OK);
	CU_ASSERT_EQUAL(export_insert(&tx, &e, &id), ERR_EXISTS); /* one at a time */
	CU_ASSERT_EQUAL(export_ready(&tx, id, 5), ERR_OK);
	CU_ASSERT_EQUAL(sql_commit(&tx), ERR_OK);
	put_file(partial(e.code), 90000);
	return e.code;
}

static void
exports_stay_as_long_as_their_rows(void)
{
	static struct config config = { .store = store };
	struct req q = { .db = db, .arena = arena_new(1 << 20), .config = &config, .now = now };
	const char *live = new_export(now + 60), *over = new_export(now - 1);
	struct export e;

	CU_ASSERT_EQUAL(janitor_run(&q), ERR_OK);
	CU_ASSERT_EQUAL(export_by_code(db, arena, live, &e), ERR_OK);
	CU_ASSERT_EQUAL(e.size, 5);
	CU_ASSERT_TRUE(exists(partial(live)));
	CU_ASSERT_EQUAL(export_by_code(db, arena, over, &e), ERR_NOT_FOUND);
	CU_ASSERT_FALSE(exists(partial(over)));
	arena_free(q.arena);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "a row follows its file", a_row_follows_its_file },
		{ "one writer at a time", one_writer_at_a_time },
		{ "the janitor clears what ran out", the_janitor_clears_what_ran_out },
		{ "exports stay as long as their rows", exports_stay_as_long_as_their_rows },
		CU_TEST_INFO_NULL,
	};
	char remove[600];

	now = (int64_t)time(NULL);
	if (!mkdtemp(store))
		return 2;
	int failed = test_main("upload", tests);
	snprintf(remove, sizeof(remove), "rm -rf '%s'", store);
	return system(remove) != 0 ? 2 : failed;
}
