#include <string.h>

#include "fcgi/crypto/password.h"
#include "fcgi/http/session.h"
#include "handlers/account/attempt.h"
#include "handlers/account/cross_check.h"
#include "handlers/account/device.h"
#include "handlers/account/password.h"
#include "handlers/account/person.h"
#include "handlers/common/deed.h"
#include "handlers/common/notify.h"
#include "handlers/common/sealing.h"
#include "handlers/rules/check/format.h"
#include "handlers/rules/form/account_form.h"
#include "handlers/sms/code.h"

#define PURPOSE "operator_reset"

/* Whose phone it is, if he is who he says; nobody learns which part does not agree. */
static enum err
find(struct req *q, const struct operator_reset_form *form, struct operator* ret)
{
	bool found, same = false;
	char *id_no;

	TRY(operator_find(q, form->phone, ret, &found));
	if (found) {
		TRY(unseal_text(q, PURPOSE_OPERATOR_ID, row_number(q, ret->id), ret->id_sealed,
		    &id_no));
		same = strcmp(form->name, ret->name) == 0 &&
		       id_number_same(ret->id_type, form->id_no, id_no);
	}
	return same ? ERR_OK
		    : refuse(q, ERR_INVALID,
			  "填写的信息与登记信息不一致，请核对后重试，或联系本单位重置密码");
}

enum err
password_reset_operator(struct req *q)
{
	struct operator_reset_form form = { 0 };
	struct operator o = { 0 };
	char *hash;

	TRY(form_collect(&operator_reset_form, q, NULL, FORM_SUBMIT, &form));
	check_password(q, form.password, form.password2, (const char *const[]){ form.phone, NULL });
	TRY(form_end(q));
	PASSWORD_TURN(turn); /* before the code is used up */
	TRY(sms_code_use(q, PURPOSE, form.phone, form.sms_code));
	TRY(find(q, &form, &o));
	TRY(password_hash(q->arena, form.password, &hash));
	password_turn_end(&turn);

	SQL_TX(tx, q->db);
	TRY(sms_code_spent(q, &tx, PURPOSE, form.phone, form.sms_code));
	TRY(operator_set_password(&tx, o.id, hash, 0));
	TRY(attempt_forget(q, &tx, ROLE_OPERATOR, o.id));
	TRY(device_remember(q, &tx, ROLE_OPERATOR, o.id));
	TRY(notify_operator(q, &tx, o.id, NOTICE_OPERATOR_RECOVERED, NULL, NULL));
	TRY(deed_done(q, &tx, DEED_PASSWORD_OPERATOR_RESET,
	    arena_printf(q->arena, "operator/%lld", (long long)o.id), "", 204, NULL));
	/* refused anyway, as they began with the password before: sql/account/standing.h */
	(void)!session_end_all(q, ROLE_OPERATOR, o.id, NULL, 0, NULL);
	(void)!session_end(q);
	return ERR_OK; /* it is done, whatever Redis says */
}
