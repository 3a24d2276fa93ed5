#include "fcgi/http/session.h"
#include "handlers/account/session.h"
#include "handlers/account/session_json.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/account_form.h"
#include "sql/account/unit.h"

enum err
session_institutions(struct req *q)
{
	const struct institution *list;
	struct unit unit = { 0 };
	size_t count;

	TRY(unit_get(q->db, q->arena, who_unit(q), &unit));
	TRY(institution_by_uscc(q->db, q->arena, unit.uscc, &list, &count));
	json_auto_t *items = json_array();
	for (size_t i = 0; i < count; i++) {
		json_t *item;

		TRY(institution_json(q, &list[i], &item));
		json_array_append_new(items, item);
	}
	return reply_json(q, 200, json_pack("{sO}", "items", items));
}

enum err
choose_institution(struct req *q)
{
	struct choose_institution_form form = { 0 };
	struct institution institution = { 0 };
	json_t *body;

	TRY(form_bind(&choose_institution_form, q, NULL, FORM_SUBMIT, &form));
	TRY(institution_of_unit(q->db, q->arena, form.institution_id, who_unit(q), &institution));
	json_object_set_new(q->session->data, WHO_INSTITUTION, json_integer(institution.id));
	TRY(session_save(q));
	TRY(session_json(q, &body));
	return reply_json(q, 200, body);
}
