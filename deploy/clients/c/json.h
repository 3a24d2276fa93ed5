#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stddef.h>

/*
 * JSON that keeps numbers as they were written (12.50 stays 12.50), which
 * signatures depend on.
 */
enum json_kind { JSON_NULL, JSON_WORD, JSON_NUMBER, JSON_TEXT, JSON_LIST, JSON_OBJECT };

struct json {
	enum json_kind kind;
	char *name;                /* of a member */
	char *text;                /* of a text, decoded; of a number, true or false, as written */
	struct json *first, *next; /* members by their names' bytes; elements as they came */
};

/* NULL when it is no JSON. json_free(). */
struct json *json_parse(const char *text);
void json_free(struct json *value); /* NULL is fine */
/* A member, or NULL. */
const struct json *json_get(const struct json *object, const char *name);
/* The text of a member that is a text, else "". */
const char *json_text(const struct json *object, const char *name);

/* A text that grows. All zero is the empty one. free(bytes). */
struct text {
	char *bytes;
	size_t size, cap;
};

void text_add(struct text *text, const char *bytes, size_t size);
void text_say(struct text *text, const char *word);

/* null, "", and lists and objects of nothing else. */
bool json_is_empty(const struct json *value);
/* Compact, names sorted at every depth, empties left out, Chinese as it is. */
void json_write(struct text *out, const struct json *value);

#endif
