#include "fcgi/crypto/keyring_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/base/log.h"
#include "fcgi/crypto/keyring_inside.h"

enum err
keyring_refuse(const char *of, const char *why)
{
	log_line(LOG_ERROR, "keyring", "of=%s reason=\"%s\"", of, why);
	return ERR_INTERNAL;
}

/* The directory too, else the only copy of the key may be gone after a power cut. */
bool
keyring_sync_folder(const char *path)
{
	char copy[KEYRING_PATH_MAX];

	if ((size_t)snprintf(copy, sizeof(copy), "%s", path) >= sizeof(copy))
		return false;
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return good;
}

enum err
keyring_write(int fd, const char *path, const char *text)
{
	size_t left = strlen(text);

	while (left) {
		ssize_t n = write(fd, text, left);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return keyring_refuse(path, "cannot be written");
		text += n;
		left -= (size_t)n;
	}
	return fsync(fd) == 0 && keyring_sync_folder(path)
		   ? ERR_OK
		   : keyring_refuse(path, "cannot be written");
}

bool
keyring_lock(int fd, short kind, int32_t first, int32_t last)
{
	struct flock lock = { .l_type = kind,
		.l_whence = SEEK_SET,
		.l_start = first,
		.l_len = last - first + 1 };

	/* a length of 0 would mean all that follows */
	return last < first || fcntl(fd, F_SETLK, &lock) == 0;
}
