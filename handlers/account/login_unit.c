#include "handlers/account/attempt.h"
#include "handlers/account/login.h"
#include "handlers/account/session.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/account_form.h"

enum err
login_unit(struct req *q)
{
	struct login_form form = { 0 };
	struct unit unit = { 0 };
	bool found;

	TRY(form_bind(&login_unit_form, q, NULL, FORM_SUBMIT, &form));
	TRY(unit_by_login(q, form.account, &unit, &found));
	TRY(attempt_password(q, &(struct claimant){ ROLE_UNIT, unit.id, form.account },
	    found ? unit.password : NULL, form.password));

	json_auto_t *data = json_pack("{sI}", WHO_PASSWORD_SEQ, (json_int_t)unit.password_seq);
	TRY(data_add_unit(q, data, &unit));
	return sign_in(q, ROLE_UNIT, unit.id, json_incref(data), DEED_SESSION_UNIT);
}
