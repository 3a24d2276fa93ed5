#include "fcgi/store/sweep.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/log.h"

/* A kept file taken aside lies in partial/ under this and its digest. */
#define ASIDE "aside."

static enum err
failed(const char *what)
{
	log_line(LOG_ERROR, "file_sweep", "what=%s errno=%d", what, errno);
	return ERR_UNAVAILABLE;
}

/* NULL with errno when it is not there (any more), or cannot be read. */
static DIR *
open_folder(const char *store, const char *name)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", store, name);
	return opendir(path);
}

/* Of `store`, relative; false when it is gone. */
static bool
look(int store, const char *path, struct stat *ret)
{
	return fstatat(store, path, ret, AT_SYMLINK_NOFOLLOW) == 0;
}

/* ---- partial files ------------------------------------------------------- */

/* Back to its place, as new: whoever is about to keep the same content relies on it. */
static enum err
put_back(int store, const char *path, const char *digest)
{
	char place[FILE_PLACE_SIZE];

	file_place(digest, place);
	if ((utimensat(store, path, NULL, AT_SYMLINK_NOFOLLOW) != 0 ||
		renameat(store, path, store, place) != 0) &&
	    errno != ENOENT)
		return failed("put_back");
	return ERR_OK;
}

static enum err
sweep_partial(int store, const struct file_sweep *sweep, const char *name, int64_t *gone)
{
	char path[PATH_MAX];
	struct stat st;
	bool wanted = false;

	snprintf(path, sizeof(path), "partial/%s", name);
	if (!look(store, path, &st) || !S_ISREG(st.st_mode) || st.st_mtime >= sweep->before)
		return ERR_OK;
	if (strncmp(name, ASIDE, strlen(ASIDE)) == 0 && bytes_is_hex(name + strlen(ASIDE), 64))
		return put_back(store, path, name + strlen(ASIDE)); /* left by one that died */
	if (!bytes_is_hex(name, 32))
		return ERR_OK; /* nothing of ours */
	TRY(sweep->wanted(sweep->context, name, &wanted));
	if (!wanted && unlinkat(store, path, 0) == 0)
		(*gone)++;
	return ERR_OK;
}

enum err
file_sweep_partial(const char *store, const struct file_sweep *sweep, int64_t *ret_gone)
{
	int top = open(store, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *folder = open_folder(store, "partial");
	int64_t gone = 0;
	enum err e = top >= 0 ? ERR_OK : failed("open");

	for (struct dirent *d; e == ERR_OK && folder && (d = readdir(folder));)
		e = sweep_partial(top, sweep, d->d_name, &gone);
	if (folder)
		closedir(folder);
	if (top >= 0)
		close(top);
	TRY(e);
	*ret_gone = gone;
	return ERR_OK;
}

/* ---- kept files ---------------------------------------------------------- */

/*
 * Between the look and the unlink somebody may upload the same content, which
 * replaces the file under this name. So it is taken aside first: what is aside
 * cannot be replaced, and what is not the file looked at goes back.
 */
static enum err
remove_kept(int store, const char *place, const char *digest, const struct stat *seen,
    int64_t *gone)
{
	char aside[PATH_MAX];
	struct stat st;

	snprintf(aside, sizeof(aside), "partial/" ASIDE "%s", digest);
	if (mkdirat(store, "partial", 0750) != 0 && errno != EEXIST)
		return failed("mkdir");
	if (renameat(store, place, store, aside) != 0)
		return errno == ENOENT ? ERR_OK : failed("take_aside");
	if (!look(store, aside, &st) || st.st_ino != seen->st_ino ||
	    st.st_mtim.tv_sec != seen->st_mtim.tv_sec ||
	    st.st_mtim.tv_nsec != seen->st_mtim.tv_nsec)
		return put_back(store, aside, digest);
	if (unlinkat(store, aside, 0) != 0)
		return errno == ENOENT ? ERR_OK : failed("unlink");
	(*gone)++;
	return ERR_OK;
}

static enum err
sweep_kept(int store, const struct file_sweep *sweep, const char *digest, int64_t *gone)
{
	char place[FILE_PLACE_SIZE];
	struct stat st;
	bool wanted = false;

	if (!bytes_is_hex(digest, 64))
		return ERR_OK; /* nothing of ours */
	file_place(digest, place);
	if (!look(store, place, &st) || st.st_mtime >= sweep->before || st.st_mtime < sweep->since)
		return ERR_OK;
	TRY(sweep->wanted(sweep->context, digest, &wanted));
	return wanted ? ERR_OK : remove_kept(store, place, digest, &st, gone);
}

/* Files of one folder "ab/cd". */
static enum err
sweep_folder(const char *store, int top, const struct file_sweep *sweep, const char *name,
    int64_t *gone)
{
	struct stat st;
	enum err e = ERR_OK;

	if (!look(top, name, &st) || st.st_mtime < sweep->since)
		return ERR_OK; /* nothing came or went since it was last looked through */
	DIR *folder = open_folder(store, name);
	for (struct dirent *d; e == ERR_OK && folder && (d = readdir(folder));)
		e = sweep_kept(top, sweep, d->d_name, gone);
	if (folder)
		closedir(folder);
	return e;
}

enum err
file_sweep_kept(const char *store, const struct file_sweep *sweep, int64_t *ret_gone)
{
	int top = open(store, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int64_t gone = 0;
	enum err e = top >= 0 ? ERR_OK : failed("open");
	char name[6];

	for (unsigned i = 0; e == ERR_OK && i < 65536; i++) {
		struct stat st;

		snprintf(name, sizeof(name), "%02x/%02x", i >> 8 & 0xff, i & 0xff);
		name[2] = '\0';
		if ((i & 0xff) == 0 && !look(top, name, &st)) {
			i |= 0xff; /* no folder "ab" at all */
			continue;
		}
		name[2] = '/';
		e = sweep_folder(store, top, sweep, name, &gone);
	}
	if (top >= 0)
		close(top);
	TRY(e);
	*ret_gone = gone;
	return ERR_OK;
}

enum err
file_sweep_one(const char *store, const char *digest, const struct file_sweep *sweep)
{
	int top = open(store, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int64_t gone = 0;

	if (top < 0)
		return failed("open");
	enum err e = sweep_kept(top, sweep, digest, &gone);
	close(top);
	return e;
}
