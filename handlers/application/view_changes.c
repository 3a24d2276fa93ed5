#include "handlers/application/view_changes.h"

#include <string.h>

#include "handlers/application/view_mask.h"
#include "handlers/common/sealing.h"
#include "handlers/upload/stored_file.h"
#include "sql/application/application_round.h"

/*
 * What was filed differently from the time before (issue of every 驳回): the
 * rounds of one phase, compared field by field; files by their digest, so a file
 * sent again as it was is no change.
 */

static const struct answer_row item_rows[] = {
	ANSWER(struct change_item_answer, field),
	ANSWER(struct change_item_answer, file),
	ANSWER(struct change_item_answer, before, .of = &answer_form_value, .null = true,
	    .about = "of a file its name; masked when it is personal"),
	ANSWER(struct change_item_answer, after, .of = &answer_form_value, .null = true),
	ANSWER(struct change_item_answer, before_file, .of = &stored_file_answer, .null = true,
	    .optional = true),
	ANSWER(struct change_item_answer, after_file, .of = &stored_file_answer, .null = true,
	    .optional = true),
};
static const struct answer item_answer =
    ANSWER_TABLE("change_item", struct change_item_answer, item_rows);

static const struct answer_row rows[] = {
	ANSWER(struct change_answer, round),
	ANSWER(struct change_answer, phase, .words = phase_words),
	ANSWER(struct change_answer, at, .about = "Unix seconds"),
	ANSWER_MANY(struct change_answer, items, &item_answer),
};
const struct answer change_answer = ANSWER_TABLE("change", struct change_answer, rows);

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

/* What a person reads instead of a code that only the server knows; else the value; or NULL. */
static json_t *
shown(struct req *q, const json_t *filed, const char *field)
{
	json_t *text = json_object_get(json_object_get(filed, "texts"), field);

	if (!json_is_string(text))
		text = json_object_get(json_object_get(filed, "answers"), field);
	return view_masked(q, field, text);
}

/* Compared in clear, shown masked. */
static size_t
add_answers(struct req *q, const json_t *before, const json_t *after, const json_t *over,
    struct change_item_answer *items)
{
	json_t *was = json_object_get(before, "answers"), *is = json_object_get(after, "answers");
	const char *field;
	json_t *value;
	size_t count = 0;

	json_object_foreach(json_object_get(over, "answers"), field, value)
	{
		/* the second walk, over the old answers, finds only what is gone */
		if ((over == before && json_object_get(is, field)) ||
		    !differs(json_object_get(was, field), json_object_get(is, field)))
			continue;
		items[count++] = (struct change_item_answer){
			.field = field,
			.before = shown(q, before, field),
			.after = shown(q, after, field),
		};
	}
	return count;
}

static size_t
add_files(const json_t *before, const json_t *after, const json_t *over,
    struct change_item_answer *items)
{
	json_t *was = json_object_get(before, "files"), *is = json_object_get(after, "files");
	const char *field;
	json_t *value;
	size_t count = 0;

	json_object_foreach(json_object_get(over, "files"), field, value)
	{
		json_t *old = json_object_get(was, field), *new = json_object_get(is, field);

		if ((over == before && new) || !file_differs(old, new))
			continue;
		items[count++] = (struct change_item_answer){
			.field = field,
			.file = true,
			.before = json_object_get(old, "name"),
			.after = json_object_get(new, "name"),
			.before_file = old ? old : json_null(),
			.after_file = new ? new : json_null(),
		};
	}
	return count;
}

/* No more items than that come of it. */
static size_t
items_max(const json_t *filed)
{
	return json_object_size(json_object_get(filed, "answers")) +
	       json_object_size(json_object_get(filed, "files"));
}

static struct change_answer
change_of(struct req *q, const struct application_round *round, json_t *before, json_t *after)
{
	struct change_item_answer *items =
	    ARENA_ARRAY(q->arena, struct change_item_answer, items_max(before) + items_max(after));
	size_t count = add_answers(q, before, after, after, items);

	count += add_answers(q, before, after, before, items + count);
	count += add_files(before, after, after, items + count);
	count += add_files(before, after, before, items + count);
	return (struct change_answer){
		.round = round->round,
		.phase = phase_name((enum phase)round->phase),
		.at = round->created_at,
		.items = { items, count },
	};
}

/* Kept until the request ends: what is said about it borrows from it. */
static enum err
open_round(struct req *q, const struct application_round *round, json_t **ret)
{
	char *text;

	TRY(unseal_text(q, PURPOSE_APPLICATION_ROUND_ANSWERS, round->answers_sealed, &text));
	*ret = reply_keep(q, json_loads(text, 0, NULL));
	explicit_bzero(text, strlen(text));
	return *ret ? ERR_OK : ERR_INTERNAL;
}

/* Adds the changes of one phase to `changes`. */
static enum err
add_phase(struct req *q, const struct application_round *rounds, size_t count, enum phase phase,
    struct change_answer *changes, size_t *nchanges)
{
	json_t *before = NULL, *after;

	for (size_t i = 0; i < count; i++) {
		if (rounds[i].phase != (unsigned)phase)
			continue;
		TRY(open_round(q, &rounds[i], &after));
		if (before)
			changes[(*nchanges)++] = change_of(q, &rounds[i], before, after);
		before = after;
	}
	return ERR_OK;
}

enum err
view_changes(struct req *q, const struct application *app, const struct change_answer **ret,
    size_t *ret_count)
{
	const struct application_round *rounds;
	size_t count;

	*ret = NULL;
	*ret_count = 0;
	if (app->round < 2) /* nothing was filed again */
		return ERR_OK;
	TRY(application_rounds(q->db, q->arena, app->id, &rounds, &count));
	struct change_answer *changes = ARENA_ARRAY(q->arena, struct change_answer, count);
	*ret = changes;
	TRY(add_phase(q, rounds, count, PHASE_APPLY, changes, ret_count));
	return add_phase(q, rounds, count, PHASE_ACCEPT, changes, ret_count);
}
