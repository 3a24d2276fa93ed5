/* What the janitor deletes, with real files: only what nobody wants. */
#include <sys/stat.h>

#include "fcgi/store/sweep.h"
#include "tests/support/store.h"

#define NOW 1500000000 /* long before any file of today */
static const char *wanted_name, *uploading;

static enum err
wants(void *context, const char *name, bool *ret)
{
	int *asked = context;

	(*asked)++;
	*ret = wanted_name && strcmp(wanted_name, name) == 0;
	if (uploading) /* somebody sends the same content in this very moment */
		(void)keep(uploading);
	return ERR_OK;
}

static void
set_age(const char *path, int64_t at)
{
	char full[500];
	struct timespec times[2] = { { .tv_sec = at }, { .tv_sec = at } };

	snprintf(full, sizeof(full), "%s/%s", store, path);
	CU_ASSERT_EQUAL(utimensat(AT_FDCWD, full, times, 0), 0);
}

static int64_t
sweep(bool kept, int64_t since, int *ret_asked)
{
	struct file_sweep sweep = { .before = NOW - 900,
		.since = since,
		.wanted = wants,
		.context = ret_asked };
	int64_t gone = -1;

	*ret_asked = 0;
	CU_ASSERT_EQUAL((kept ? file_sweep_kept : file_sweep_partial)(store, &sweep, &gone),
	    ERR_OK);
	return gone;
}

static void
orphans_are_swept_and_nothing_else(void)
{
	const char *place = place_of(keep("an orphan"));
	int asked;

	wanted_name = uploading = NULL;
	set_age(place, NOW - 100); /* young */
	(void)sweep(true, NOW - 7200, &asked);
	CU_ASSERT_TRUE(exists(place));
	set_age(place, NOW - 1000);
	wanted_name = keep("an orphan");
	set_age(place, NOW - 1000);
	(void)sweep(true, 1, &asked);
	CU_ASSERT_TRUE(exists(place)); /* a row has it */
	CU_ASSERT(asked >= 1);
	wanted_name = NULL;
	set_age(place, NOW - 9000);
	CU_ASSERT_EQUAL(sweep(true, NOW - 7200, &asked), 0); /* looked at by an earlier sweep */
	CU_ASSERT_EQUAL(asked, 0);
	CU_ASSERT(sweep(true, 1, &asked) >= 1);
	CU_ASSERT_FALSE(exists(place));
}

static void
an_upload_in_the_moment_of_the_sweep_is_not_lost(void)
{
	const char *place = place_of(keep("twice"));
	int asked;

	set_age(place, NOW - 1000);
	uploading = "twice";
	(void)sweep(true, 1, &asked);
	uploading = NULL;
	CU_ASSERT_TRUE(exists(place));
}

static void
partial_files_without_a_row_are_swept(void)
{
	int64_t end;
	int asked;

	file_drop(store, ID);
	CU_ASSERT_EQUAL(append(0, "abc", 3, false, &end), ERR_OK);
	CU_ASSERT_EQUAL(sweep(false, 0, &asked), 0); /* changed since */
	set_age("partial/" ID, NOW - 100);
	CU_ASSERT_EQUAL(sweep(false, 0, &asked), 0);
	set_age("partial/" ID, NOW - 1000);
	wanted_name = ID;
	CU_ASSERT_EQUAL(sweep(false, 0, &asked), 0);
	CU_ASSERT_EQUAL(asked, 1);
	wanted_name = NULL;
	CU_ASSERT_EQUAL(sweep(false, 0, &asked), 1);
	CU_ASSERT_FALSE(exists("partial/" ID));
}

static void
what_a_dead_sweep_took_aside_comes_back(void)
{
	const char *digest = keep("aside");
	const char *place = place_of(digest);
	char from[500], to[500];
	int asked;

	snprintf(from, sizeof(from), "%s/%s", store, place);
	snprintf(to, sizeof(to), "%s/partial/aside.%s", store, digest);
	CU_ASSERT_EQUAL(rename(from, to), 0);
	set_age(arena_printf(arena, "partial/aside.%s", digest), NOW - 1000);
	CU_ASSERT_EQUAL(sweep(false, 0, &asked), 0);
	CU_ASSERT_TRUE(exists(place));
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "orphans are swept and nothing else", orphans_are_swept_and_nothing_else },
		{ "an upload in the moment of the sweep is not lost",
		    an_upload_in_the_moment_of_the_sweep_is_not_lost },
		{ "partial files without a row are swept", partial_files_without_a_row_are_swept },
		{ "what a dead sweep took aside comes back",
		    what_a_dead_sweep_took_aside_comes_back },
		CU_TEST_INFO_NULL,
	};

	return run_in_store("file_sweep", tests);
}
