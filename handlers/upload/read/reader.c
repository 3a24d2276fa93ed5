#include "handlers/upload/read/reader.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fcgi/base/log.h"

#define PATIENCE_MS 60000 /* a photograph takes some seconds, on a busy host more */
#define PATIENCE_TEXT_MS 3000
#define TEXT_ONLY "text" /* as portal-reader expects it */
#define SOCKET 3         /* as portal-reader expects it */
#define NAME "portal-reader"

struct reader_settings reader_settings = { .program = "" };
static const struct setting rows[] = {
	SETTING(struct reader_settings, program, "READER", ""),
};
const struct settings reader_settings_table = SETTINGS(rows, reader_settings);

static enum err
failed(const char *what)
{
	log_line(LOG_ERROR, "reader", "what=%s errno=%d", what, errno);
	return ERR_UNAVAILABLE;
}

static const char *
program(struct arena *arena)
{
	char self[4096];

	if (*reader_settings.program)
		return reader_settings.program;
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	if (n <= 0)
		return NAME;
	self[n] = '\0';
	char *name = strrchr(self, '/');
	*(name ? name : self) = '\0';
	return arena_printf(arena, "%s/" NAME, self);
}

/* It knows nothing of our settings, and computes with one thread: the jail has no others. */
static enum err
begin(struct arena *arena, int socket, bool text_only, pid_t *ret)
{
	char one_thread[] = "OMP_THREAD_LIMIT=1", name[] = NAME, text[] = TEXT_ONLY;
	char *const environment[] = { one_thread, NULL };
	char *const arguments[] = { name, text_only ? text : NULL, NULL };
	posix_spawn_file_actions_t actions;

	if (posix_spawn_file_actions_init(&actions) != 0)
		return failed("actions");
	posix_spawn_file_actions_adddup2(&actions, socket, SOCKET);
	int e = posix_spawn(ret, program(arena), &actions, NULL, arguments, environment);
	posix_spawn_file_actions_destroy(&actions);
	errno = e;
	return e == 0 ? ERR_OK : failed("spawn");
}

static enum err
give(int socket, int fd)
{
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof(int))];
	} control = { 0 };
	char byte = 0;
	struct iovec data = { &byte, 1 };
	struct msghdr message = { .msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control) };

	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	return sendmsg(socket, &message, MSG_NOSIGNAL) == 1 ? ERR_OK : failed("send");
}

static enum err
hear(struct arena *arena, int socket, int patience, const char **ret)
{
	struct pollfd one = { .fd = socket, .events = POLLIN };
	char *text = arena_alloc(arena, READER_TEXT_MAX);
	int ready;

	do
		ready = poll(&one, 1, patience);
	while (ready < 0 && errno == EINTR);
	if (ready <= 0)
		return failed("silence");
	ssize_t n = recv(socket, text, READER_TEXT_MAX, 0);
	if (n <= 0)
		return failed("death");
	text[n - 1] = '\0';
	*ret = text;
	return ERR_OK;
}

static enum err
exchange(struct arena *arena, int mine, int its, int fd, bool text_only, const char **ret)
{
	pid_t pid;

	enum err e = begin(arena, its, text_only, &pid);
	close(its);
	TRY(e);
	e = give(mine, fd);
	if (e == ERR_OK)
		e = hear(arena, mine, text_only ? PATIENCE_TEXT_MS : PATIENCE_MS, ret);
	kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	return e;
}

static enum err
ask(int fd, struct arena *arena, bool text_only, const char **ret)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return failed("socketpair");
	enum err e = exchange(arena, pair[0], pair[1], fd, text_only, ret);
	close(pair[0]);
	return e;
}

enum err
reader_ask(int fd, struct arena *arena, const char **ret)
{
	return ask(fd, arena, false, ret);
}

enum err
reader_ask_text(int fd, struct arena *arena, const char **ret)
{
	return ask(fd, arena, true, ret);
}
