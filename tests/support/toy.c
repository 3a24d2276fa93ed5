#include "tests/support/toy.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "fcgi/http/fastcgi.h"
#include "fcgi/http/metrics.h"
#include "fcgi/http/query.h"
#include "fcgi/http/serve.h"

#define MIB ((size_t)1024 * 1024)
#define BROKEN 200 /* exit status of a master that could not work */

char toy_socket[64];

static int listener = -1;
static unsigned requests;
static int arrived[2], released[2]; /* pipes: worker to test, test to worker */

/* ---- the handlers -------------------------------------------------------- */

static enum err
pid_show(struct req *q)
{
	int fds = 0;
	DIR *open = opendir("/proc/self/fd");

	while (readdir(open))
		fds++;
	closedir(open);
	return reply_json(q, 200, json_pack("{si si}", "pid", (int)getpid(), "fds", fds));
}

static enum err
slow_show(struct req *q)
{
	char byte = 0;

	if (write(arrived[1], &byte, 1) != 1 || read(released[0], &byte, 1) != 1)
		return ERR_INTERNAL;
	return reply_json(q, 200, json_pack("{sb}", "slow", 1));
}

static enum err
die(struct req *q)
{
	kill(getpid(), SIGKILL);
	return reply_empty(q, 204);
}

static enum err
query_show(struct req *q)
{
	return reply_json(q, 200, json_pack("{ss?}", "a", query_get(q, "a")));
}

static enum err
none_show(struct req *q)
{
	return reply_empty(q, 204);
}

static enum err
page_show(struct req *q)
{
	size_t size = 100000;
	char *text = arena_alloc(q->arena, size);

	memset(text, 'x', size);
	reply_header(q, "Cache-Control", "max-age=60");
	return reply_bytes(q, "text/plain", text, size);
}

static enum err
echo(struct req *q)
{
	size_t got = 0, size = (size_t)q->body_length;
	char *bytes = arena_alloc(q->arena, size);

	while (got < size) {
		ssize_t n = q->body.read(q->body.from, bytes + got, size - got);

		if (n <= 0)
			return ERR_BAD_REQUEST;
		got += (size_t)n;
	}
	return reply_bytes(q, "application/octet-stream", bytes, size);
}

static enum err
json_echo(struct req *q)
{
	return reply_json(q, 200, json_incref(q->input));
}

static const struct form any = { .name = "any" };
static const struct route rows[] = {
	{ "GET", "/pid", pid_show, WHO_ANYONE, 0, 0, 0, NULL, NULL, NULL },
	{ "HEAD", "/pid", pid_show, WHO_ANYONE, 0, 0, 0, NULL, NULL, NULL },
	{ "GET", "/slow", slow_show, WHO_ANYONE, 0, 0, 0, NULL, NULL, NULL },
	{ "GET", "/die", die, WHO_ANYONE, 0, 0, 0, NULL, NULL, NULL },
	{ "GET", "/query", query_show, WHO_ANYONE, 0, 0, 0, NULL, NULL, NULL },
	{ "GET", "/none", none_show, WHO_ANYONE, 0, 0, 0, NULL, NULL, NULL },
	{ "GET", "/page", page_show, WHO_ANYONE, 0, 0, 0, NULL, NULL, NULL },
	{ "POST", "/echo", echo, WHO_ANYONE, 0, 4 * MIB, 0, NULL, NULL, NULL },
	{ "POST", "/json", json_echo, WHO_ANYONE, 0, 1000, 0, &any, NULL, NULL },
};
static const struct route_table table = { rows, COUNT(rows) };
static const struct program program = { .routes = &table };

/* ---- starting and stopping ----------------------------------------------- */

static int
work(void *context)
{
	struct req q = { .arena = arena_new(16 * MIB) };
	enum err e = fastcgi_serve(listener, &program, &q, requests);

	(void)context;
	arena_free(q.arena);
	return e != ERR_OK;
}

static char folder[] = "/tmp/toy.XXXXXX";
static pid_t owner;

static void
forget_folder(void)
{
	if (getpid() != owner)
		return;
	unlink(toy_socket);
	rmdir(folder);
}

static void
make_folder(void)
{
	if (!mkdtemp(folder) || pipe2(arrived, O_CLOEXEC) || pipe2(released, O_CLOEXEC) ||
	    atexit(forget_folder))
		abort();
	owner = getpid();
	snprintf(toy_socket, sizeof(toy_socket), "%s/s", folder);
}

/* How many workers ended unasked: crashed, or with a leak found at their end. */
static int
died(void)
{
	struct arena *arena = arena_new(MIB);
	size_t size;
	const char *line = strstr(metrics_text(arena, &size), "\nportal_workers_died_total ");

	return line ? (int)strtol(strrchr(line, ' '), NULL, 10) : BROKEN;
}

pid_t
toy_start(unsigned workers, unsigned most)
{
	if (!*toy_socket)
		make_folder();
	requests = most;
	if (fastcgi_listen(toy_socket, 1024, &listener) != ERR_OK)
		abort();
	pid_t pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL); /* whatever becomes of the test */
		signal(SIGPIPE, SIG_IGN);
		metrics_init();
		if (serve_prefork(workers, work, NULL) != ERR_OK)
			_exit(BROKEN);
		_exit(died());
	}
	close(listener);
	return pid;
}

int
toy_stop(pid_t master)
{
	int status;

	kill(master, SIGTERM);
	return waitpid(master, &status, 0) == master && WIFEXITED(status) ? WEXITSTATUS(status)
									  : -1;
}

/* ---- asking -------------------------------------------------------------- */

bool
toy_ask(const char *method, const char *uri, struct fcgi_reply *ret)
{
	return fcgi_ask(toy_socket, method, uri, NULL, NULL, NULL, ret);
}

pid_t
toy_pid(void)
{
	static struct fcgi_reply reply;

	if (!toy_ask("GET", "/pid", &reply) || reply.status != 200)
		return 0;
	json_t *body = json_loadb(reply.body, reply.size, 0, NULL);
	pid_t pid = (pid_t)json_integer_value(json_object_get(body, "pid"));
	json_decref(body);
	return pid;
}

int
toy_slow(void)
{
	const struct fcgi_param params[] = { { "REQUEST_METHOD", "GET" },
		{ "DOCUMENT_URI", "/slow" } };
	int fd = fcgi_connect(toy_socket);
	char byte;

	if (!fcgi_begin(fd, false) || !fcgi_params(fd, params, 2) || !fcgi_body(fd, "", 0) ||
	    read(arrived[0], &byte, 1) != 1)
		abort();
	return fd;
}

void
toy_release(void)
{
	if (write(released[1], "", 1) != 1)
		abort();
}
