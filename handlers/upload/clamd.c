#include "handlers/upload/clamd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "fcgi/base/log.h"

#define PIECE 65536
#define ANSWER_MAX 1024
#define PATIENCE 60 /* seconds */

struct clamd_settings clamd_settings = { .socket = "" };
static const struct setting rows[] = {
	SETTING(struct clamd_settings, socket, "CLAMD", ""),
};
const struct settings clamd_settings_table = SETTINGS(rows, clamd_settings);

static enum err
failed(const char *what)
{
	log_line(LOG_ERROR, "clamd", "what=%s errno=%d", what, errno);
	return ERR_UNAVAILABLE;
}

static enum err
reach(const char *path, int *ret)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const struct timeval patience = { .tv_sec = PATIENCE };

	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return failed("path");
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	int s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (s < 0)
		return failed("socket");
	if (setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) != 0 ||
	    setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience)) != 0 ||
	    connect(s, (const struct sockaddr *)&address, sizeof(address)) != 0) {
		enum err e = failed("connect");
		close(s);
		return e;
	}
	*ret = s;
	return ERR_OK;
}

static enum err
send_all(int s, const void *bytes, size_t size)
{
	const char *at = bytes;

	while (size > 0) {
		ssize_t n = send(s, at, size, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return failed("send");
		at += n;
		size -= (size_t)n;
	}
	return ERR_OK;
}

/* Each piece behind its length; a length of 0 is the end. */
static enum err
send_file(int s, int fd)
{
	char piece[PIECE];
	off_t at = 0;
	ssize_t n;

	TRY(send_all(s, "zINSTREAM", sizeof("zINSTREAM")));
	do {
		n = pread(fd, piece, sizeof(piece), at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return failed("read");
		uint32_t length = htonl((uint32_t)n);
		TRY(send_all(s, &length, sizeof(length)));
		TRY(send_all(s, piece, (size_t)n));
		at += n;
	} while (n != 0);
	return ERR_OK;
}

static enum err
hear(int s, char answer[ANSWER_MAX])
{
	size_t size = 0;

	while (size < ANSWER_MAX - 1) {
		ssize_t n = recv(s, answer + size, ANSWER_MAX - 1 - size, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return failed("recv");
		if (n == 0)
			break;
		size += (size_t)n;
	}
	answer[size] = '\0';
	return ERR_OK;
}

/* "stream: OK", "stream: NAME FOUND", anything else. */
static enum err
understand(const char *answer, struct arena *arena, const char **ret_found)
{
	static const char head[] = "stream: ", tail[] = " FOUND";
	size_t size = strlen(answer), h = sizeof(head) - 1, t = sizeof(tail) - 1;

	*ret_found = NULL;
	if (strcmp(answer, "stream: OK") == 0)
		return ERR_OK;
	if (size > h + t && strncmp(answer, head, h) == 0 && strcmp(answer + size - t, tail) == 0) {
		*ret_found = arena_strndup(arena, answer + h, size - h - t);
		return ERR_OK;
	}
	log_line(LOG_ERROR, "clamd", "what=answer text=\"%.60s\"", answer);
	return ERR_UNAVAILABLE;
}

enum err
clamd_scan(const char *socket, int fd, struct arena *arena, const char **ret_found)
{
	char answer[ANSWER_MAX];
	int s;

	TRY(reach(socket, &s));
	enum err sent = send_file(s, fd);
	/* One that refuses a stream says so and hangs up while it is still sent. */
	enum err heard = hear(s, answer);
	close(s);
	TRY(heard);
	return sent == ERR_OK ? understand(answer, arena, ret_found) : sent;
}
