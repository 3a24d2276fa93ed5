#ifndef FCGI_STORE_FILE_H
#define FCGI_STORE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/base/arena.h"
#include "fcgi/base/err.h"
#include "fcgi/base/source.h"

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

#endif
