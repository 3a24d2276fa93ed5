#include "handlers/upload/check/inspector.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fcgi/base/log.h"
#include "handlers/rules/check/media.h"
#include "handlers/upload/check/jail.h"
#include "handlers/upload/check/kind.h"

#define LOOK_MS 250     /* between two looks at what the child has used */
#define COMPUTE_MS 5000 /* processor time for one file, however long that is by the clock */
#define IDLE_MS 20000   /* without using any: the host has none to give */
#define FILES_MAX 50    /* then a fresh child: what one file did to it must not reach many others */

static struct {
	pid_t pid, parent;
	int socket;
	unsigned asked;
} child;

/* ---- the child ------------------------------------------------------------- */

/* What comes over the socket: numbers, and with a question two files. */
struct told {
	uint32_t reason, kind;
	uint64_t copy;
};
enum { FILE_FD, COPY_FD, FDS };

/* A file, and where its copy goes. false: nobody asks any more. */
static bool
receive(int socket, struct wanted *ret, int fds[FDS])
{
	char control[CMSG_SPACE(sizeof(int[FDS]))];
	struct iovec data = { ret, sizeof(*ret) };
	struct msghdr message = { .msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control) };
	struct cmsghdr *header;

	if (recvmsg(socket, &message, 0) != sizeof(*ret))
		return false;
	header = CMSG_FIRSTHDR(&message);
	if (!header || header->cmsg_type != SCM_RIGHTS ||
	    header->cmsg_len != CMSG_LEN(sizeof(int[FDS])))
		return false;
	memcpy(fds, CMSG_DATA(header), sizeof(int[FDS]));
	return true;
}

/* The whole of a file in memory; at: NULL for an empty one, and when there is no room. */
static struct bytes
map(int fd, bool writable)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || st.st_size <= 0)
		return (struct bytes){ 0 };
	void *at = mmap(NULL, (size_t)st.st_size, writable ? PROT_READ | PROT_WRITE : PROT_READ,
	    writable ? MAP_SHARED : MAP_PRIVATE, fd, 0);
	return at == MAP_FAILED ? (struct bytes){ 0 } : (struct bytes){ at, (size_t)st.st_size };
}

static void
unmap(struct bytes b)
{
	if (b.at)
		munmap((void *)(uintptr_t)b.at, b.size);
}

static struct told
look(struct wanted wanted, const int fds[FDS])
{
	struct bytes file = map(fds[FILE_FD], false), room = map(fds[COPY_FD], true);
	struct copy copy = { .room = (unsigned char *)(uintptr_t)room.at, .max = room.size };
	enum reason reason = REASON_UNCHECKED;
	enum file_kind kind = 0;

	if (file.at)
		reason = inspect_kind(wanted, file, &copy, &kind);
	unmap(file);
	unmap(room);
	return (struct told){ reason, kind, copy.size };
}

/* What libraries open or ask for once, they do before the jail: behind it, it would be their end. */
static void
make_ready(void)
{
	setenv("TZ", "UTC0", 1); /* libmagic and libarchive read dates */
	tzset();
	setlocale(LC_CTYPE, "C.UTF-8"); /* libarchive converts names */
	kind_make_ready();
}

static _Noreturn void
answer_until_alone(int socket)
{
	prctl(PR_SET_NAME, "portal inspect");
	make_ready();
	if (jail_enter(socket, JAIL_KILL) != ERR_OK)
		_exit(1);
	for (;;) {
		struct wanted wanted;
		int fds[FDS];

		if (!receive(3, &wanted, fds))
			_exit(0);
		struct told answer = look(wanted, fds);
		close(fds[FILE_FD]);
		close(fds[COPY_FD]);
		if (send(3, &answer, sizeof(answer), MSG_NOSIGNAL) != sizeof(answer))
			_exit(0);
	}
}

/* ---- its parent -------------------------------------------------------------- */

static void
end_child(void)
{
	int status = 0;

	if (!child.pid)
		return;
	close(child.socket);
	if (child.parent == getpid()) { /* after a fork, it is somebody else's */
		kill(child.pid, SIGKILL);
		waitpid(child.pid, &status, 0);
	}
	child.pid = 0;
}

static bool
begin_child(void)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
		log_line(LOG_ERROR, "inspect", "what=socketpair errno=%d", errno);
		return false;
	}
	pid_t pid = fork();
	if (pid == 0)
		answer_until_alone(pair[1]);
	close(pair[1]);
	if (pid < 0) {
		log_line(LOG_ERROR, "inspect", "what=fork errno=%d", errno);
		close(pair[0]);
		return false;
	}
	child.pid = pid;
	child.parent = getpid();
	child.socket = pair[0];
	child.asked = 0;
	return true;
}

static bool
ask(struct wanted wanted, const int fds[FDS])
{
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof(int[FDS]))];
	} control = { 0 };
	struct iovec data = { &wanted, sizeof(wanted) };
	struct msghdr message = { .msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control) };

	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(sizeof(int[FDS]));
	memcpy(CMSG_DATA(&control.header), fds, sizeof(int[FDS]));
	return sendmsg(child.socket, &message, MSG_NOSIGNAL) == sizeof(wanted);
}

/* Processor time the child has used so far; 0 when it is gone. */
static int64_t
used_ms(void)
{
	struct timespec t = { 0 };
	clockid_t clock;

	if (clock_getcpuclockid(child.pid, &clock) != 0 || clock_gettime(clock, &t) != 0)
		return 0;
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

enum heard { ANSWER, TOO_LONG, NO_TIME, DEATH };

static const char *const heard_words[] = { "answer", "too_long", "no_time", "died" };

/* A file that takes long because the host is busy is not the file's fault. */
static enum heard
hear(struct told *ret)
{
	struct pollfd socket = { .fd = child.socket, .events = POLLIN };
	int64_t before = used_ms(), used = before;

	for (int idle = 0; idle < IDLE_MS; idle += LOOK_MS) {
		if (poll(&socket, 1, LOOK_MS) > 0)
			return recv(child.socket, ret, sizeof(*ret), 0) == sizeof(*ret) &&
				       ret->reason < REASON_COUNT
				   ? ANSWER
				   : DEATH;
		int64_t now = used_ms();
		if (now - before >= COMPUTE_MS)
			return TOO_LONG;
		if (now != used)
			idle = 0;
		used = now;
	}
	return NO_TIME;
}

static bool
ready_child(void)
{
	if (child.asked >= FILES_MAX || child.parent != getpid())
		end_child();
	return child.pid || begin_child();
}

/* Whatever a file made of the checker, it can say no more than this. */
static bool
is_plausible(const struct told *answer, struct wanted wanted, int copy)
{
	struct stat st;

	if (fstat(copy, &st) != 0 || answer->copy > (uint64_t)st.st_size)
		return false;
	return answer->reason != REASON_NONE ||
	       (media_by_kind((enum file_kind)answer->kind) && (answer->kind & wanted.kinds));
}

enum err
inspector_ask(struct wanted wanted, int fd, int copy, struct finding *ret)
{
	struct told answer = { .reason = REASON_UNCHECKED };
	enum heard heard = DEATH;

	/* Once more after a death: it may have been the kernel's, for want of memory, or anybody's. */
	for (int attempt = 0; attempt < 2 && heard == DEATH; attempt++) {
		if (!ready_child())
			return ERR_UNAVAILABLE;
		child.asked++;
		heard = ask(wanted, (const int[FDS]){ fd, copy }) ? hear(&answer) : DEATH;
		if (heard == ANSWER)
			break;
		log_line(LOG_ERROR, "inspect", "what=%s named=%u pid=%d", heard_words[heard],
		    wanted.named, (int)child.pid);
		end_child();
	}
	if (heard == NO_TIME)
		return ERR_UNAVAILABLE;
	if (heard != ANSWER || !is_plausible(&answer, wanted, copy))
		answer = (struct told){ .reason = REASON_UNCHECKED };
	*ret = (struct finding){ .reason = (enum reason)answer.reason,
		.kind = (enum file_kind)answer.kind,
		.copy = (size_t)answer.copy };
	return ERR_OK;
}
