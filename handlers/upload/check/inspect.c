#include "handlers/upload/check/inspect.h"

#include <sys/stat.h>

#include "fcgi/base/log.h"
#include "handlers/rules/check/filename.h"
#include "handlers/upload/check/inspector.h"

/* By content: the kind the extension says, nothing else, and one the slot takes. */
static enum err
refuse_content(struct arena *arena, const struct slot *slot, const char *name, int fd,
    const char **ret_reason)
{
	const struct media *m = media_by_extension(filename_extension(arena, name));
	enum reason reason = REASON_KIND;

	if (m && (slot->kinds & m->kind))
		TRY(inspector_ask(m->kind, fd, &reason));
	if (reason == REASON_NONE)
		*ret_reason = NULL;
	else
		*ret_reason = reason == REASON_KIND ? media_refuse_kind(arena, slot, name)
						    : reason_text(reason);
	return ERR_OK;
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
		TRY(refuse_content(arena, slot, name, fd, &reason));
	*ret = (struct verdict){ .reason = reason,
		.media = reason ? NULL : media_by_extension(filename_extension(arena, name)) };
	return ERR_OK;
}
