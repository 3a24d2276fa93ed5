#include "handlers/upload/check/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "handlers/rules/check/filename.h"
#include "handlers/upload/check/inspect.h"
#include "handlers/upload/check/magic.h"

enum outcome { ACCEPTED, REFUSED, UNREADABLE };

static enum outcome
inspect_fd(struct arena *arena, const struct slot *slot, const char *path, int fd)
{
	const char *name = filename_clean(arena, path, strlen(path));
	struct verdict verdict;
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    inspect(arena, slot, name ? name : "", fd, &verdict) != ERR_OK) {
		fprintf(stderr, "%s: not a file that can be read\n", path);
		return UNREADABLE;
	}
	if (!verdict.reason) {
		printf("%s\taccepted\t%s%s\n", path, verdict.media->name,
		    verdict.copy >= 0 ? "\tcopy" : "");
		verdict_end(&verdict);
		return ACCEPTED;
	}
	printf("%s\trefused\t%s\n", path, verdict.reason);
	return REFUSED;
}

static enum outcome
inspect_one(struct arena *arena, const struct slot *slot, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return UNREADABLE;
	}
	enum outcome outcome = inspect_fd(arena, slot, path, fd);
	close(fd);
	return outcome;
}

int
inspect_main(struct arena *arena, const char *slot_name, char *const files[], size_t count)
{
	const struct slot *slot = slot_by_name(slot_name);
	int status = 0;

	if (!slot) {
		fputs("slots:", stderr);
		for (size_t i = 0; i < slots_count; i++)
			fprintf(stderr, " %s", slots[i].name);
		fputc('\n', stderr);
		return 2;
	}
	if (magic_init() != ERR_OK)
		return 2;
	for (size_t i = 0; i < count; i++) {
		int outcome = (int)inspect_one(arena, slot, files[i]);

		status = outcome > status ? outcome : status;
		arena_reset(arena);
	}
	return status;
}
