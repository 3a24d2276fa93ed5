#ifndef HANDLERS_UPLOAD_CLAMD_H
#define HANDLERS_UPLOAD_CLAMD_H

#include "fcgi/base/arena.h"
#include "fcgi/base/err.h"
#include "fcgi/http/config.h"

/*
 * ClamAV's daemon, asked over its unix socket by INSTREAM: the bytes are sent,
 * it needs to read no file of ours. Its StreamMaxLength has to be at least the
 * largest file that may be uploaded (31 MiB).
 *
 * fd: open for reading, sent whole. *ret_found: what it calls what it found, in
 * the arena; NULL for nothing. ERR_UNAVAILABLE, logged, when it does not
 * answer, answers with an error, or takes longer than a minute for a step.
 */
MUST_CHECK enum err
clamd_scan(const char *socket, int fd, struct arena *arena, const char **ret_found);

struct clamd_settings {
	const char *socket; /* "" for none: files are not scanned */
};

extern struct clamd_settings clamd_settings;
extern const struct settings clamd_settings_table;

#endif
