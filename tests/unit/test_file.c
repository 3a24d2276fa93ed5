/* The store with real files in a folder of its own, and a disk that fails when told to. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fcgi/file.h"
#include "fcgi/sm.h"
#include "tests/tools/suite.h"

/* ---- a disk that fails; the linker puts these before the real ones -------- */

static struct {
	int write_error, fsync_error, rename_error; /* errno; 0 works */
	long write_after;                           /* bytes that still fit; -1 any */
	int fsyncs;
} disk = { .write_after = -1 };

ssize_t __real_write(int fd, const void *bytes, size_t size);
ssize_t __wrap_write(int fd, const void *bytes, size_t size);
int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);

ssize_t
__wrap_write(int fd, const void *bytes, size_t size)
{
	if (fd <= STDERR_FILENO || !disk.write_error)
		return __real_write(fd, bytes, size);
	if (disk.write_after <= 0) {
		errno = disk.write_error;
		return -1;
	}
	/* a full disk takes a part first */
	ssize_t n = __real_write(fd, bytes,
	    size < (size_t)disk.write_after ? size : (size_t)disk.write_after);
	disk.write_after -= n;
	return n;
}

int
__wrap_fsync(int fd)
{
	disk.fsyncs++;
	if (!disk.fsync_error)
		return __real_fsync(fd);
	errno = disk.fsync_error;
	return -1;
}

int
__wrap_rename(const char *from, const char *to)
{
	if (!disk.rename_error)
		return __real_rename(from, to);
	errno = disk.rename_error;
	return -1;
}

static void
disk_works(void)
{
	disk.write_error = disk.fsync_error = disk.rename_error = disk.fsyncs = 0;
	disk.write_after = -1;
}

/* ---- bytes that come, in small reads -------------------------------------- */

struct coming {
	const char *bytes;
	size_t left, at_once;
	bool cut; /* ends with an error instead of an end */
};

static ssize_t
read_coming(void *from, void *bytes, size_t size)
{
	struct coming *c = from;
	size_t n = size < c->at_once ? size : c->at_once;

	n = n < c->left ? n : c->left;
	if (n == 0)
		return c->cut ? -1 : 0;
	memcpy(bytes, c->bytes, n);
	c->bytes += n;
	c->left -= n;
	return (ssize_t)n;
}

#define ID "0123456789abcdef0123456789abcdef"

static char store[] = "/tmp/test_file.XXXXXX";
static struct arena *arena;

static enum err
append(int64_t offset, const char *text, int64_t size, bool cut, int64_t *ret_end)
{
	struct coming coming = { text, strlen(text), 7, cut };
	struct body_source body = { read_coming, &coming };

	return file_append(store, ID, offset, &body, size, ret_end);
}

static int64_t
size_now(void)
{
	int64_t size = -1;

	CU_ASSERT_EQUAL(file_size(store, ID, &size), ERR_OK);
	return size;
}

static bool
exists(const char *path)
{
	char full[500];

	snprintf(full, sizeof(full), "%s/%s", store, path);
	return access(full, F_OK) == 0;
}

static void
begin(void)
{
	disk_works();
	file_drop(store, ID);
}

static void
pieces_make_a_file(void)
{
	int64_t end;

	begin();
	CU_ASSERT_EQUAL(size_now(), 0);
	CU_ASSERT_EQUAL(append(0, "hello, ", 7, false, &end), ERR_OK);
	CU_ASSERT_EQUAL(end, 7);
	CU_ASSERT(disk.fsyncs >= 2); /* the bytes, and the name in its folder */
	CU_ASSERT_EQUAL(append(7, "world", 5, false, &end), ERR_OK);
	CU_ASSERT_EQUAL(end, 12);
	CU_ASSERT_EQUAL(size_now(), 12);
}

static void
no_more_than_declared_is_taken(void)
{
	int64_t end;

	begin();
	CU_ASSERT_EQUAL(append(0, "hello, world", 5, false, &end), ERR_OK);
	CU_ASSERT_EQUAL(end, 5);
	CU_ASSERT_EQUAL(size_now(), 5);
}

static void
a_cut_body_leaves_what_came(void)
{
	int64_t end;

	begin();
	CU_ASSERT_EQUAL(append(0, "hello", 100, true, &end), ERR_OK);
	CU_ASSERT_EQUAL(end, 5);
	CU_ASSERT_EQUAL(append(5, "", 100, true, &end), ERR_OK);
	CU_ASSERT_EQUAL(end, 5);
}

static void
bytes_beyond_the_offset_are_cut_off(void)
{
	int64_t end;
	const char *digest;
	unsigned char expected[SM3_SIZE];
	int fd = -1;

	begin();
	CU_ASSERT_EQUAL(append(0, "hello, WORLD and more", 21, false, &end), ERR_OK);
	CU_ASSERT_EQUAL(append(7, "world", 5, false, &end), ERR_OK);
	CU_ASSERT_EQUAL(end, 12);
	CU_ASSERT_EQUAL_FATAL(file_open(store, ID, &fd), ERR_OK);
	CU_ASSERT_EQUAL(file_sm3(fd, arena, &digest), ERR_OK);
	close(fd);
	sm3("hello, world", 12, expected);
	CU_ASSERT_STRING_EQUAL(digest, sm_hex(arena, expected, sizeof(expected)));
}

static void
an_offset_beyond_the_file_is_refused(void)
{
	int64_t end = -1;

	begin();
	CU_ASSERT_EQUAL(append(5, "x", 1, false, &end), ERR_UPLOAD_OFFSET);
	CU_ASSERT_EQUAL(append(0, "abc", 3, false, &end), ERR_OK);
	CU_ASSERT_EQUAL(append(5, "x", 1, false, &end), ERR_UPLOAD_OFFSET);
	CU_ASSERT_EQUAL(size_now(), 3);
}

static void
a_full_disk_leaves_no_half_piece(void)
{
	int64_t end = -1;

	begin();
	CU_ASSERT_EQUAL(append(0, "hello, ", 7, false, &end), ERR_OK);
	disk.write_error = ENOSPC;
	disk.write_after = 3;
	end = -1;
	CU_ASSERT_EQUAL(append(7, "wonderful world", 15, false, &end), ERR_STORE_FULL);
	CU_ASSERT_EQUAL(end, -1);
	CU_ASSERT_EQUAL(size_now(), 7);
	disk.write_error = EDQUOT;
	disk.write_after = 0;
	CU_ASSERT_EQUAL(append(7, "world", 5, false, &end), ERR_STORE_FULL);
	disk.write_error = EIO;
	CU_ASSERT_EQUAL(append(7, "world", 5, false, &end), ERR_UNAVAILABLE);
	CU_ASSERT_EQUAL(size_now(), 7);
	/* room again: no restart, nothing to clean up */
	disk_works();
	CU_ASSERT_EQUAL(append(7, "world", 5, false, &end), ERR_OK);
	CU_ASSERT_EQUAL(end, 12);
}

static void
bytes_that_were_not_synced_are_not_acknowledged(void)
{
	int64_t end = -1;

	begin();
	CU_ASSERT_EQUAL(append(0, "hello", 5, false, &end), ERR_OK);
	disk.fsync_error = EIO;
	end = -1;
	CU_ASSERT_EQUAL(append(5, "world", 5, false, &end), ERR_UNAVAILABLE);
	CU_ASSERT_EQUAL(end, -1);
	disk.fsync_error = ENOSPC;
	CU_ASSERT_EQUAL(append(5, "world", 5, false, &end), ERR_STORE_FULL);
	disk_works();
	CU_ASSERT_EQUAL(size_now(), 5);
}

/* Puts `text` into the store; its sm3 in the arena. */
static const char *
keep(const char *text)
{
	int64_t end;
	const char *digest = "";
	int fd = -1;

	begin();
	CU_ASSERT_EQUAL(append(0, text, (int64_t)strlen(text), false, &end), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(file_open(store, ID, &fd), ERR_OK);
	CU_ASSERT_EQUAL(file_sm3(fd, arena, &digest), ERR_OK);
	close(fd);
	CU_ASSERT_EQUAL(file_keep(store, ID, digest), ERR_OK);
	return digest;
}

static const char *
place_of(const char *digest)
{
	char *place = arena_alloc(arena, FILE_PLACE_SIZE);

	file_place(digest, place);
	return place;
}

static void
equal_content_is_kept_once(void)
{
	const char *digest = keep("the same");
	const char *place = place_of(digest);

	CU_ASSERT_EQUAL(strlen(place), 70);
	CU_ASSERT_TRUE(exists(place));
	CU_ASSERT_FALSE(exists("partial/" ID));
	CU_ASSERT_STRING_EQUAL(keep("the same"), digest);
	CU_ASSERT_TRUE(exists(place));
}

static void
a_file_that_cannot_be_kept_stays_partial(void)
{
	int64_t end;

	begin();
	CU_ASSERT_EQUAL(append(0, "abc", 3, false, &end), ERR_OK);
	disk.rename_error = ENOSPC;
	CU_ASSERT_EQUAL(file_keep(store, ID,
			    "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
	    ERR_STORE_FULL);
	disk_works();
	disk.fsync_error = EIO;
	CU_ASSERT_EQUAL(file_keep(store, ID,
			    "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
	    ERR_UNAVAILABLE);
	disk_works();
	CU_ASSERT_EQUAL(size_now(), 3);
}

static void
a_link_in_place_of_a_partial_file_is_not_followed(void)
{
	char path[500];
	int64_t end;

	begin();
	snprintf(path, sizeof(path), "%s/partial/%s", store, ID);
	CU_ASSERT_EQUAL(symlink("/tmp/elsewhere", path), 0);
	CU_ASSERT_NOT_EQUAL(append(0, "abc", 3, false, &end), ERR_OK);
	CU_ASSERT_NOT_EQUAL(access("/tmp/elsewhere", F_OK), 0);
	begin();
}

/* ---- sweeping ------------------------------------------------------------- */

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

	begin();
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
		{ "pieces make a file", pieces_make_a_file },
		{ "no more than declared is taken", no_more_than_declared_is_taken },
		{ "a cut body leaves what came", a_cut_body_leaves_what_came },
		{ "bytes beyond the offset are cut off", bytes_beyond_the_offset_are_cut_off },
		{ "an offset beyond the file is refused", an_offset_beyond_the_file_is_refused },
		{ "a full disk leaves no half piece", a_full_disk_leaves_no_half_piece },
		{ "bytes that were not synced are not acknowledged",
		    bytes_that_were_not_synced_are_not_acknowledged },
		{ "equal content is kept once", equal_content_is_kept_once },
		{ "a file that cannot be kept stays partial",
		    a_file_that_cannot_be_kept_stays_partial },
		{ "a link in place of a partial file is not followed",
		    a_link_in_place_of_a_partial_file_is_not_followed },
		{ "orphans are swept and nothing else", orphans_are_swept_and_nothing_else },
		{ "an upload in the moment of the sweep is not lost",
		    an_upload_in_the_moment_of_the_sweep_is_not_lost },
		{ "partial files without a row are swept", partial_files_without_a_row_are_swept },
		{ "what a dead sweep took aside comes back",
		    what_a_dead_sweep_took_aside_comes_back },
		CU_TEST_INFO_NULL,
	};
	char remove[600];

	if (!mkdtemp(store))
		return 2;
	arena = arena_new(1 << 20);
	int failed = run_suite("file", tests);
	arena_free(arena);
	disk_works();
	snprintf(remove, sizeof(remove), "rm -rf '%s'", store);
	return system(remove) != 0 || failed;
}
