/* The janitor and the virus scanner with a real store of files. */
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

static enum err
finish(const char *id, const char *digest, int64_t at)
{
	SQL_TX(tx, db);
	TRY(upload_finish(&tx, id,
	    &(struct upload_kept){ .type = "application/pdf", .digest = digest, .length = 100 },
	    at));
	return sql_commit(&tx);
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
	CU_ASSERT_EQUAL(finish(kept, SM3, now - 80000), ERR_OK);
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

/* ---- stored, and held by nothing --------------------------------------------- */

struct lying {
	const char *id, *digest;
	char place[FILE_PLACE_SIZE];
};

/* Stored so long ago. */
static struct lying
lies(int64_t age)
{
	struct lying l = { .id = test_key(),
		.digest = arena_printf(arena, "%s%s", test_key(), test_key()) };

	CU_ASSERT_EQUAL(begin_upload(l.id, 7, now - age), ERR_OK);
	CU_ASSERT_EQUAL(finish(l.id, l.digest, now - age), ERR_OK);
	file_place(l.digest, l.place);
	put_file(l.place, age);
	return l;
}

static void
run(const char *statement, const char *id)
{
	struct sql_tx tx = { 0 };

	CU_ASSERT_EQUAL_FATAL(sql_begin(&tx, db), ERR_OK);
	CU_ASSERT_EQUAL(sql_exec(&tx, statement, ARGS(V(id), V(test_number())), NULL), ERR_OK);
	CU_ASSERT_EQUAL(sql_commit(&tx), ERR_OK);
}

static unsigned
state_of(const char *id)
{
	struct upload u;

	return upload_get(db, arena, id, &u) == ERR_OK ? u.state : 0;
}

static void
janitor(int64_t at)
{
	static struct config config = { .store = store };
	struct req q = { .db = db, .arena = arena_new(1 << 20), .config = &config, .now = at };

	for (int i = 0; i < 40; i++) /* a day of uploads per call */
		CU_ASSERT_EQUAL(janitor_run(&q), ERR_OK);
	arena_free(q.arena);
}

#define AS_FIELD                                                                                   \
	"INSERT INTO application_file (upload_id, application_id, field) VALUES (?, ?, 'plan')"
#define IN_ROUND                                                                                   \
	"INSERT INTO application_round_file (upload_id, application_id, round, field)"             \
	" VALUES (?, ?, 1, 'plan')"

static void
what_nothing_holds_goes_after_a_week_and_a_day(void)
{
	struct lying field = lies(8 * 86400), round = lies(9 * 86400), licence = lies(20 * 86400),
		     nobody = lies(8 * 86400), young = lies(6 * 86400), late = lies(8 * 86400);
	const struct lying *held[] = { &field, &round, &licence };
	struct unit unit;

	run(AS_FIELD, field.id);
	run(IN_ROUND, round.id);
	CU_ASSERT_EQUAL_FATAL(make_unit(&unit), ERR_OK);
	run(arena_printf(arena, "UPDATE unit SET licence_upload = ? WHERE id = %lld AND id <> ?",
		(long long)unit.id),
	    licence.id);
	janitor(now);
	CU_ASSERT_EQUAL(state_of(nobody.id), UPLOAD_ABANDONED); /* no form takes it any more */
	CU_ASSERT_TRUE(exists(nobody.place));
	CU_ASSERT_EQUAL(state_of(late.id), UPLOAD_ABANDONED);
	CU_ASSERT_EQUAL(state_of(young.id), UPLOAD_STORED);
	/* a form that was being saved meanwhile */
	run(AS_FIELD, late.id);
	janitor(now + 90000);
	CU_ASSERT_EQUAL(state_of(nobody.id), 0);
	CU_ASSERT_FALSE(exists(nobody.place));
	CU_ASSERT_EQUAL(state_of(late.id), UPLOAD_STORED);
	CU_ASSERT_TRUE(exists(late.place));
	for (size_t i = 0; i < 3; i++) {
		CU_ASSERT_EQUAL(state_of(held[i]->id), UPLOAD_STORED);
		CU_ASSERT_TRUE(exists(held[i]->place));
	}
}

/* Two uploads of one content, one of them held: the file stays with it. */
static void
a_content_stays_as_long_as_one_upload_of_it(void)
{
	struct lying one = lies(8 * 86400), other = { .id = test_key() };

	CU_ASSERT_EQUAL(begin_upload(other.id, 8, now - 8 * 86400), ERR_OK);
	CU_ASSERT_EQUAL(finish(other.id, one.digest, now - 8 * 86400), ERR_OK);
	run(AS_FIELD, other.id);
	janitor(now);
	janitor(now + 90000);
	CU_ASSERT_EQUAL(state_of(one.id), 0);
	CU_ASSERT_EQUAL(state_of(other.id), UPLOAD_STORED);
	CU_ASSERT_TRUE(exists(one.place));
}

static void
the_store_s_contents_are_listed(void)
{
	struct lying l = lies(100);
	const struct kept_content *all;
	char before[65];
	size_t count;

	snprintf(before, sizeof(before), "%s", l.digest);
	before[63] = '\0';
	CU_ASSERT_EQUAL_FATAL(upload_contents(db, arena, before, 1, &all, &count), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(count, 1);
	CU_ASSERT_STRING_EQUAL(all[0].digest, l.digest);
	CU_ASSERT_STRING_EQUAL(all[0].upload_id, l.id);
	CU_ASSERT_EQUAL(all[0].shortest, 100);
	CU_ASSERT_EQUAL(all[0].longest, 100);
	CU_ASSERT_FALSE(all[0].quarantined);
}

/* ---- the virus scanner ------------------------------------------------------------ */

static void
a_round_waits_for_the_scanner(void)
{
	struct lying l = lies(100);
	int64_t id, application = test_number();
	struct scan_obstacle file;
	struct upload_scan scan;
	struct sql_tx tx = { 0 };
	unsigned state;

	CU_ASSERT_EQUAL(upload_scan_state(db, arena, l.id, &state), ERR_OK);
	CU_ASSERT_EQUAL(state, SCAN_NONE);
	CU_ASSERT_EQUAL_FATAL(sql_begin(&tx, db), ERR_OK);
	CU_ASSERT_EQUAL(upload_scan_add(&tx, l.id, now, &id), ERR_OK);
	CU_ASSERT_EQUAL(application_round_file_add(&tx, application, 2, "plan", l.id), ERR_OK);
	CU_ASSERT_EQUAL(sql_commit(&tx), ERR_OK);
	CU_ASSERT_EQUAL(upload_scan_get(db, arena, id, &scan), ERR_OK);
	CU_ASSERT_STRING_EQUAL(scan.upload_id, l.id);
	CU_ASSERT_EQUAL(upload_scan_obstacle(db, arena, application, 1, &file), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL(upload_scan_obstacle(db, arena, application, 2, &file), ERR_OK);
	CU_ASSERT_STRING_EQUAL(file.name, "申请方案😀.pdf");
	CU_ASSERT_EQUAL(file.state, SCAN_WAITING);
	CU_ASSERT_EQUAL_FATAL(sql_begin(&tx, db), ERR_OK);
	CU_ASSERT_EQUAL(upload_scan_end(&tx, l.id, NULL, now), ERR_OK);
	CU_ASSERT_EQUAL(sql_commit(&tx), ERR_OK);
	CU_ASSERT_EQUAL(upload_scan_obstacle(db, arena, application, 2, &file), ERR_NOT_FOUND);
	CU_ASSERT_EQUAL_FATAL(sql_begin(&tx, db), ERR_OK);
	CU_ASSERT_EQUAL(upload_scan_end(&tx, l.id, "Eicar", now), ERR_OK);
	CU_ASSERT_EQUAL(sql_commit(&tx), ERR_OK);
	CU_ASSERT_EQUAL(upload_scan_obstacle(db, arena, application, 2, &file), ERR_OK);
	CU_ASSERT_EQUAL(file.state, SCAN_INFECTED);
	CU_ASSERT_EQUAL(upload_scan_state(db, arena, l.id, &state), ERR_OK);
	CU_ASSERT_EQUAL(state, SCAN_INFECTED);
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
		{ "the janitor clears what ran out", the_janitor_clears_what_ran_out },
		{ "what nothing holds goes after a week and a day",
		    what_nothing_holds_goes_after_a_week_and_a_day },
		{ "a content stays as long as one upload of it",
		    a_content_stays_as_long_as_one_upload_of_it },
		{ "the store's contents are listed", the_store_s_contents_are_listed },
		{ "a round waits for the scanner", a_round_waits_for_the_scanner },
		{ "exports stay as long as their rows", exports_stay_as_long_as_their_rows },
		CU_TEST_INFO_NULL,
	};
	char remove[600];

	now = (int64_t)time(NULL);
	if (!mkdtemp(store))
		return 2;
	int failed = test_main("store", tests);
	snprintf(remove, sizeof(remove), "rm -rf '%s'", store);
	return system(remove) != 0 ? 2 : failed;
}
