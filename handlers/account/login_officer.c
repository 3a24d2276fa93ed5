#include <string.h>

#include "handlers/account/attempt.h"
#include "handlers/account/login.h"
#include "handlers/account/password_age.h"
#include "handlers/account/second_factor.h"
#include "handlers/account/session.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/account_form.h"
#include "sql/account/staff.h"

enum err
login_officer(struct req *q)
{
	struct login_form form = { 0 };
	struct staff staff = { 0 };

	TRY(form_bind(&login_officer_form, q, NULL, FORM_SUBMIT, &form));
	enum err e = login_is_plain(form.account)
			 ? staff_by_account(q->db, q->arena, form.account, &staff)
			 : ERR_NOT_FOUND;
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	bool usable = e == ERR_OK && !staff.disabled;
	TRY(attempt_password(q, &(struct claimant){ ROLE_OFFICER, staff.id, form.account },
	    usable ? staff.password : NULL, form.password));

	if (staff.password_until && staff.password_until <= q->now)
		return refuse(q, ERR_PASSWORD_EXPIRED, "初始密码已过期，请联系安全管理员重置密码");

	json_t *data =
	    json_pack("{sI sb sI ss* sb}", WHO_BUREAU, (json_int_t)staff.bureau_id, WHO_MUST_CHANGE,
		staff_must_change(&staff, q->now), WHO_PASSWORD_SEQ, (json_int_t)staff.password_seq,
		WHO_SCOPE, staff.scope, WHO_MAY_DOWNLOAD, staff.may_download);
	if (staff.totp_sealed)
		json_object_set_new(data, WHO_SECOND, json_string("code"));
	else if (strcmp(second_factor_settings.staff, "optional") != 0)
		json_object_set_new(data, WHO_SECOND, json_string("enrol"));
	return sign_in(q, (enum role)staff.role, staff.id, data, DEED_SESSION_OFFICER);
}
