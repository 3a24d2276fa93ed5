/* The store with real files in a folder of its own, and a disk that fails when told to. */
#include <errno.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/digest.h"
#include "fcgi/crypto/sm.h"
#include "tests/support/store.h"

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
	CU_ASSERT_EQUAL(file_digest(fd, "sm3", arena, &digest), ERR_OK);
	sm3("hello, world", 12, expected);
	CU_ASSERT_STRING_EQUAL(digest, bytes_hex(arena, expected, sizeof(expected)));
	CU_ASSERT_EQUAL(file_digest(fd, "sha256", arena, &digest), ERR_OK);
	close(fd);
	CU_ASSERT_STRING_EQUAL(digest, sha256_hex(arena, "hello, world", 12));
}

static void
an_offset_beyond_the_file_is_refused(void)
{
	int64_t end = -1;

	begin();
	CU_ASSERT_EQUAL(append(5, "x", 1, false, &end), ERR_CONFLICT);
	CU_ASSERT_EQUAL(append(0, "abc", 3, false, &end), ERR_OK);
	CU_ASSERT_EQUAL(append(5, "x", 1, false, &end), ERR_CONFLICT);
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
		CU_TEST_INFO_NULL,
	};

	return run_in_store("file", tests);
}
