#include <string.h>

#include "handlers/application/view.h"
#include "handlers/common/sealing.h"
#include "sql/application/application_round.h"

/*
 * What was filed differently from the time before (issue of every 驳回): the
 * rounds of one phase, compared field by field; files by their digest, so a file
 * sent again as it was is no change.
 */

static bool
is_empty(const json_t *value)
{
	return !value || json_is_null(value) ||
	       (json_is_string(value) && *json_string_value(value) == '\0') ||
	       (json_is_array(value) && json_array_size(value) == 0);
}

static bool
differs(json_t *before, json_t *after)
{
	if (is_empty(before) || is_empty(after))
		return is_empty(before) != is_empty(after);
	return !json_equal(before, after);
}

static json_t *
digest_of(json_t *file)
{
	json_t *digest = json_object_get(file, "digest");

	return digest ? digest : json_object_get(file, "sm3"); /* filed before it was called so */
}

static bool
file_differs(json_t *before, json_t *after)
{
	return differs(digest_of(before), digest_of(after));
}

static json_t *
or_null(json_t *value)
{
	return value ? json_incref(value) : json_null();
}

/* What a person reads instead of a code that only the server knows; else the value. */
static json_t *
shown(const json_t *filed, const char *field)
{
	json_t *text = json_object_get(json_object_get(filed, "texts"), field);

	if (json_is_string(text))
		return json_incref(text);
	return or_null(json_object_get(json_object_get(filed, "answers"), field));
}

static json_t *
file_name(json_t *file)
{
	return or_null(json_object_get(file, "name"));
}

static void
add_answers(json_t *items, const json_t *before, const json_t *after, const json_t *over)
{
	json_t *was = json_object_get(before, "answers"), *is = json_object_get(after, "answers");
	const char *field;
	json_t *value;

	json_object_foreach(json_object_get(over, "answers"), field, value)
	{
		/* the second walk, over the old answers, finds only what is gone */
		if ((over == before && json_object_get(is, field)) ||
		    !differs(json_object_get(was, field), json_object_get(is, field)))
			continue;
		json_array_append_new(items,
		    json_pack("{ss sb so so}", "field", field, "file", 0, "before",
			shown(before, field), "after", shown(after, field)));
	}
}

static void
add_files(json_t *items, const json_t *before, const json_t *after, const json_t *over)
{
	json_t *was = json_object_get(before, "files"), *is = json_object_get(after, "files");
	const char *field;
	json_t *value;

	json_object_foreach(json_object_get(over, "files"), field, value)
	{
		json_t *old = json_object_get(was, field), *new = json_object_get(is, field);

		if ((over == before && new) || !file_differs(old, new))
			continue;
		json_array_append_new(items,
		    json_pack("{ss sb so so so so}", "field", field, "file", 1, "before",
			file_name(old), "after", file_name(new), "before_file", or_null(old),
			"after_file", or_null(new)));
	}
}

/* Compared in clear, shown masked. */
static json_t *
change_json(struct req *q, const struct application_round *round, json_t *before, json_t *after)
{
	json_t *items = json_array();

	add_answers(items, before, after, after);
	add_answers(items, before, after, before);
	add_files(items, before, after, after);
	add_files(items, before, after, before);
	size_t i;
	json_t *item;
	json_array_foreach(items, i, item)
	{
		const char *field = json_string_value(json_object_get(item, "field"));

		view_mask(q->arena, item, field, "before");
		view_mask(q->arena, item, field, "after");
	}
	return json_pack("{sI ss sI so}", "round", (json_int_t)round->round, "phase",
	    round->phase == PHASE_APPLY ? "apply" : "accept", "at", (json_int_t)round->created_at,
	    "items", items);
}

static enum err
open_round(struct req *q, const struct application_round *round, json_t **ret)
{
	char *text;

	TRY(unseal_text(q, PURPOSE_APPLICATION_ROUND_ANSWERS, round->answers_sealed, &text));
	*ret = json_loads(text, 0, NULL);
	explicit_bzero(text, strlen(text));
	return *ret ? ERR_OK : ERR_INTERNAL;
}

/* Adds the changes of one phase to `changes`. */
static enum err
add_phase(struct req *q, const struct application_round *rounds, size_t count, enum phase phase,
    json_t *changes)
{
	json_t *before = NULL, *after;

	for (size_t i = 0; i < count; i++) {
		if (rounds[i].phase != (unsigned)phase)
			continue;
		enum err e = open_round(q, &rounds[i], &after);
		if (e != ERR_OK) {
			json_decref(before);
			return e;
		}
		if (before)
			json_array_append_new(changes, change_json(q, &rounds[i], before, after));
		json_decref(before);
		before = after;
	}
	json_decref(before);
	return ERR_OK;
}

enum err
view_changes(struct req *q, const struct application *app, json_t **ret)
{
	const struct application_round *rounds;
	size_t count;

	TRY(application_rounds(q->db, q->arena, app->id, &rounds, &count));
	json_t *changes = json_array();
	enum err e = add_phase(q, rounds, count, PHASE_APPLY, changes);
	if (e == ERR_OK)
		e = add_phase(q, rounds, count, PHASE_ACCEPT, changes);
	if (e != ERR_OK) {
		json_decref(changes);
		return e;
	}
	*ret = changes;
	return ERR_OK;
}
