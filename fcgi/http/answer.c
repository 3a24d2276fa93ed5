#include "fcgi/http/answer.h"

#include <string.h>

#include "fcgi/base/log.h"
#include "fcgi/http/route.h"
#include "fcgi/http/session.h"

const struct answer answer_form_values = { .name = "form_values" };
const struct answer answer_nothing = { .name = "nothing" };

/* As ANSWER_ITEMS() of whatever struct. */
struct items {
	const char *first;
	size_t count;
};

/* ---- what is sent -------------------------------------------------------- */

static const void *
pointer_at(const void *member)
{
	const void *p;

	memcpy(&p, member, sizeof(p));
	return p;
}

/* Is `text` one of the words? */
static bool
is_word(const char *words, const char *text)
{
	size_t len = strlen(text);

	for (const char *at = words; len > 0 && (at = strstr(at, text)) != NULL; at += len)
		if ((at == words || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
			return true;
	return false;
}

static json_t *
word_json(const struct answer *answer, const struct answer_row *row, const char *text)
{
	if (text && row->words && !is_word(row->words, text))
		log_line(LOG_ERROR, "answer", "of=%s field=%s word=\"%s\"", answer->name, row->name,
		    text);
	return text ? json_string(text) : NULL;
}

static json_t *object_json(const struct answer *answer, const void *in, unsigned who);

/* NULL: there is no value. */
static json_t *
value_json(const struct answer *answer, const struct answer_row *row, const void *in, unsigned who)
{
	const void *member = (const char *)in + row->offset;
	const struct text_list *texts = member;
	const struct items *items = member;
	const void *p;
	json_t *all;

	switch (row->type) {
	case ANSWER_TEXT:
		return word_json(answer, row, pointer_at(member));
	case ANSWER_INTEGER:
		if (*(const int64_t *)member == 0 && (row->null || row->optional))
			return NULL;
		return json_integer(*(const int64_t *)member);
	case ANSWER_BOOL:
		return *(const bool *)member || !row->optional ? json_boolean(*(const bool *)member)
							       : NULL;
	case ANSWER_MAYBE_INTEGER:
		p = pointer_at(member);
		return p ? json_integer(*(const int64_t *)p) : NULL;
	case ANSWER_MAYBE_BOOL:
		p = pointer_at(member);
		return p ? json_boolean(*(const bool *)p) : NULL;
	case ANSWER_TEXTS:
		all = json_array();
		for (size_t i = 0; i < texts->count; i++)
			json_array_append_new(all, word_json(answer, row, texts->items[i]));
		return all;
	case ANSWER_JSON:
		memcpy(&all, member, sizeof(all)); /* jansson counts references in it */
		return json_incref(all);
	case ANSWER_OBJECT:
		p = pointer_at(member);
		return p ? object_json(row->of, p, who) : NULL;
	case ANSWER_LIST:
		all = json_array();
		for (size_t i = 0; i < items->count; i++)
			if (json_array_append_new(all,
				object_json(row->of, items->first + i * row->size, who)) != 0) {
				json_decref(all);
				return NULL;
			}
		return all;
	}
	return NULL;
}

/* NULL, logged, when a value is missing. */
static json_t *
object_json(const struct answer *answer, const void *in, unsigned who)
{
	json_t *all = json_object();

	for (size_t i = 0; i < answer->count; i++) {
		const struct answer_row *row = &answer->rows[i];
		json_t *value;

		if (row->who && !(row->who & who))
			continue;
		value = value_json(answer, row, in, who);
		if (!value && row->optional)
			continue;
		if (!value && row->null)
			value = json_null();
		if (json_object_set_new_nocheck(all, row->name, value) != 0) {
			log_line(LOG_ERROR, "answer", "of=%s field=%s why=missing", answer->name,
			    row->name);
			json_decref(all);
			return NULL;
		}
	}
	return all;
}

json_t *
answer_json(const struct req *q, const struct answer *answer, const void *in)
{
	if (q->route && q->route->answer && q->route->answer != answer) {
		log_line(LOG_ERROR, "answer", "of=%s route=\"%s\" why=\"another is named\"",
		    answer->name, q->route->path);
		return NULL;
	}
	return object_json(answer, in, q->session ? WHO(q->session->role) : WHO(0));
}

enum err
reply(struct req *q, int status, const struct answer *answer, const void *in)
{
	return reply_json(q, status, answer_json(q, answer, in));
}

json_t *
reply_keep(struct req *q, json_t *json)
{
	if (!q->kept)
		q->kept = json_array();
	if (json)
		json_array_append_new(q->kept, json);
	return json;
}

/* ---- what is said about it ----------------------------------------------- */

static json_t *
reference(const struct answer *of)
{
	return json_pack("{so}", "$ref", json_sprintf("#/components/schemas/%s", of->name));
}

static json_t *
words_json(const char *words)
{
	json_t *all = json_array();

	for (size_t len; *words; words += len + (words[len] == ' ')) {
		len = strcspn(words, " ");
		if (len)
			json_array_append_new(all, json_stringn(words, len));
	}
	return all;
}

static json_t *
text_schema(const struct answer_row *row)
{
	json_t *schema = json_pack("{ss}", "type", "string");

	if (row->words)
		json_object_set_new(schema, "enum", words_json(row->words));
	return schema;
}

static json_t *
json_schema(const struct answer_row *row)
{
	if (!row->of)
		return json_object(); /* anything */
	if (!row->keyed)
		return reference(row->of);
	return json_pack("{ss so}", "type", "object", "additionalProperties", reference(row->of));
}

static json_t *
row_schema(const struct answer_row *row)
{
	switch (row->type) {
	case ANSWER_TEXT:
		return text_schema(row);
	case ANSWER_INTEGER:
	case ANSWER_MAYBE_INTEGER:
		return json_pack("{ss}", "type", "integer");
	case ANSWER_BOOL:
	case ANSWER_MAYBE_BOOL:
		return json_pack("{ss}", "type", "boolean");
	case ANSWER_TEXTS:
		return json_pack("{ss so}", "type", "array", "items", text_schema(row));
	case ANSWER_JSON:
		return json_schema(row);
	case ANSWER_OBJECT:
		return reference(row->of);
	case ANSWER_LIST:
		return json_pack("{ss so}", "type", "array", "items", reference(row->of));
	}
	return NULL;
}

/* Takes over `schema`. */
static json_t *
or_null(json_t *schema)
{
	return json_pack("{s[o {ss}]}", "anyOf", schema, "type", "null");
}

/* A value of a form: what form_dump() writes. */
static json_t *
form_values_schema(void)
{
	return json_pack("{ss s{s[{ss} {ss} {ss} {ss s{ss}} {ss}]}}", "type", "object",
	    "additionalProperties", "anyOf", "type", "string", "type", "integer", "type", "boolean",
	    "type", "array", "items", "type", "string", "type", "null");
}

json_t *
answer_schema(const struct answer *answer)
{
	json_t *properties, *required;

	if (answer == &answer_form_values)
		return form_values_schema();
	properties = json_object();
	required = json_array();
	for (size_t i = 0; i < answer->count; i++) {
		const struct answer_row *row = &answer->rows[i];
		json_t *schema = row_schema(row);

		if (row->null)
			schema = or_null(schema);
		if (row->about)
			json_object_set_new(schema, "description", json_string(row->about));
		json_object_set_new(properties, row->name, schema);
		if (!row->optional && !row->who)
			json_array_append_new(required, json_string(row->name));
	}
	return json_pack("{ss so so}", "type", "object", "properties", properties, "required",
	    required);
}
