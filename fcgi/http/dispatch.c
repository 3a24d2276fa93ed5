#include "fcgi/http/dispatch.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "fcgi/base/time.h"
#include "fcgi/http/config.h"
#include "fcgi/http/network.h"
#include "fcgi/http/session.h"
#include "fcgi/store/kv.h"

static const struct kv_family rate = { "rate", MINUTE };

static enum err
gate_length(struct req *q)
{
	return q->body_length > (int64_t)q->route->body_max ? ERR_TOO_LARGE : ERR_OK;
}

/*
 * Addresses that need a session count by person, so that an office behind one
 * address is not one visitor; those open to anyone count by address.
 */
static enum err
count_visit(struct req *q, const char *visitor, int64_t most)
{
	int64_t count, left;

	TRY(kv_count(q->kv, &rate,
	    arena_printf(q->arena, "%.64s%.64s/%.64s", q->method, q->route->path, visitor), &count,
	    &left));
	if (count <= most)
		return ERR_OK;
	reply_header(q, "Retry-After",
	    arena_printf(q->arena, "%lld", left > 0 ? (long long)left : 1));
	return ERR_RATE_LIMITED;
}

static enum err
gate_address_rate(struct req *q)
{
	if (!q->route->per_minute || !(q->route->who & WHO(0)))
		return ERR_OK;
	return count_visit(q, network_of(q->arena, q->address),
	    (int64_t)q->route->per_minute * q->config->address_factor);
}

static enum err
gate_person_rate(struct req *q)
{
	if (!q->route->per_minute || (q->route->who & WHO(0)))
		return ERR_OK;
	return count_visit(q,
	    arena_printf(q->arena, "%u.%lld", q->session->role, (long long)q->session->user_id),
	    (int64_t)q->route->per_minute * q->config->person_factor);
}

static enum err
gate_session(struct req *q)
{
	unsigned role = 0;

	if (q->route->gates & GATE_SESSION) {
		TRY(session_load(q));
		role = q->session->role;
	}
	if (q->route->who & WHO(role))
		return ERR_OK;
	return role ? ERR_FORBIDDEN : ERR_UNAUTHENTICATED;
}

/* Is `origin` one of the comma-separated list? */
static bool
is_listed(const char *list, const char *origin)
{
	size_t len = strlen(origin);

	for (const char *p = list; *p;) {
		size_t item = strcspn(p, ",");

		if (item == len && strncmp(p, origin, len) == 0)
			return true;
		p += item + (p[item] == ',');
	}
	return false;
}

static enum err
gate_csrf(struct req *q)
{
	const char *token = q->header(q, "HTTP_X_CSRF_TOKEN");
	const char *origin = q->header(q, "HTTP_ORIGIN");
	const char *site = q->header(q, "HTTP_SEC_FETCH_SITE");

	if (!(q->route->gates & GATE_CSRF))
		return ERR_OK;
	if (!q->session || !token || strlen(token) != strlen(q->session->csrf) ||
	    !bytes_equal(token, q->session->csrf, strlen(token)))
		return ERR_CSRF;
	if (origin && *origin && !is_listed(q->config->origins, origin))
		return ERR_CSRF;
	if (site && *site && strcmp(site, "same-origin") != 0)
		return ERR_CSRF;
	return ERR_OK;
}

/* The whole body, which is at most route->body_max bytes. */
static enum err
read_all(struct req *q, char **ret, size_t *ret_size)
{
	size_t size = 0, cap = (size_t)q->body_length;
	char *bytes = arena_alloc(q->arena, cap + 1);

	while (size < cap) {
		ssize_t n = q->body.read(q->body.from, bytes + size, cap - size);

		if (n <= 0)
			return ERR_BAD_REQUEST; /* cut off on its way */
		size += (size_t)n;
	}
	*ret = bytes;
	*ret_size = size;
	return ERR_OK;
}

static enum err
read_body(struct req *q)
{
	const char *type = q->header(q, "CONTENT_TYPE");
	char *bytes;
	size_t size;

	if (!q->route->form)
		return ERR_OK;
	if (!type || strncasecmp(type, "application/json", 16) != 0 ||
	    (type[16] && type[16] != ';' && type[16] != ' '))
		return ERR_UNSUPPORTED_TYPE;
	TRY(read_all(q, &bytes, &size));
	q->input = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, NULL);
	return json_is_object(q->input) ? ERR_OK : ERR_BAD_REQUEST;
}

static enum err
serve(const struct program *program, struct req *q)
{
	TRY(route_find(program->routes, q));
	if (program->serves && !program->serves(q->route))
		return ERR_NOT_FOUND;
	TRY(gate_length(q));
	TRY(gate_address_rate(q));
	TRY(gate_session(q));
	TRY(gate_person_rate(q));
	TRY(gate_csrf(q));
	TRY(read_body(q));
	for (size_t i = 0; i < program->ngates && !q->status; i++)
		if (q->route->gates & program->gates[i].bit)
			TRY(program->gates[i].check(q));
	if (q->status) /* a gate has answered: a repeated request */
		return ERR_OK;
	TRY(q->route->handler(q));
	return q->status ? ERR_OK : ERR_INTERNAL;
}

/* What a handler said of a reply that is not sent now, such as where nginx finds its file. */
static void
drop_headers(struct req *q)
{
	static const char *const dropped[] = { "X-Accel-Redirect", "Content-Disposition",
		"Content-Security-Policy", "Cache-Control", "Location", "ETag" };
	size_t kept = 0;

	for (size_t i = 0; i < q->nheaders; i++) {
		bool drop = false;

		for (size_t j = 0; j < COUNT(dropped); j++)
			drop = drop || strcasecmp(q->headers[i].name, dropped[j]) == 0;
		if (!drop)
			q->headers[kept++] = q->headers[i];
	}
	q->nheaders = kept;
}

/* RFC 9457. A text that is not UTF-8 is left out rather than the whole problem. */
static void
problem(struct req *q, enum err e)
{
	const struct err_info *info = err_info(e);
	json_t *errors = json_array();

	for (size_t i = 0; e == ERR_INVALID && i < q->errors.count; i++)
		json_array_append_new(errors,
		    json_pack("{ss ss}", "field", q->errors.list[i].name, "text",
			q->errors.list[i].text ? q->errors.list[i].text : info->text));
	json_t *body = json_pack("{ss ss si ss so}", "type", "about:blank", "title", info->text,
	    "status", info->status, "code", info->key, "errors", errors);
	if (q->detail)
		json_object_set_new(body, "detail", json_string(q->detail));
	json_object_set_new(body, "request", json_string(q->request_id ? q->request_id : ""));
	drop_headers(q);
	enum err kept = reply_json(q, info->status, body);
	if (kept != ERR_OK)
		abort(); /* out of memory: nothing in it came from outside */
	q->content_type = "application/problem+json";
}

void
dispatch(const struct program *program, struct req *q)
{
	enum err e;

	if (program->ready)
		program->ready(q);
	e = serve(program, q);
	if (e != ERR_OK)
		problem(q, e);
	if (program->done)
		program->done(q);
}
