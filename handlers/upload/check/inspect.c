#include "handlers/upload/check/inspect.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fcgi/base/log.h"
#include "handlers/rules/check/filename.h"
#include "handlers/upload/check/inspector.h"

#define COPY_MORE (1 << 20) /* bytes a copy may be longer than twice the file */

static enum err
failed(const char *what)
{
	log_line(LOG_ERROR, "inspect", "what=%s", what);
	return ERR_UNAVAILABLE;
}

/* Does the slot take it by its content, and is it one that is kept as it is, or in a copy? */
static enum err
look(struct arena *arena, const struct slot *slot, const char *name, int fd, struct verdict *ret)
{
	const struct media *named = media_by_extension(filename_extension(arena, name));
	struct wanted wanted = { slot->kinds, named ? named->kind : 0 };
	struct finding found;

	TRY(inspector_ask(wanted, fd, ret->copy, &found));
	const struct media *media = media_by_kind(found.kind);
	if (found.reason == REASON_KIND)
		ret->reason = media_refuse_kind(arena, slot, name, media);
	else if (found.reason != REASON_NONE)
		ret->reason = reason_text(found.reason);
	else
		ret->media = media;
	if (found.reason == REASON_NONE && found.copy > 0)
		return ftruncate(ret->copy, (off_t)found.copy) == 0 ? ERR_OK : failed("copy");
	close(ret->copy);
	ret->copy = -1;
	return ERR_OK;
}

enum err
inspect(struct arena *arena, const struct slot *slot, const char *name, int fd, struct verdict *ret)
{
	struct stat st;

	*ret = (struct verdict){ .copy = -1 };
	if (fstat(fd, &st) != 0)
		return failed("fstat");
	ret->reason = media_refuse_size(arena, slot, st.st_size);
	if (!ret->reason)
		ret->reason = media_refuse_name(arena, slot, name);
	if (ret->reason)
		return ERR_OK;
	ret->copy = memfd_create("copy", MFD_CLOEXEC);
	if (ret->copy < 0)
		return failed("memfd");
	enum err e = ftruncate(ret->copy, 2 * st.st_size + COPY_MORE) == 0
			 ? look(arena, slot, name, fd, ret)
			 : failed("copy");
	if (e != ERR_OK)
		verdict_end(ret);
	return e;
}

void
verdict_end(struct verdict *verdict)
{
	if (verdict->copy >= 0)
		close(verdict->copy);
	verdict->copy = -1;
}
