#include "handlers/upload/inspect.h"

#include <sys/stat.h>
#include <unistd.h>

#include "fcgi/log.h"
#include "fcgi/magic.h"
#include "handlers/rules/filename.h"

enum err
inspect(struct arena *arena, const struct slot *slot, const char *name, int fd, struct verdict *ret)
{
	unsigned char head[MEDIA_HEAD];
	const char *found, *reason;
	struct stat st;

	if (fstat(fd, &st) != 0) {
		log_line(LOG_ERROR, "inspect", "what=fstat");
		return ERR_UNAVAILABLE;
	}
	reason = media_refuse_size(arena, slot, st.st_size);
	if (!reason)
		reason = media_refuse_name(arena, slot, name);
	if (!reason) {
		ssize_t size = pread(fd, head, sizeof(head), 0);

		TRY(magic_type(fd, arena, &found));
		reason = media_refuse_content(arena, slot, name, found, head,
		    size > 0 ? (size_t)size : 0);
	}
	*ret = (struct verdict){ .reason = reason,
		.media = reason ? NULL : media_by_extension(filename_extension(arena, name)) };
	return ERR_OK;
}
