#include "fcgi/http/fastcgi.h"

#include <errno.h>
#include <fcgiapp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "fcgi/base/log.h"
#include "fcgi/http/metrics.h"
#include "fcgi/http/query.h"

#define IDLE_MS 1000

/* A socket bound to `path`; what lies there is replaced if it is a socket too. -1, see errno. */
static int
bound(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct stat st;

	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	if (lstat(path, &st) == 0 && S_ISSOCK(st.st_mode))
		unlink(path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0 && bind(fd, (const struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	int why = errno;
	if (fd >= 0)
		close(fd);
	errno = why;
	return -1;
}

enum err
fastcgi_listen(const char *path, int backlog, int *ret_fd)
{
	/* not FCGX_OpenSocket(): it ends the process when it fails */
	int fd = bound(path);

	/* who may connect is decided by the folder the socket lies in */
	if (fd < 0 || chmod(path, 0666) || listen(fd, backlog)) {
		log_line(LOG_ERROR, "listen", "socket=\"%s\" errno=%d", path, errno);
		if (fd >= 0)
			close(fd);
		return ERR_UNAVAILABLE;
	}
	*ret_fd = fd;
	return ERR_OK;
}

static const char *
header(const struct req *q, const char *name)
{
	const FCGX_Request *request = q->transport;

	return FCGX_GetParam(name, request->envp);
}

static ssize_t
read_in(void *from, void *bytes, size_t size)
{
	int most = size > 65536 ? 65536 : (int)size;
	int n = FCGX_GetStr(bytes, most, from);

	if (n < most && FCGX_GetError(from))
		return -1;
	return n;
}

static const char *
or_empty(const char *text)
{
	return text ? text : "";
}

/* The declared length; what is no number is refused by the first gate as too large. */
static int64_t
length_of(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	if (text[digits] || digits > 18)
		return INT64_MAX;
	return strtoll(text, NULL, 10);
}

/* Where nothing but GET and POST gets through, a POST says what it stands for. */
static const char *
method_of(const struct req *q)
{
	static const char *const meant[] = { "PATCH", "DELETE", "HEAD" };
	const char *method = or_empty(header(q, "REQUEST_METHOD"));
	const char *other = or_empty(header(q, "HTTP_X_HTTP_METHOD_OVERRIDE"));

	if (strcmp(method, "POST") == 0)
		for (size_t i = 0; i < COUNT(meant); i++)
			if (strcmp(other, meant[i]) == 0)
				return meant[i];
	return method;
}

static void
begin(struct req *q, FCGX_Request *request)
{
	q->transport = request;
	q->header = header;
	q->method = method_of(q);
	q->path = or_empty(header(q, "DOCUMENT_URI"));
	q->address = or_empty(header(q, "REMOTE_ADDR"));
	q->request_id = or_empty(header(q, "REQUEST_ID"));
	q->now = (int64_t)time(NULL);
	q->body_length = length_of(or_empty(header(q, "CONTENT_LENGTH")));
	q->body = (struct body_source){ read_in, request->in };
	query_read(q, or_empty(header(q, "QUERY_STRING")));
}

static void
send_headers(const struct req *q, FCGX_Stream *out, size_t length)
{
	bool has_cache = false;

	FCGX_FPrintF(out, "Status: %d\r\n", q->status);
	for (size_t i = 0; i < q->nheaders; i++) {
		FCGX_FPrintF(out, "%s: %s\r\n", q->headers[i].name, q->headers[i].value);
		has_cache = has_cache || strcmp(q->headers[i].name, "Cache-Control") == 0;
	}
	if (!has_cache)
		FCGX_FPrintF(out, "Cache-Control: no-store\r\n");
	if (q->content_type && q->status != 204)
		FCGX_FPrintF(out, "Content-Type: %s\r\n", q->content_type);
	if (q->status != 204 && strcmp(q->method, "HEAD") != 0)
		FCGX_FPrintF(out, "Content-Length: %lu\r\n", (unsigned long)length);
	FCGX_FPrintF(out, "\r\n");
}

static void
send_reply(const struct req *q, FCGX_Stream *out)
{
	size_t size = q->bytes ? q->nbytes : 0;

	send_headers(q, out, size);
	if (size && q->status != 204 && strcmp(q->method, "HEAD") != 0)
		FCGX_PutStr(q->bytes, (int)size, out);
}

static int64_t
micros_since(const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - start->tv_sec) * 1000000 + (now.tv_nsec - start->tv_nsec) / 1000;
}

static void
serve_one(const struct program *program, struct req *q, FCGX_Request *request)
{
	struct timespec start;
	char id[40], address[48];

	clock_gettime(CLOCK_MONOTONIC, &start);
	begin(q, request);
	log_safe(id, sizeof(id), q->request_id); /* finishing frees what the transport said */
	log_safe(address, sizeof(address), q->address);
	dispatch(program, q);
	send_reply(q, request->out);
	/* a kept connection would tie this worker to it: see fastcgi_serve() */
	request->keepConnection = 0;
	FCGX_Finish_r(request);
	int64_t micros = micros_since(&start);
	metrics_count(q->status, micros);
	log_line(q->status >= 500 ? LOG_ERROR : LOG_INFO, "request",
	    "method=%s route=\"%s\" status=%d us=%lld id=%s address=%s",
	    q->route ? q->route->method : "-", q->route ? q->route->path : "-", q->status,
	    (long long)micros, id, address);
	req_release(q);
}

static volatile sig_atomic_t leaving;

static void
on_term(int signal_number)
{
	(void)signal_number;
	leaving = 1;
}

/* Waits until a request may be there, or IDLE_MS. False when SIGTERM has come; it can come only here. */
static bool
wait_for_one(int poll, const sigset_t *between)
{
	struct epoll_event event;
	sigset_t pending;

	/* on a busy socket the wait never lasts long enough to be interrupted */
	if (sigpending(&pending) == 0 && sigismember(&pending, SIGTERM) == 1)
		return false;
	return epoll_pwait(poll, &event, 1, IDLE_MS, between) >= 0 || (errno == EINTR && !leaving);
}

static int
poll_of(int fd)
{
	/* of several workers that wait for the same socket one is woken */
	struct epoll_event event = { .events = EPOLLIN | EPOLLEXCLUSIVE };
	int poll = epoll_create1(EPOLL_CLOEXEC);

	if (poll >= 0 && epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event) == 0)
		return poll;
	log_line(LOG_ERROR, "serve", "what=epoll errno=%d", errno);
	if (poll >= 0)
		close(poll);
	return -1;
}

/*
 * A signal in the middle of a request would interrupt its reads and writes,
 * and one just before a blocking accept() would go unnoticed. So SIGTERM is
 * blocked but in the wait between two requests, and accept() does not block.
 */
enum err
fastcgi_serve(int fd, const struct program *program, struct req *q, unsigned most)
{
	const struct sigaction action = { .sa_handler = on_term };
	sigset_t between, term;
	FCGX_Request request;
	int poll = poll_of(fd);

	if (poll < 0 || FCGX_Init() != 0 || FCGX_InitRequest(&request, fd, 0) != 0)
		return ERR_INTERNAL;
	sigaction(SIGTERM, &action, NULL);
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, &between);
	sigdelset(&between, SIGTERM);
	int status = 0;
	for (unsigned n = 0; n < most && wait_for_one(poll, &between);) {
		status = FCGX_Accept_r(&request);
		if (status == -EAGAIN) { /* nothing came, or another worker was quicker */
			if (program->ready)
				program->ready(q);
			continue;
		}
		if (status < 0)
			break;
		serve_one(program, q, &request);
		n++;
	}
	FCGX_Free(&request, 1);
	close(poll);
	if (status >= 0 || status == -EAGAIN)
		return ERR_OK;
	log_line(LOG_ERROR, "serve", "what=accept errno=%d", -status);
	return ERR_UNAVAILABLE;
}
