#include "fcgi/http/session.h"
#include "handlers/account/login.h"
#include "handlers/account/session.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/account_form.h"
#include "handlers/rules/table/kinds.h"
#include "sql/account/operator.h"

enum err
session_units(struct req *q)
{
	const struct bound_unit *units;
	size_t count;

	TRY(bound_unit_list(q->db, q->arena, who_user(q), &units, &count));
	json_t *items = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(items,
		    json_pack("{sI ss ss ss}", "id", (json_int_t)units[i].id, "name", units[i].name,
			"uscc", units[i].uscc, "certification",
			kind_by_code(certifications, (int)units[i].certification)->wire));
	return reply_json(q, 200, json_pack("{so}", "items", items));
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
