#include "tests/support/request.h"

#include <string.h>

#include "fcgi/http/session.h"
#include "handlers/common/who.h"

#define HEADERS_MAX 16
#define ARENA ((size_t)8 << 20)

static struct param headers[HEADERS_MAX];
static size_t nheaders;
static struct session session;
static struct {
	const char *bytes;
	size_t left;
} body;

static const char *
header(const struct req *q, const char *name)
{
	(void)q;
	for (size_t i = 0; i < nheaders; i++)
		if (strcmp(headers[i].name, name) == 0)
			return headers[i].value;
	return NULL;
}

static ssize_t
read_body(void *from, void *bytes, size_t size)
{
	size_t n = size < body.left ? size : body.left;

	(void)from;
	memcpy(bytes, body.bytes, n);
	body.bytes += n;
	body.left -= n;
	return (ssize_t)n;
}

void
request_begin(struct req *q, const char *method, const char *path)
{
	if (!q->arena)
		q->arena = arena_new(ARENA);
	req_release(q);
	nheaders = 0;
	body.left = 0;
	session = (struct session){
		.id = "0000000000000000000000000000000000000000000000000000000000000000",
		.csrf = "00000000000000000000000000000000",
		.data = json_object()
	};
	q->method = method;
	q->path = path;
	q->address = "192.0.2.1";
	q->request_id = "test";
	q->now = 1700000000;
	q->header = header;
	q->body.read = read_body;
	q->session = &session;
}

void
request_header(struct req *q, const char *name, const char *value)
{
	size_t i = 0;

	(void)q;
	while (i < nheaders && strcmp(headers[i].name, name) != 0)
		i++;
	if (i < HEADERS_MAX)
		headers[i] = (struct param){ name, value };
	if (i == nheaders && i < HEADERS_MAX)
		nheaders++;
}

void
request_person(struct req *q, unsigned role, int64_t user_id, int64_t unit_id, int64_t bureau_id)
{
	q->session->role = role;
	q->session->user_id = user_id;
	json_object_set_new(q->session->data, WHO_UNIT, json_integer(unit_id));
	json_object_set_new(q->session->data, WHO_BUREAU, json_integer(bureau_id));
}

void
request_body(struct req *q, const char *bytes, size_t size)
{
	body.bytes = bytes;
	body.left = size;
	q->body_length = (int64_t)size;
}

const char *
reply_get(const struct req *q, const char *name)
{
	for (size_t i = 0; i < q->nheaders; i++)
		if (strcmp(q->headers[i].name, name) == 0)
			return q->headers[i].value;
	return NULL;
}
