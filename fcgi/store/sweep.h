#ifndef FCGI_STORE_SWEEP_H
#define FCGI_STORE_SWEEP_H

#include "fcgi/store/file.h"

/* Deleting what nobody wants from a store of files. */

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

#endif
