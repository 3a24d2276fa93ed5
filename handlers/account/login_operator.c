#include "handlers/account/attempt.h"
#include "handlers/account/invite.h"
#include "handlers/account/login.h"
#include "handlers/account/person.h"
#include "handlers/account/session.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/account_form.h"
#include "sql/account/operator.h"

/* With one unit there is nothing to choose. */
static enum err
add_only_unit(struct req *q, json_t *data, int64_t operator_id)
{
	const struct bound_unit *units;
	struct unit unit = { 0 };
	size_t count;

	TRY(bound_unit_list(q->db, q->arena, operator_id, &units, &count));
	if (count != 1)
		return ERR_OK;
	TRY(unit_get(q->db, q->arena, units[0].id, &unit));
	return data_add_unit(q, data, &unit);
}

enum err
login_operator(struct req *q)
{
	struct login_operator_form form = { 0 };
	struct operator o = { 0 };

	TRY(form_bind(&login_operator_form, q, NULL, FORM_SUBMIT, &form));
	enum err e = operator_of(q, form.phone, &o);
	if (e == ERR_NOT_FOUND && (e = invite_login(q, form.phone, form.password)) == ERR_OK)
		e = operator_of(q, form.phone, &o);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	TRY(attempt_password(q, &(struct claimant){ ROLE_OPERATOR, o.id, form.phone },
	    e == ERR_OK ? o.password : NULL, form.password));
	if (o.password_until && o.password_until <= q->now)
		return ERR_PASSWORD_EXPIRED;

	json_auto_t *data = json_pack("{sb sI}", WHO_MUST_CHANGE, o.must_change, WHO_PASSWORD_SEQ,
	    (json_int_t)o.password_seq);
	TRY(add_only_unit(q, data, o.id));
	return sign_in(q, ROLE_OPERATOR, o.id, json_incref(data), DEED_SESSION_OPERATOR);
}
