#include "fcgi/fastcgi.h"

#include <errno.h>
#include <fcgiapp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "fcgi/log.h"
#include "fcgi/metrics.h"
#include "fcgi/sm.h"

static void
on_term(int signal_number)
{
	(void)signal_number;
	FCGX_ShutdownPending();
}

enum err
fastcgi_listen(const char *path, int backlog, int *ret_fd)
{
	int fd;

	if (FCGX_Init() != 0 || (fd = FCGX_OpenSocket(path, backlog)) < 0) {
		log_line(LOG_ERROR, "listen", "socket=\"%s\" errno=%d", path, errno);
		return ERR_UNAVAILABLE;
	}
	/* who may connect is decided by the folder the socket lies in */
	chmod(path, 0666);
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

static void
begin(struct req *q, FCGX_Request *request)
{
	char *end;
	const char *length = or_empty(FCGX_GetParam("CONTENT_LENGTH", request->envp));

	q->transport = request;
	q->header = header;
	q->method = or_empty(header(q, "REQUEST_METHOD"));
	q->path = or_empty(header(q, "DOCUMENT_URI"));
	q->address = or_empty(header(q, "REMOTE_ADDR"));
	q->request_id = or_empty(header(q, "REQUEST_ID"));
	q->now = (int64_t)time(NULL);
	q->body_length = strtoll(length, &end, 10);
	if (*end || q->body_length < 0)
		q->body_length = INT64_MAX; /* refused by the first gate */
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
	char *text = q->reply ? json_dumps(q->reply, JSON_COMPACT) : NULL;
	const void *bytes = text ? text : q->bytes;
	size_t size = text ? strlen(text) : q->bytes ? q->nbytes : 0;

	send_headers(q, out, size);
	if (size && q->status != 204 && strcmp(q->method, "HEAD") != 0)
		FCGX_PutStr(bytes, (int)size, out);
	free(text);
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
	FCGX_Finish_r(request);
	int64_t micros = micros_since(&start);
	metrics_count(q->status, micros);
	log_line(q->status >= 500 ? LOG_ERROR : LOG_INFO, "request",
	    "method=%s route=\"%s\" status=%d us=%lld id=%s address=%s",
	    q->route ? q->route->method : "-", q->route ? q->route->path : "-", q->status,
	    (long long)micros, id, address);
	req_release(q);
}

enum err
fastcgi_serve(int fd, const struct program *program, struct req *q, unsigned most)
{
	struct sigaction action = { .sa_handler = on_term };
	FCGX_Request request;

	sigaction(SIGTERM, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	if (FCGX_InitRequest(&request, fd, 0) != 0)
		return ERR_INTERNAL;
	for (unsigned n = 0; n < most && FCGX_Accept_r(&request) >= 0; n++)
		serve_one(program, q, &request);
	FCGX_Free(&request, 1);
	return ERR_OK;
}
