#include "handlers/upload/inspect.h"

#include <sys/stat.h>

#include "fcgi/log.h"
#include "handlers/rules/filename.h"
#include "handlers/upload/inspector.h"

/* By content: the kind the extension says, nothing else, and one the slot takes. */
static const char *
refuse_content(struct arena *arena, const struct slot *slot, const char *name, int fd)
{
	const struct media *m = media_by_extension(filename_extension(arena, name));
	enum reason reason =
	    m && (slot->kinds & m->kind) ? inspector_ask(m->kind, fd) : REASON_KIND;

	if (reason == REASON_NONE)
		return NULL;
	return reason == REASON_KIND ? media_refuse_kind(arena, slot, name) : reason_text(reason);
}

enum err
inspect(struct arena *arena, const struct slot *slot, const char *name, int fd, struct verdict *ret)
{
	const char *reason;
	struct stat st;

	if (fstat(fd, &st) != 0) {
		log_line(LOG_ERROR, "inspect", "what=fstat");
		return ERR_UNAVAILABLE;
	}
	reason = media_refuse_size(arena, slot, st.st_size);
	if (!reason)
		reason = media_refuse_name(arena, slot, name);
	if (!reason)
		reason = refuse_content(arena, slot, name, fd);
	*ret = (struct verdict){ .reason = reason,
		.media = reason ? NULL : media_by_extension(filename_extension(arena, name)) };
	return ERR_OK;
}
