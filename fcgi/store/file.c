#include "fcgi/store/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/log.h"
#include "fcgi/crypto/digest.h"

#define PIECE 65536 /* bytes moved at a time */

static enum err
failed(const char *what)
{
	bool full = errno == ENOSPC || errno == EDQUOT;

	log_line(LOG_ERROR, "file", "what=%s errno=%d", what, errno);
	return full ? ERR_STORE_FULL : ERR_UNAVAILABLE;
}

static void
partial_path(char path[PATH_MAX], const char *store, const char *id)
{
	snprintf(path, PATH_MAX, "%s/partial/%s", store, id);
}

void
file_place(const char *digest, char ret[FILE_PLACE_SIZE])
{
	snprintf(ret, FILE_PLACE_SIZE, "%.2s/%.2s/%s", digest, digest + 2, digest);
}

/* Names are on the disk only when their folder was synced. */
static enum err
sync_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return failed("open_folder");
	enum err e = fsync(fd) ? failed("sync_folder") : ERR_OK;
	close(fd);
	return e;
}

/* A folder of the store, e.g. "ab" or "ab/cd", with its name on the disk. */
static enum err
make_folder(const char *store, const char *name)
{
	char path[PATH_MAX], parent[PATH_MAX];
	const char *slash = strrchr(name, '/');

	snprintf(path, sizeof(path), "%s/%s", store, name);
	if (mkdir(path, 0750) != 0 && errno != EEXIST)
		return failed("mkdir");
	/* Also when it was there: whoever made it may not have come as far as this. */
	snprintf(parent, sizeof(parent), "%s/%.*s", store, slash ? (int)(slash - name) : 0, name);
	return sync_folder(parent);
}

enum err
file_size(const char *store, const char *id, int64_t *ret)
{
	char path[PATH_MAX];
	struct stat st = { 0 };

	partial_path(path, store, id);
	if (stat(path, &st) != 0 && errno != ENOENT)
		return failed("stat");
	*ret = st.st_size;
	return ERR_OK;
}

/* ---- coming in ----------------------------------------------------------- */

static enum err
open_partial(const char *store, const char *id, int64_t offset, int *ret_fd)
{
	char path[PATH_MAX];

	partial_path(path, store, id);
	int flags = O_RDWR | O_NOFOLLOW | O_CLOEXEC, fd = open(path, flags);
	if (fd < 0 && errno == ENOENT && offset == 0) {
		TRY(make_folder(store, "partial"));
		fd = open(path, flags | O_CREAT, 0640);
	}
	if (fd < 0)
		return errno == ENOENT ? ERR_CONFLICT : failed("open_partial");
	*ret_fd = fd;
	return ERR_OK;
}

static enum err
write_all(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = write(fd, bytes, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return failed("write");
		bytes += n;
		size -= (size_t)n;
	}
	return ERR_OK;
}

/* Until size bytes are written or there are no more. */
static enum err
copy_in(int fd, const struct body_source *body, int64_t size, int64_t *ret_copied)
{
	char piece[PIECE];
	int64_t copied = 0;

	while (copied < size) {
		int64_t left = size - copied;
		ssize_t n = body->read(body->from, piece, left < PIECE ? (size_t)left : PIECE);

		if (n <= 0)
			break;
		TRY(write_all(fd, piece, (size_t)n));
		copied += n;
	}
	*ret_copied = copied;
	return ERR_OK;
}

static enum err
append(int fd, int64_t offset, const struct body_source *body, int64_t size, int64_t *ret_copied)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return failed("fstat");
	if (st.st_size < offset)
		return ERR_CONFLICT;
	if (st.st_size > offset && ftruncate(fd, offset) != 0)
		return failed("truncate");
	if (lseek(fd, offset, SEEK_SET) != offset)
		return failed("seek");
	TRY(copy_in(fd, body, size, ret_copied));
	return fsync(fd) ? failed("sync") : ERR_OK;
}

enum err
file_append(const char *store, const char *id, int64_t offset, const struct body_source *body,
    int64_t size, int64_t *ret_end)
{
	int64_t copied;
	char folder[PATH_MAX];
	int fd;

	TRY(open_partial(store, id, offset, &fd));
	enum err e = append(fd, offset, body, size, &copied);
	/* What was written is not acknowledged; give its room back at once. */
	if (e != ERR_OK && e != ERR_CONFLICT && ftruncate(fd, offset) != 0)
		e = failed("truncate");
	close(fd);
	TRY(e);
	if (offset == 0) {
		snprintf(folder, sizeof(folder), "%s/partial", store);
		TRY(sync_folder(folder));
	}
	*ret_end = offset + copied;
	return ERR_OK;
}

/* ---- whole --------------------------------------------------------------- */

enum err
file_open(const char *store, const char *id, int *ret_fd)
{
	char path[PATH_MAX];

	partial_path(path, store, id);
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return failed("open");
	*ret_fd = fd;
	return ERR_OK;
}

enum err
file_digest(int fd, const char *kind, struct arena *arena, const char **ret)
{
	unsigned char sum[DIGEST_MAX];
	char piece[PIECE];
	struct digest *digest = digest_new(kind);
	off_t at = 0;
	ssize_t n;

	while ((n = pread(fd, piece, sizeof(piece), at)) > 0 || (n < 0 && errno == EINTR)) {
		if (n > 0)
			digest_update(digest, piece, (size_t)n);
		at += n > 0 ? n : 0;
	}
	enum err e = n < 0 ? failed("read") : ERR_OK;
	digest_finish(digest, sum);
	*ret = bytes_hex(arena, sum, digest_size(kind));
	return e;
}

enum err
file_keep(const char *store, const char *id, const char *digest)
{
	char from[PATH_MAX], to[PATH_MAX], place[FILE_PLACE_SIZE];

	file_place(digest, place);
	partial_path(from, store, id);
	snprintf(to, sizeof(to), "%s/%s", store, place);
	place[5] = '\0'; /* "ab/cd" */
	place[2] = '\0';
	TRY(make_folder(store, place));
	place[2] = '/';
	TRY(make_folder(store, place));
	/* As of now: the sweep must not take it for an old one before its row is there. */
	if (utimensat(AT_FDCWD, from, NULL, AT_SYMLINK_NOFOLLOW) != 0)
		return failed("touch");
	if (rename(from, to) != 0)
		return failed("rename");
	snprintf(to, sizeof(to), "%s/%s", store, place);
	return sync_folder(to);
}

void
file_drop(const char *store, const char *id)
{
	char path[PATH_MAX];

	partial_path(path, store, id);
	if (unlink(path) != 0 && errno != ENOENT)
		(void)!failed("unlink");
}

/* ---- quarantine ------------------------------------------------------------ */

#define QUARANTINE "quarantine"

enum err
file_open_kept(const char *store, const char *digest, int *ret_fd)
{
	char path[PATH_MAX], place[FILE_PLACE_SIZE];

	file_place(digest, place);
	snprintf(path, sizeof(path), "%s/%s", store, place);
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT) {
		snprintf(path, sizeof(path), "%s/" QUARANTINE "/%s", store, digest);
		fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	}
	if (fd < 0)
		return errno == ENOENT ? ERR_NOT_FOUND : failed("open_kept");
	*ret_fd = fd;
	return ERR_OK;
}

enum err
file_quarantine(const char *store, const char *digest)
{
	char from[PATH_MAX], to[PATH_MAX], place[FILE_PLACE_SIZE];

	file_place(digest, place);
	snprintf(from, sizeof(from), "%s/%s", store, place);
	snprintf(to, sizeof(to), "%s/" QUARANTINE "/%s", store, digest);
	TRY(make_folder(store, QUARANTINE));
	if (rename(from, to) != 0 && errno != ENOENT)
		return failed("quarantine");
	snprintf(to, sizeof(to), "%s/" QUARANTINE, store);
	return sync_folder(to);
}
