#include "fcgi/http/session.h"
#include "handlers/account/session_answer.h"
#include "handlers/common/list.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/account_form.h"
#include "sql/account/unit.h"

LIST_ANSWER(institutions, struct institution_answer, &institution_answer);

enum err
session_institutions(struct req *q)
{
	const struct institution *list;
	struct unit unit = { 0 };
	size_t count;

	TRY(unit_get(q->db, q->arena, who_unit(q), &unit));
	TRY(institution_by_uscc(q->db, q->arena, unit.uscc, &list, &count));
	struct institution_answer *items = ARENA_ARRAY(q->arena, struct institution_answer, count);
	for (size_t i = 0; i < count; i++) {
		items[i].row = list[i];
		TRY(institution_answer_finish(q, &items[i]));
	}
	const struct institutions_answer answer = { .items = { items, count } };
	return reply(q, 200, &institutions_answer, &answer);
}

enum err
choose_institution(struct req *q)
{
	struct choose_institution_form form = { 0 };
	struct institution institution = { 0 };
	const struct session_answer *answer;

	TRY(form_bind(&choose_institution_form, q, NULL, FORM_SUBMIT, &form));
	TRY(institution_of_unit(q->db, q->arena, form.institution_id, who_unit(q), &institution));
	json_object_set_new(q->session->data, WHO_INSTITUTION, json_integer(institution.id));
	TRY(session_save(q));
	TRY(session_answer_read(q, &answer));
	return reply(q, 200, &session_answer, answer);
}
