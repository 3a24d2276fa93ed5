#include "fcgi/http/cookie.h"

#include <stdlib.h>
#include <string.h>

static const char set_cookie[] = "Set-Cookie";

const char *
cookie_named(struct arena *arena, const struct config *config, const char *name)
{
	const char *prefix = !config->cookie_secure ? ""
			     : *config->prefix      ? "__Secure-"
						    : "__Host-";

	return arena_printf(arena, "%s%s", prefix, name);
}

const char *
cookie_hex(struct req *q, const char *name, size_t digits)
{
	const char *all = q->header(q, "HTTP_COOKIE");
	size_t len = strlen(name);

	for (const char *p = all; p && *p;) {
		const char *end = strchrnul(p, ';');

		if (strncmp(p, name, len) == 0 && p[len] == '=' &&
		    (size_t)(end - p) == len + 1 + digits &&
		    strspn(p + len + 1, "0123456789abcdef") >= digits)
			return arena_strndup(q->arena, p + len + 1, digits);
		p = *end ? end + 1 + strspn(end + 1, " ") : end;
	}
	return NULL;
}

/* Where the cookie stands in the answer, or behind the last header. */
static size_t
place_of(const struct req *q, const char *name)
{
	size_t i = 0, len = strlen(name);

	while (i < q->nheaders &&
	       (q->headers[i].name != set_cookie || strncmp(q->headers[i].value, name, len) != 0 ||
		   q->headers[i].value[len] != '='))
		i++;
	return i;
}

void
cookie_send(struct req *q, const char *name, const char *value, int64_t max_age)
{
	size_t i = place_of(q, name);
	const char *life = !value    ? "; Max-Age=0"
			   : max_age ? arena_printf(q->arena, "; Max-Age=%lld", (long long)max_age)
				     : "";

	if (i == REPLY_HEADERS_MAX)
		abort(); /* a handler of ours sets more headers than there are */
	q->headers[i] = (struct param){ set_cookie,
		arena_printf(q->arena, "%s=%s; Path=%s/; HttpOnly; SameSite=Lax%s%s", name,
		    value ? value : "", q->config->prefix,
		    q->config->cookie_secure ? "; Secure" : "", life) };
	if (i == q->nheaders)
		q->nheaders++;
}
