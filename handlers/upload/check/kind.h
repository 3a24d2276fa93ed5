#ifndef HANDLERS_UPLOAD_CHECK_KIND_H
#define HANDLERS_UPLOAD_CHECK_KIND_H

#include "handlers/upload/check/check.h"

/* What a place takes, and what the file is named. */
struct wanted {
	uint32_t kinds; /* bits of enum file_kind */
	uint32_t named; /* one of them; 0: none of them */
};

/*
 * Is it a sound file of a kind that is wanted, by its own structure and as libmagic sees it? The
 * content says which one, not the name: *ret_kind, 0 for none that is known. After
 * magic_init() only.
 */
enum reason
inspect_kind(struct wanted wanted, struct bytes file, struct copy *copy, enum file_kind *ret_kind);

/* Whatever the checkers' libraries do only once is done now. */
void kind_make_ready(void);

#endif
