#include "handlers/upload/check/inspector.h"

#include <errno.h>
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
#include "handlers/upload/check/jail.h"
#include "handlers/upload/check/kind.h"

#define LOOK_MS 250       /* between two looks at what the child has used */
#define COMPUTE_MS 5000   /* processor time for one file; a busy host takes longer for that */
#define PATIENCE_MS 15000 /* for one file, whatever the child does */
#define FILES_MAX 50 /* then a fresh child: what one file did to it must not reach many others */

static struct {
	pid_t pid, parent;
	int socket;
	unsigned asked;
} child;

/* ---- the child ------------------------------------------------------------- */

/* One file and its kind. -1: nobody asks any more. */
static int
receive(int socket, uint32_t *ret_kind)
{
	char control[CMSG_SPACE(sizeof(int))];
	struct iovec data = { ret_kind, sizeof(*ret_kind) };
	struct msghdr message = { .msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control) };
	struct cmsghdr *header;
	int fd;

	if (recvmsg(socket, &message, 0) != sizeof(*ret_kind))
		return -1;
	header = CMSG_FIRSTHDR(&message);
	if (!header || header->cmsg_type != SCM_RIGHTS)
		return -1;
	memcpy(&fd, CMSG_DATA(header), sizeof(fd));
	return fd;
}

static enum reason
look(enum file_kind kind, int fd)
{
	struct stat st;
	void *bytes;

	if (fstat(fd, &st) != 0 || st.st_size <= 0)
		return REASON_UNCHECKED;
	bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		return REASON_UNCHECKED;
	enum reason reason = inspect_kind(kind, (struct bytes){ bytes, (size_t)st.st_size });
	munmap(bytes, (size_t)st.st_size);
	return reason;
}

static _Noreturn void
answer_until_alone(int socket)
{
	prctl(PR_SET_NAME, "portal inspect");
	setenv("TZ", "UTC0",
	    1); /* libmagic reads dates, for which the zone's file is opened once */
	tzset();
	if (jail_enter(socket, JAIL_KILL) != ERR_OK)
		_exit(1);
	for (;;) {
		uint32_t kind, answer;
		int fd = receive(3, &kind);

		if (fd < 0)
			_exit(0);
		answer = look((enum file_kind)kind, fd);
		close(fd);
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
ask(enum file_kind kind, int fd)
{
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof(int))];
	} control = { 0 };
	uint32_t wanted = (uint32_t)kind;
	struct iovec data = { &wanted, sizeof(wanted) };
	struct msghdr message = { .msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control) };

	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
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

enum heard { ANSWER, SILENCE, DEATH };

/* A file that takes long because the host is busy is not the file's fault. */
static enum heard
hear(uint32_t *ret)
{
	struct pollfd socket = { .fd = child.socket, .events = POLLIN };
	int64_t before = used_ms();

	for (int waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
		int n = poll(&socket, 1, LOOK_MS);

		if (n > 0)
			return recv(child.socket, ret, sizeof(*ret), 0) == sizeof(*ret) &&
				       *ret < REASON_COUNT
				   ? ANSWER
				   : DEATH;
		if (used_ms() - before >= COMPUTE_MS)
			break;
	}
	return SILENCE;
}

static bool
ready_child(void)
{
	if (child.asked >= FILES_MAX || child.parent != getpid())
		end_child();
	return child.pid || begin_child();
}

enum err
inspector_ask(enum file_kind kind, int fd, enum reason *ret)
{
	uint32_t answer = REASON_UNCHECKED;

	/* Once more after a death: it may have been the kernel's, for want of memory, or anybody's. */
	for (int attempt = 0; attempt < 2; attempt++) {
		if (!ready_child())
			return ERR_UNAVAILABLE;
		child.asked++;
		enum heard heard = ask(kind, fd) ? hear(&answer) : DEATH;
		if (heard == ANSWER)
			break;
		log_line(LOG_ERROR, "inspect", "what=%s kind=%u pid=%d",
		    heard == SILENCE ? "no_answer" : "died", (unsigned)kind, (int)child.pid);
		end_child();
		if (heard == SILENCE)
			break;
	}
	*ret = (enum reason)answer;
	return ERR_OK;
}
