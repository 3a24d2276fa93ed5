#include "handlers/account/proof.h"

#include "fcgi/http/session.h"
#include "handlers/account/login.h"
#include "handlers/account/session_answer.h"
#include "handlers/common/deed.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/account_form.h"
#include "handlers/sms/code.h"
#include "sql/account/operator.h"
#include "sql/account/unit.h"

#define PURPOSE "proof"

bool
proof_holds(const struct req *q)
{
	return who_proved(q) && q->now - who_proved(q) < PROOF_SECONDS;
}

/* Before 资质认证 the 法定代表人's phone is anybody's, who did not ask for SMS. */
static enum err
phone_of_unit(struct req *q, char **ret)
{
	struct unit unit = { 0 };

	TRY(unit_get(q->db, q->arena, who_unit(q), &unit));
	if (unit.certification != CERTIFICATION_PASSED && !who_second(q))
		return ERR_NOT_CERTIFIED;
	return unseal_text(q, PURPOSE_UNIT_LEGAL_PHONE, unit.account, unit.legal_phone_sealed, ret);
}

static enum err
own_phone(struct req *q, char **ret)
{
	struct operator o = { 0 };

	if (who_role(q) == ROLE_UNIT)
		return phone_of_unit(q, ret);
	TRY(operator_get(q->db, q->arena, who_user(q), &o));
	return unseal_text(q, PURPOSE_OPERATOR_PHONE, row_number(q, o.id), o.phone_sealed, ret);
}

enum err
proof_code_send(struct req *q)
{
	struct proof_code_form form = { 0 };
	char *phone;

	TRY(form_bind(&proof_code_form, q, NULL, FORM_SUBMIT, &form));
	TRY(own_phone(q, &phone));
	return sms_code_issue(q, NOTICE_PROOF_CODE, PURPOSE, phone);
}

static enum err
spend(struct req *q, const char *phone, const char *code)
{
	SQL_TX(tx, q->db);
	TRY(sms_code_spent(q, &tx, PURPOSE, phone, code));
	return sql_commit(&tx);
}

enum err
proof_check(struct req *q)
{
	struct proof_form form = { 0 };
	char *phone;

	TRY(form_bind(&proof_form, q, NULL, FORM_SUBMIT, &form));
	TRY(own_phone(q, &phone));
	TRY(sms_code_use(q, PURPOSE, phone, form.sms_code));
	TRY(spend(q, phone, form.sms_code));

	/* the rights grow, so the session gets a new id, as at login */
	json_t *data = json_copy(q->session->data);
	json_object_del(data, WHO_SECOND);
	json_object_set_new(data, WHO_PROVED, json_integer(q->now));
	return sign_on(q, data, DEED_SESSION_PROOF);
}
