#include "fcgi/http/answer.h"

#include <string.h>

#include "fcgi/base/buffer.h"
#include "fcgi/base/log.h"
#include "fcgi/http/route.h"
#include "fcgi/http/session.h"

const struct answer answer_form_value = { .name = "form_value" };
const struct answer answer_form_values = { .name = "form_values" };
const struct answer answer_nothing = { .name = "nothing" };

/* As ANSWER_ITEMS() of whatever struct. */
struct items {
	const char *first;
	size_t count;
};

/* ---- what is sent -------------------------------------------------------- */

/* Where an answer is written, for whom; `failed`: a value is missing, and that was logged. */
struct writing {
	struct buffer to;
	unsigned who;
	bool failed;
};

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

	for (const char *at = words; *at; at += strcspn(at, " "), at += *at == ' ')
		if (strncmp(at, text, len) == 0 && (at[len] == ' ' || at[len] == '\0'))
			return len > 0;
	return false;
}

static void
failed(struct writing *w, const struct answer *answer, const struct answer_row *row,
    const char *why)
{
	log_line(LOG_ERROR, "answer", "of=%s field=%s why=%s", answer->name, row->name, why);
	w->failed = true;
}

static void
put(struct writing *w, const char *text)
{
	buffer_add(&w->to, text, strlen(text));
}

static void
put_text(struct writing *w, const struct answer *answer, const struct answer_row *row,
    const char *text)
{
	if (!text) {
		failed(w, answer, row, "missing");
		return;
	}
	if (row->words && !is_word(row->words, text))
		log_line(LOG_ERROR, "answer", "of=%s field=%s word=\"%s\"", answer->name, row->name,
		    text);
	if (!buffer_json(&w->to, text))
		failed(w, answer, row, "\"not UTF-8\"");
}

static int
add_dumped(const char *bytes, size_t size, void *to)
{
	buffer_add(to, bytes, size);
	return 0;
}

/* What was made elsewhere. */
static void
put_json(struct writing *w, const json_t *json, size_t flags)
{
	if (json_dump_callback(json, add_dumped, &w->to, JSON_COMPACT | JSON_ENCODE_ANY | flags) !=
	    0)
		w->failed = true;
}

static void put_object(struct writing *w, const struct answer *answer, const void *in);

static bool
has_value(const struct answer_row *row, const void *member)
{
	const struct text_list *texts = member;
	bool may_lack = row->null || row->optional;

	switch (row->type) {
	case ANSWER_INTEGER:
		return *(const int64_t *)member != 0 || !may_lack;
	case ANSWER_BOOL:
		return *(const bool *)member || !row->optional;
	case ANSWER_TEXTS:
		return texts->items || !may_lack;
	case ANSWER_LIST:
		return ((const struct items *)member)->first || !may_lack;
	case ANSWER_TEXT:
	case ANSWER_MAYBE_INTEGER:
	case ANSWER_MAYBE_BOOL:
	case ANSWER_JSON:
	case ANSWER_OBJECT:
		return pointer_at(member) != NULL;
	}
	return false;
}

static void
put_value(struct writing *w, const struct answer *answer, const struct answer_row *row,
    const void *member)
{
	const struct text_list *texts = member;
	const struct items *items = member;
	const void *p = member;

	switch (row->type) {
	case ANSWER_TEXT:
		put_text(w, answer, row, pointer_at(member));
		break;
	case ANSWER_MAYBE_INTEGER:
		p = pointer_at(member); /* fall through */
	case ANSWER_INTEGER:
		buffer_integer(&w->to, *(const int64_t *)p);
		break;
	case ANSWER_MAYBE_BOOL:
		p = pointer_at(member); /* fall through */
	case ANSWER_BOOL:
		put(w, *(const bool *)p ? "true" : "false");
		break;
	case ANSWER_TEXTS:
		put(w, "[");
		for (size_t i = 0; i < texts->count; i++) {
			put(w, i ? "," : "");
			put_text(w, answer, row, texts->items[i]);
		}
		put(w, "]");
		break;
	case ANSWER_JSON:
		put_json(w, pointer_at(member), 0);
		break;
	case ANSWER_OBJECT:
		put_object(w, row->of, pointer_at(member));
		break;
	case ANSWER_LIST:
		put(w, "[");
		for (size_t i = 0; i < items->count; i++) {
			put(w, i ? "," : "");
			put_object(w, row->of, items->first + i * row->size);
		}
		put(w, "]");
		break;
	}
}

/* form_dump(), with what it leaves out because it is no or 0. */
static void
put_fields(struct writing *w, const struct form *form, const void *in)
{
	json_auto_t *all = form_dump(form, in);

	for (size_t i = 0; i < form->count; i++) {
		const struct field *f = &form->fields[i];

		if (f->secret || json_object_get(all, f->name))
			continue;
		if (f->type == FIELD_BOOL)
			json_object_set_new(all, f->name, json_false());
		else if (f->type == FIELD_INTEGER)
			json_object_set_new(all, f->name, json_integer(0));
	}
	put_json(w, all, JSON_EMBED);
}

static void
put_object(struct writing *w, const struct answer *answer, const void *in)
{
	put(w, "{");
	size_t begin = w->to.used;
	if (answer->form)
		put_fields(w, answer->form, in);
	for (size_t i = 0; i < answer->count; i++) {
		const struct answer_row *row = &answer->rows[i];
		const void *member = (const char *)in + row->offset;

		if (row->who && !(row->who & w->who))
			continue;
		bool there = has_value(row, member);
		if (!there && row->optional)
			continue;
		put(w, w->to.used > begin ? ",\"" : "\"");
		put(w, row->name);
		put(w, "\":");
		if (there)
			put_value(w, answer, row, member);
		else if (row->null)
			put(w, "null");
		else
			failed(w, answer, row, "missing");
	}
	put(w, "}");
}

const char *
answer_text(const struct req *q, const struct answer *answer, const void *in)
{
	struct writing w = { .to = { .arena = q->arena },
		.who = q->session ? WHO(q->session->role) : WHO(0) };

	if (q->route && q->route->answer && q->route->answer != answer) {
		log_line(LOG_ERROR, "answer", "of=%s route=\"%s\" why=\"another is named\"",
		    answer->name, q->route->path);
		return NULL;
	}
	put_object(&w, answer, in);
	return w.failed ? NULL : buffer_end(&w.to);
}

enum err
reply(struct req *q, int status, const struct answer *answer, const void *in)
{
	return reply_text(q, status, answer_text(q, answer, in));
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

/* What form_dump() writes. */
static json_t *
form_value_schema(void)
{
	return json_pack("{s[{ss} {ss} {ss} {ss s{ss}} {ss}]}", "anyOf", "type", "string", "type",
	    "integer", "type", "boolean", "type", "array", "items", "type", "string", "type",
	    "null");
}

/* What put_fields() writes. */
static void
fields_schema(const struct form *form, json_t *properties, json_t *required)
{
	static const char *const types[] = {
		[FIELD_TEXT] = "string",
		[FIELD_INTEGER] = "integer",
		[FIELD_BOOL] = "boolean",
		[FIELD_LIST] = "array",
	};

	for (size_t i = 0; i < form->count; i++) {
		const struct field *f = &form->fields[i];

		if (f->secret)
			continue;
		json_t *schema = json_pack("{ss ss*}", "type", types[f->type], "title", f->label);
		if (f->type == FIELD_LIST)
			json_object_set_new(schema, "items", json_pack("{ss}", "type", "string"));
		json_object_set_new(properties, f->name, schema);
		if (f->type == FIELD_BOOL || f->type == FIELD_INTEGER ||
		    (f->required && !f->asked[0].field))
			json_array_append_new(required, json_string(f->name));
	}
}

json_t *
answer_schema(const struct answer *answer)
{
	json_t *properties, *required;

	if (answer == &answer_form_value)
		return form_value_schema();
	if (answer == &answer_form_values)
		return json_pack("{ss so}", "type", "object", "additionalProperties",
		    form_value_schema());
	properties = json_object();
	required = json_array();
	if (answer->form)
		fields_schema(answer->form, properties, required);
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
