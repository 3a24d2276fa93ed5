#include "fcgi/request.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/session.h"

enum err
reply_json(struct req *q, int status, json_t *body)
{
	if (!body)
		return ERR_INTERNAL;
	json_decref(q->reply);
	q->reply = body;
	q->status = status;
	return ERR_OK;
}

enum err
reply_empty(struct req *q, int status)
{
	q->status = status;
	return ERR_OK;
}

enum err
reply_bytes(struct req *q, const char *type, const void *bytes, size_t size)
{
	q->status = 200;
	q->content_type = type;
	q->bytes = bytes;
	q->nbytes = size;
	return ERR_OK;
}

void
reply_header(struct req *q, const char *name, const char *value)
{
	if (q->nheaders == REPLY_HEADERS_MAX)
		abort(); /* a handler of ours sets more headers than there are */
	q->headers[q->nheaders++] = (struct param){ name, value };
}

enum err
refuse(struct req *q, enum err e, const char *text)
{
	q->detail = text;
	return e;
}

enum err
refuse_field(struct req *q, const char *field, const char *text)
{
	if (q->errors.count < FORM_FIELDS_MAX)
		q->errors.list[q->errors.count++] = (struct field_error){ field, text };
	return ERR_INVALID;
}

enum err
form_bind(const struct form *form, struct req *q, const char *variant, enum form_mode mode,
    void *out)
{
	return form_read(form, q->input, variant, mode, q->arena, &q->errors, out);
}

const char *
query_get(const struct req *q, const char *name)
{
	for (size_t i = 0; i < q->nquery; i++)
		if (strcmp(q->query[i].name, name) == 0)
			return q->query[i].value;
	return NULL;
}

int64_t
query_int(const struct req *q, const char *name, int64_t min, int64_t max, int64_t fallback)
{
	const char *text = query_get(q, name);
	char *end;

	if (!text || !*text || *text == ' ')
		return fallback;
	errno = 0;
	long long value = strtoll(text, &end, 10);
	if (errno || *end || value < min || value > max)
		return fallback;
	return value;
}

void
req_release(struct req *q)
{
	struct arena *arena = q->arena;

	json_decref(q->input);
	json_decref(q->reply);
	if (q->session)
		json_decref(q->session->data);
	arena_reset(arena);
	*q = (struct req){ .arena = arena,
		.db = q->db,
		.kv = q->kv,
		.config = q->config,
		.keyring = q->keyring };
}
