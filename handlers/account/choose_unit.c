#include "fcgi/http/session.h"
#include "handlers/account/login.h"
#include "handlers/account/session.h"
#include "handlers/common/list.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/account_form.h"
#include "handlers/rules/table/kinds.h"
#include "sql/account/operator.h"

struct unit_choice_answer {
	struct bound_unit row;
	const char *certification;
};
static const struct answer_row unit_choice_rows[] = {
	ANSWER_AS(struct unit_choice_answer, row.id, "id"),
	ANSWER_AS(struct unit_choice_answer, row.name, "name"),
	ANSWER_AS(struct unit_choice_answer, row.uscc, "uscc"),
	ANSWER(struct unit_choice_answer, certification, .words = certification_words),
};
static const struct answer unit_choice_answer =
    ANSWER_TABLE("unit_choice", struct unit_choice_answer, unit_choice_rows);

LIST_ANSWER(unit_choices, struct unit_choice_answer, &unit_choice_answer);

enum err
session_units(struct req *q)
{
	const struct bound_unit *units;
	size_t count;

	TRY(bound_unit_list(q->db, q->arena, who_user(q), &units, &count));
	struct unit_choice_answer *items = ARENA_ARRAY(q->arena, struct unit_choice_answer, count);
	for (size_t i = 0; i < count; i++)
		items[i] = (struct unit_choice_answer){
			.row = units[i],
			.certification =
			    kind_by_code(certifications, (int)units[i].certification)->wire,
		};
	const struct unit_choices_answer answer = { .items = { items, count } };
	return reply(q, 200, &unit_choices_answer, &answer);
}

/* The session's rights grow, so it gets a new id, as at login. */
enum err
choose_unit(struct req *q)
{
	struct choose_unit_form form = { 0 };
	struct binding binding = { 0 };
	struct unit unit = { 0 };

	TRY(form_bind(&choose_unit_form, q, NULL, FORM_SUBMIT, &form));
	TRY(binding_find(q->db, q->arena, form.unit_id, who_user(q), &binding));
	TRY(unit_get(q->db, q->arena, form.unit_id, &unit));

	/* what belongs to the sign-in stays; what belongs to the other unit does not */
	json_auto_t *data = json_copy(q->session->data);
	json_object_del(data, WHO_INSTITUTION);
	TRY(data_add_unit(q, data, &unit));
	return sign_on(q, json_incref(data), DEED_SESSION_CHOOSE_UNIT);
}
