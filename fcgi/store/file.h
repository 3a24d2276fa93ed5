#ifndef FCGI_STORE_FILE_H
#define FCGI_STORE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/base/arena.h"
#include "fcgi/base/err.h"
#include "fcgi/http/request.h"

/*
 * The store of files, a directory (PORTAL_STORE; shared when there are several
 * hosts). While a file comes it is partial/<id>; when it is whole and wanted it
 * is ab/cd/<digest>, under a digest of its content, so equal files are one. Rows in
 * the database say what is there; the store never knows more than bytes.
 *
 * Sizes and offsets are bytes. id and digest are hex digits of ours, never a name
 * from outside. What goes wrong with the disk is logged here: ERR_STORE_FULL
 * when there is no room, ERR_UNAVAILABLE otherwise.
 */

/* How much of a partial file there is; 0 when there is none. */
MUST_CHECK enum err file_size(const char *store, const char *id, int64_t *ret);

/*
 * Add what `body` gives, at most `size` bytes, at `offset` of a partial file,
 * which is made when there is none; bytes beyond the offset were never
 * acknowledged and are cut off first. *ret_end: where it ends now, on the disk
 * for good; less than offset + size when the body was cut off on its way.
 *
 * ERR_CONFLICT  the file is shorter than the offset
 * After ERR_STORE_FULL the file ends at `offset` again.
 */
MUST_CHECK enum err file_append(const char *store, const char *id, int64_t offset,
    const struct body_source *body, int64_t size, int64_t *ret_end);

/* Open a partial file for reading. *ret_fd is the caller's: close(). */
MUST_CHECK enum err file_open(const char *store, const char *id, int *ret_fd);
/*
 * The digest of a whole open file, 64 hex digits in the arena. kind: "sha256" or
 * "sm3", PORTAL_STORE_DIGEST for what comes new.
 */
MUST_CHECK enum err file_digest(int fd, const char *kind, struct arena *arena, const char **ret);
/* A partial file takes its place in the store, for good. Equal content there is replaced. */
MUST_CHECK enum err file_keep(const char *store, const char *id, const char *digest);
/* Open a kept file for reading, also one in quarantine. ERR_NOT_FOUND. *ret_fd is the caller's. */
MUST_CHECK enum err file_open_kept(const char *store, const char *digest, int *ret_fd);
/* A kept file goes to quarantine/<digest>, which nobody is served from. None there is fine. */
MUST_CHECK enum err file_quarantine(const char *store, const char *digest);
/* A partial file goes. None there is fine; a failure is logged and left to the sweep. */
void file_drop(const char *store, const char *id);

#define FILE_PLACE_SIZE (6 + 64 + 1) /* "ab/cd/<digest>" */
/* Where a kept file lies, relative to the store. */
void file_place(const char *digest, char ret[FILE_PLACE_SIZE]);

/* ---- sweeping ------------------------------------------------------------ */

/*
 * Is this file wanted? Asked of names the store found: the id of a partial
 * file, the digest of a kept one.
 */
typedef enum err file_wanted(void *context, const char *name, bool *ret);

struct file_sweep {
	int64_t before; /* Unix seconds: files changed since are left alone */
	int64_t since;  /* files unchanged since then, and folders, are skipped; 0 for none */
	file_wanted *wanted;
	void *context;
};

/*
 * Delete partial files that nobody wants. *ret_gone: how many. An error of
 * `wanted` ends the sweep.
 */
MUST_CHECK enum err
file_sweep_partial(const char *store, const struct file_sweep *sweep, int64_t *ret_gone);
/*
 * The same for kept files. Safe while others upload, also the same content: a
 * file is taken aside first and put back when it is not the one looked at.
 */
MUST_CHECK enum err
file_sweep_kept(const char *store, const struct file_sweep *sweep, int64_t *ret_gone);

/* The same for one kept file, however old. Nothing there is fine. */
MUST_CHECK enum err
file_sweep_one(const char *store, const char *digest, const struct file_sweep *sweep);

/* ---- looking through all of it --------------------------------------------- */

enum file_place_kind { FILE_PARTIAL, FILE_KEPT, FILE_QUARANTINED, FILE_STRANGE };

/* Called for each file: what its place says it is, its name (hex) or, when strange, its path. */
typedef enum err
file_seen(void *context, enum file_place_kind kind, const char *name, int64_t changed_at);

/* Every file below the store, in no order. An error of `seen` ends it. */
MUST_CHECK enum err file_walk(const char *store, file_seen *seen, void *context);

#endif
