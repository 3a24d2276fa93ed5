#ifndef FCGI_HTTP_ANSWER_H
#define FCGI_HTTP_ANSWER_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fcgi/base/array.h"
#include "fcgi/http/form.h"
#include "fcgi/http/request.h"

/*
 * An answer is a table, as a form is: one row per field, one struct member per
 * row. The route's row names it. From it come the JSON that is sent, the
 * response schema in OpenAPI, and by that the type the pages are checked with;
 * so a field is written once.
 *
 *	struct task_answer {
 *		const char *code, *state;
 *	};
 *	static const struct answer_row task_rows[] = {
 *		ANSWER(struct task_answer, code, .words = "wash cook serve"),
 *		ANSWER(struct task_answer, state, .words = "done todo wait"),
 *	};
 *	const struct answer task_answer = ANSWER_TABLE("task", struct task_answer, task_rows);
 */

/* Derived from the member's C type by ANSWER(); the last three have macros of their own. */
enum answer_type {
	ANSWER_TEXT,          /* const char * */
	ANSWER_INTEGER,       /* int64_t */
	ANSWER_BOOL,          /* bool */
	ANSWER_MAYBE_INTEGER, /* const int64_t *: NULL is no value, 0 is one */
	ANSWER_MAYBE_BOOL,    /* const bool * */
	ANSWER_TEXTS,  /* struct text_list; where there may be no value, items NULL is none */
	ANSWER_JSON,   /* json_t *, borrowed: made elsewhere, see reply_keep() */
	ANSWER_OBJECT, /* const struct x *, described by `of` */
	ANSWER_LIST,   /* ANSWER_ITEMS(struct x), described by `of`; NULL as for texts */
};

/* A list of structs as a member: items are in the arena, NULL when count is 0. */
#define ANSWER_ITEMS(row)                                                                          \
	struct {                                                                                   \
		const row *items;                                                                  \
		size_t count;                                                                      \
	}

struct answer;

/* clang-format off */
struct answer_row {
	const char *name;		/* on the wire; the struct member's, or what ANSWER_AS() says */
	const char *about;		/* what it means, for OpenAPI; NULL where the name says it all */
	enum answer_type type;
	bool null;			/* no value (NULL; 0 of an INTEGER) is sent as null */
	bool optional;			/* no value (NULL; 0 of an INTEGER, false) is not sent at all */
	unsigned who;			/* WHO() bits of the roles that see it; 0 everybody who gets the answer */
	const char *words;		/* TEXT, TEXTS: all there are, separated by blanks; NULL for any text */
	const struct answer *of;	/* OBJECT, LIST: what is in it; JSON: of each value, see `keyed` */
	bool keyed;			/* JSON: an object whose values are each of `of` */
	size_t offset;
	size_t size;			/* OBJECT, LIST: of the struct pointed to; equals of->size */
};
/* clang-format on */

struct answer {
	const char *name; /* of the schema in OpenAPI, one meaning each: "task" */
	const struct answer_row *rows;
	size_t count;
	size_t size; /* of the struct */
	const char *
	    media; /* type of the file that comes instead, or as well when there are rows; or NULL */
	/*
	 * Its fields come before the rows, from the same struct: numbers, yes and no always, texts
	 * where there are some, secrets never. Or NULL.
	 */
	const struct form *form;
};

/* One value of a form: a text, number, yes or no, texts, or null. */
extern const struct answer answer_form_value;
/* What a form takes, sent back: any name, with a text, number, yes or no, texts, or null. */
extern const struct answer answer_form_values;
/* Nothing at all: 204. */
extern const struct answer answer_nothing;
/* A file; the name is for people. */
#define ANSWER_FILE(type)                                                                          \
	{                                                                                          \
		.name = "file", .media = (type)                                                    \
	}

/*
 * `in` as JSON, in the arena, for reply_text() and deed_done(). NULL, logged, when a row has no
 * value that must have one, a text is not UTF-8, or the route's row names another answer: then
 * both of these end with ERR_INTERNAL. A text that is none of its row's words is logged, and sent.
 */
const char *answer_text(const struct req *q, const struct answer *answer, const void *in);

/* End with this answer: reply_text() of answer_text(). */
MUST_CHECK enum err reply(struct req *q, int status, const struct answer *answer, const void *in);

/* Takes over `json` (NULL is fine) and keeps it until the request ends; returns it. */
json_t *reply_keep(struct req *q, json_t *json);

/* JSON Schema 2020-12, for OpenAPI; names of others as "#/components/schemas/…". Caller owns. */
json_t *answer_schema(const struct answer *answer);

#define ANSWER_TYPE_OF(member)                                                                     \
	_Generic((member), const char *: ANSWER_TEXT, char *: ANSWER_TEXT,                         \
	    int64_t: ANSWER_INTEGER, bool: ANSWER_BOOL, const int64_t *: ANSWER_MAYBE_INTEGER,     \
	    const bool *: ANSWER_MAYBE_BOOL, struct text_list: ANSWER_TEXTS,                       \
	    json_t *: ANSWER_JSON)

/* clang-format off */
#define ANSWER(type_, member, ...)                                                                 \
	{ .name = #member, .offset = offsetof(type_, member),                                      \
	  .type = ANSWER_TYPE_OF(((type_ *)0)->member), __VA_ARGS__ }
/* The same under another name, as when a row of the database is sent as it is. */
#define ANSWER_AS(type_, member, name_, ...)                                                       \
	{ .name = (name_), .offset = offsetof(type_, member),                                      \
	  .type = ANSWER_TYPE_OF(((type_ *)0)->member), __VA_ARGS__ }
/* One struct, or none: the member is a pointer to it. */
#define ANSWER_ONE(type_, member, of_, ...)                                                        \
	{ .name = #member, .offset = offsetof(type_, member), .type = ANSWER_OBJECT,               \
	  .of = (of_), .size = sizeof(*((type_ *)0)->member), __VA_ARGS__ }
/* Many: the member is ANSWER_ITEMS() of it. */
#define ANSWER_MANY(type_, member, of_, ...)                                                       \
	{ .name = #member, .offset = offsetof(type_, member), .type = ANSWER_LIST,                 \
	  .of = (of_), .size = sizeof(*((type_ *)0)->member.items), __VA_ARGS__ }
#define ANSWER_TABLE(name_, type_, rows_)                                                          \
	{ .name = (name_), .rows = (rows_), .count = COUNT(rows_),           \
	  .size = sizeof(type_) }
/* clang-format on */

#endif
