#include "handlers/upload/read/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "handlers/upload/read/reader.h"

int
read_main(struct arena *arena, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	const char *text;

	if (fd < 0) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return EXIT_FAILURE;
	}
	enum err e = reader_ask(fd, arena, &text);
	close(fd);
	if (e != ERR_OK)
		return EXIT_FAILURE;
	return puts(text) < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
