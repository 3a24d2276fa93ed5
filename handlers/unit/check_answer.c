#include "handlers/unit/check_answer.h"

#include "handlers/common/sealing.h"
#include "handlers/rules/form/account_form.h"
#include "sql/account/certification_check.h"
#include "sql/catalogue/region.h"

#define MARKED .null = true, .words = mark_words
static const struct answer_row check_rows[] = {
	ANSWER(struct field_check_answer, field, .words = checked_words),
	ANSWER(struct field_check_answer, label),
	ANSWER(struct field_check_answer, given, .null = true,
	    .about = "by the unit; a person's masked"),
	ANSWER(struct field_check_answer, catalogue, .null = true,
	    .about = "as the catalogue had it"),
	ANSWER(struct field_check_answer, by_catalogue, MARKED),
	ANSWER(struct field_check_answer, by_registry, MARKED, .about = "企业信息核验"),
	ANSWER(struct field_check_answer, by_licence, MARKED, .about = "by what was read"),
};
static const struct answer field_check_answer =
    ANSWER_TABLE("certification_check", struct field_check_answer, check_rows);

static const struct answer_row rows[] = {
	ANSWER_MANY(struct unit_checks_answer, items, &field_check_answer),
	ANSWER(struct unit_checks_answer, licence_text, .null = true,
	    .about = "the beginning of what was read; null when it could not be"),
	ANSWER(struct unit_checks_answer, checked_at, .null = true, .about = "Unix seconds"),
};
const struct answer unit_checks_answer =
    ANSWER_TABLE("certification_checks", struct unit_checks_answer, rows);

static const char *
mark_wire(unsigned mark)
{
	return mark ? kind_by_code(mark_kinds, (int)mark)->wire : NULL;
}

/* Codes as people read them. */
static enum err
words(struct req *q, enum checked field, const char *code, const char **ret)
{
	*ret = code;
	if (!code)
		return ERR_OK;
	if (field == CHECKED_KIND)
		*ret = choice_text(institution_kind_choices, code);
	return field == CHECKED_REGION ? region_full_name(q->db, q->arena, code, ret) : ERR_OK;
}

static enum err
fill_items(struct req *q, int64_t unit_id, struct unit_checks_answer *ret)
{
	const struct field_check *list;
	size_t count;

	TRY(certification_checks(q->db, q->arena, unit_id, &list, &count));
	struct field_check_answer *items = ARENA_ARRAY(q->arena, struct field_check_answer, count);
	for (size_t i = 0; i < count; i++) {
		const struct field_check *c = &list[i];
		const struct kind_info *info = kind_by_code(checked_fields, (int)c->field);

		items[i] = (struct field_check_answer){
			.field = info->wire,
			.label = info->text,
			.by_catalogue = mark_wire(c->by_catalogue),
			.by_registry = mark_wire(c->by_registry),
			.by_licence = mark_wire(c->by_licence),
		};
		TRY(words(q, c->field, c->given, &items[i].given));
		TRY(words(q, c->field, c->catalogue, &items[i].catalogue));
	}
	ret->items.items = items;
	ret->items.count = count;
	return ERR_OK;
}

enum err
unit_checks_answer_fill(struct req *q, int64_t unit_id, const struct unit_checks_answer **ret)
{
	struct unit_checks_answer *answer = ARENA_NEW(q->arena, struct unit_checks_answer);
	struct certification_reading reading = { 0 };
	char *text;

	*ret = NULL;
	TRY(fill_items(q, unit_id, answer));
	if (answer->items.count == 0)
		return ERR_OK;
	enum err e = certification_reading_get(q->db, q->arena, unit_id, &reading);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	answer->checked_at = reading.read_at;
	if (reading.text_sealed) {
		TRY(unseal_text(q, PURPOSE_LICENCE_TEXT, row_number(q, unit_id),
		    reading.text_sealed, &text));
		answer->licence_text = text;
	}
	*ret = answer;
	return ERR_OK;
}
