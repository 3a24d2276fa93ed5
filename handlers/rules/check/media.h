#ifndef HANDLERS_RULES_CHECK_MEDIA_H
#define HANDLERS_RULES_CHECK_MEDIA_H

#include <stdbool.h>
#include <stdint.h>

#include "fcgi/base/arena.h"
#include "handlers/rules/table/slots.h"

/*
 * Kinds of file: how each is recognised by name and by content, what it is
 * served as, and what a person reads when a file is refused. Which of
 * them a slot takes is in upload.def.
 */

#define MEDIA_FOUND_MAX 8
#define MEDIA_MARK_MAX 8

struct media {
	enum file_kind kind;
	const char *name;       /* as people read it: "PDF" */
	const char *extensions; /* lower case, separated by blanks */
	const char *type;       /* the media type it is served as */
	bool shown;             /* in the page; any other is only saved */
	/* What libmagic may call it, and the bytes it must have: both have to agree. */
	const char *found[MEDIA_FOUND_MAX];
	struct {
		size_t at, size;
		const char *bytes;
	} mark;
};

/* NULL when there is none. The extension is lower case, without the dot. */
const struct media *media_by_extension(const char *extension);
const struct media *media_by_kind(enum file_kind kind);
/* NULL when no kind is served as that type. */
const struct media *media_by_type(const char *type);

/*
 * Why a file is refused, as the uploader reads it, in the arena; NULL when it
 * is not. `name` is a cleaned file name (handlers/rules/check/filename.h).
 */
const char *media_refuse_name(struct arena *arena, const struct slot *slot, const char *name);
/* length: bytes, 0 or more. */
const char *media_refuse_size(struct arena *arena, const struct slot *slot, int64_t length);
/* The content is of no kind the slot takes; found: what it is, NULL when that is not known. */
const char *media_refuse_kind(struct arena *arena, const struct slot *slot, const char *name,
    const struct media *found);

/* Does it begin as that kind does? */
bool media_has_mark(const struct media *media, const unsigned char *bytes, size_t size);
/* May libmagic call that kind so? */
bool media_is_found(const struct media *media, const char *found);

#endif
