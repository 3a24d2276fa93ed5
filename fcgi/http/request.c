#include "fcgi/http/request.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#define JSON_TYPE "application/json"

/* Of several answers the last one counts. */
static void
reply_with(struct req *q, int status, const char *type, const void *bytes, size_t size)
{
	q->status = status;
	q->content_type = type;
	q->bytes = bytes;
	q->nbytes = size;
}

enum err
reply_text(struct req *q, int status, const char *json)
{
	if (!json)
		return ERR_INTERNAL;
	reply_with(q, status, JSON_TYPE, json, strlen(json));
	return ERR_OK;
}

enum err
reply_json(struct req *q, int status, json_t *body)
{
	size_t size = json_dumpb(body, NULL, 0, JSON_COMPACT | JSON_ENCODE_ANY);
	char *text = size > 0 ? arena_alloc(q->arena, size + 1) : NULL;

	if (text)
		json_dumpb(body, text, size, JSON_COMPACT | JSON_ENCODE_ANY);
	json_decref(body);
	return reply_text(q, status, text);
}

enum err
reply_empty(struct req *q, int status)
{
	reply_with(q, status, NULL, NULL, 0);
	return ERR_OK;
}

enum err
reply_bytes(struct req *q, const char *type, const void *bytes, size_t size)
{
	reply_with(q, 200, type, bytes, size);
	return ERR_OK;
}

/* A value that cannot end its line. */
static const char *
one_line(struct arena *arena, const char *value)
{
	char *copy = arena_strndup(arena, value, strlen(value));

	for (char *p = copy; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = '_';
	return copy;
}

void
reply_header(struct req *q, const char *name, const char *value)
{
	size_t i = 0;

	while (i < q->nheaders && strcasecmp(q->headers[i].name, name) != 0)
		i++;
	if (i == REPLY_HEADERS_MAX)
		abort(); /* a handler of ours sets more headers than there are */
	q->headers[i] = (struct param){ name, one_line(q->arena, value) };
	if (i == q->nheaders)
		q->nheaders++;
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

enum err
form_collect(const struct form *form, struct req *q, const char *variant, enum form_mode mode,
    void *out)
{
	enum err e = form_bind(form, q, variant, mode, out);

	return e == ERR_INVALID ? ERR_OK : e;
}

enum err
form_end(const struct req *q)
{
	return q->errors.count ? ERR_INVALID : ERR_OK;
}

void
req_release(struct req *q)
{
	struct arena *arena = q->arena;

	json_decref(q->input);
	json_decref(q->kept);
	if (q->session)
		json_decref(q->session->data);
	arena_reset(arena);
	*q = (struct req){ .arena = arena,
		.db = q->db,
		.kv = q->kv,
		.config = q->config,
		.keyring = q->keyring,
		.vault = q->vault };
}
