#include "fcgi/http/query.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/log.h"
#include "fcgi/base/text.h"
#include "fcgi/http/route.h"

static bool
decode(char *text)
{
	return bytes_unpercent(text) && text_length(text, false) >= 0;
}

void
query_read(struct req *q, const char *text)
{
	char *copy = arena_strndup(q->arena, text, strlen(text)), *pair;

	while (q->nquery < QUERY_MAX && (pair = strsep(&copy, "&"))) {
		char *value = strchr(pair, '=');

		if (!value || value == pair)
			continue;
		*value++ = '\0';
		if (decode(pair) && decode(value))
			q->query[q->nquery++] = (struct param){ pair, value };
	}
}

const char *
query_get(const struct req *q, const char *name)
{
	for (size_t i = 0; i < q->nquery; i++)
		if (strcmp(q->query[i].name, name) == 0)
			return q->query[i].value;
	return NULL;
}

/* NULL: not given, or no number the field takes. */
static json_t *
query_number(const struct field *f, const char *text)
{
	char *end;

	/* strtoll() would pass over blanks and a plus sign */
	if ((*text < '0' || *text > '9') && *text != '-')
		return NULL;
	errno = 0;
	long long n = strtoll(text, &end, 10);
	if (errno || *end || n < f->min || n > f->max)
		return NULL;
	return json_integer(n);
}

enum err
query_bind(struct req *q, const struct form *form, void *out)
{
	json_auto_t *given = json_object();

	if (q->route && q->route->path && q->route->query != form) {
		log_line(LOG_ERROR, "query", "of=%s route=\"%s\" why=\"another is named\"",
		    form->name, q->route->path);
		return ERR_INTERNAL;
	}
	for (size_t i = 0; i < form->count; i++) {
		const struct field *f = &form->fields[i];
		const char *text = query_get(q, f->name);

		if (!text || !*text)
			continue;
		json_t *value =
		    f->type == FIELD_INTEGER ? query_number(f, text) : json_string(text);
		if (value)
			json_object_set_new(given, f->name, value);
	}
	return form_read(form, given, NULL, FORM_SUBMIT, q->arena, &q->errors, out);
}
