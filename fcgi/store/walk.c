#include "fcgi/store/walk.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/log.h"

#define DEPTH_MAX 3 /* "ab/cd/<digest>" */

struct walk {
	const char *store;
	file_seen *seen;
	void *context;
};

/* What a file is by where it lies: `path` is relative to the store. */
static enum file_place_kind
kind_of(const char *path, const char *name)
{
	char place[FILE_PLACE_SIZE];

	if (strncmp(path, "partial/", 8) == 0 && bytes_is_hex(name, 32))
		return FILE_PARTIAL;
	if (!bytes_is_hex(name, 64))
		return FILE_STRANGE;
	if (strncmp(path, "quarantine/", 11) == 0)
		return FILE_QUARANTINED;
	file_place(name, place);
	return strcmp(path, place) == 0 ? FILE_KEPT : FILE_STRANGE;
}

static enum err walk_folder(const struct walk *w, const char *path, unsigned depth);

static enum err
walk_entry(const struct walk *w, const char *path, const char *name, unsigned depth)
{
	char full[PATH_MAX], inner[PATH_MAX];
	struct stat st;

	if (snprintf(inner, sizeof(inner), "%s%s%s", path, *path ? "/" : "", name) >= PATH_MAX ||
	    snprintf(full, sizeof(full), "%s/%s", w->store, inner) >= PATH_MAX)
		return ERR_OK;
	if (lstat(full, &st) != 0)
		return ERR_OK; /* it went while we looked */
	if (S_ISDIR(st.st_mode) && depth < DEPTH_MAX)
		return walk_folder(w, inner, depth + 1);
	enum file_place_kind kind = S_ISREG(st.st_mode) ? kind_of(inner, name) : FILE_STRANGE;
	return w->seen(w->context, kind, kind == FILE_STRANGE ? inner : name, st.st_mtime);
}

static enum err
walk_folder(const struct walk *w, const char *path, unsigned depth)
{
	char full[PATH_MAX];
	enum err e = ERR_OK;

	snprintf(full, sizeof(full), "%s/%s", w->store, path);
	DIR *folder = opendir(full);
	if (!folder) {
		log_line(LOG_ERROR, "file_walk", "what=open errno=%d", errno);
		return ERR_UNAVAILABLE;
	}
	for (struct dirent *d; e == ERR_OK && (d = readdir(folder));)
		if (strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0)
			e = walk_entry(w, path, d->d_name, depth);
	closedir(folder);
	return e;
}

enum err
file_walk(const char *store, file_seen *seen, void *context)
{
	struct walk w = { store, seen, context };

	return walk_folder(&w, "", 0);
}
