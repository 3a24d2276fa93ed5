#include "fcgi/http/route.h"

#include <stdbool.h>
#include <string.h>

/* What one pattern took from the path. */
struct found {
	int64_t id;
	const char *key, *word[2];
	size_t key_len, word_len[2], nwords;
};

/* A positive integer without sign or leading zero. */
static const char *
take_id(const char *s, struct found *f)
{
	int64_t id = 0;

	if (*s < '1' || *s > '9')
		return NULL;
	for (; *s >= '0' && *s <= '9'; s++) {
		if (id > (INT64_MAX - 9) / 10)
			return NULL;
		id = id * 10 + (*s - '0');
	}
	f->id = id;
	return s;
}

static const char *
take_key(const char *s, struct found *f)
{
	size_t len = strspn(s, "0123456789abcdef");

	if (len != 32)
		return NULL;
	f->key = s;
	f->key_len = len;
	return s + len;
}

static const char *
take_word(const char *s, struct found *f)
{
	size_t len = strspn(s, "abcdefghijklmnopqrstuvwxyz-");

	if (len == 0 || len > 32 || f->nwords == 2)
		return NULL;
	f->word[f->nwords] = s;
	f->word_len[f->nwords++] = len;
	return s + len;
}

static bool
path_matches(const char *pattern, const char *path, struct found *f)
{
	static const struct {
		const char *mark;
		const char *(*take)(const char *, struct found *);
	} marks[] = { { "{id}", take_id }, { "{key}", take_key }, { "{word}", take_word } };

	*f = (struct found){ 0 };
	while (*pattern) {
		size_t i = 0;

		while (i < 3 && strncmp(pattern, marks[i].mark, strlen(marks[i].mark)) != 0)
			i++;
		if (i < 3) {
			path = marks[i].take(path, f);
			if (!path)
				return false;
			pattern += strlen(marks[i].mark);
		} else if (*pattern++ != *path++) {
			return false;
		}
	}
	return *path == '\0';
}

static void
keep(struct req *q, const struct found *f)
{
	q->id = f->id;
	q->key = f->key ? arena_strndup(q->arena, f->key, f->key_len) : NULL;
	for (size_t i = 0; i < f->nwords; i++)
		q->word[i] = arena_strndup(q->arena, f->word[i], f->word_len[i]);
}

enum err
route_find(const struct route_table *table, struct req *q)
{
	const char *allowed = NULL;

	for (size_t i = 0; i < table->count; i++) {
		struct found found;

		if (!path_matches(table->rows[i].path, q->path, &found))
			continue;
		if (strcmp(table->rows[i].method, q->method) == 0) {
			q->route = &table->rows[i];
			keep(q, &found);
			return ERR_OK;
		}
		allowed = allowed ? arena_printf(q->arena, "%s, %s", allowed, table->rows[i].method)
				  : table->rows[i].method;
	}
	if (!allowed)
		return ERR_NOT_FOUND;
	reply_header(q, "Allow", allowed);
	return ERR_METHOD;
}
