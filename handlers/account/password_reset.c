#include <string.h>

#include "fcgi/crypto/password.h"
#include "fcgi/http/session.h"
#include "handlers/account/attempt.h"
#include "handlers/account/cross_check.h"
#include "handlers/account/device.h"
#include "handlers/account/login.h"
#include "handlers/account/owner.h"
#include "handlers/account/password.h"
#include "handlers/account/person.h"
#include "handlers/account/reset_unit.h"
#include "handlers/common/deed.h"
#include "handlers/common/sealing.h"
#include "handlers/rules/check/format.h"
#include "handlers/rules/form/account_form.h"
#include "handlers/sms/code.h"
#include "sql/account/operator.h"

#define MISMATCH "填写的信息与登记信息不一致，请核对后重试；若无法完成认证，请联系当地省级医保部门"

/* Says nothing: neither whether there is such an account. */
const struct answer password_reset_answer = { .name = "password_reset" };

enum err
password_reset_begin(struct req *q)
{
	struct password_reset_account_form form = { 0 };
	struct unit unit = { 0 };
	bool found;

	TRY(form_bind(&password_reset_account_form, q, NULL, FORM_SUBMIT, &form));
	TRY(unit_by_login(q, form.account, &unit, &found));
	TRY(reset_unit_name(q, unit.id));
	return reply(q, 200, &password_reset_answer, NULL);
}

/* 法人: name and phone are those registered. */
static enum err
is_legal_person(struct req *q, const struct password_reset_form *form, const struct unit *unit,
    const char *legal_name, bool *ret)
{
	char *phone;

	TRY(unseal_text(q, PURPOSE_UNIT_LEGAL_PHONE, unit->account, unit->legal_phone_sealed,
	    &phone));
	*ret = strcmp(form->verifier_name, legal_name) == 0 && strcmp(form->phone, phone) == 0;
	return ERR_OK;
}

/* 经办人: bound to this unit (PWD-8). */
static enum err
is_bound_operator(struct req *q, const struct password_reset_form *form, const struct unit *unit,
    bool *ret)
{
	struct operator o = { 0 };
	struct binding binding = { 0 };

	enum err person = operator_of(q, form->phone, &o);
	if (person != ERR_NOT_FOUND)
		TRY(person);
	enum err bound = binding_find(q->db, q->arena, unit->id, o.id, &binding);
	if (bound != ERR_NOT_FOUND)
		TRY(bound);
	*ret = person == ERR_OK && bound == ERR_OK && strcmp(form->verifier_name, o.name) == 0;
	return ERR_OK;
}

/*
 * Does all of it agree with what is registered? Which part does not is nobody's
 * to learn, so the verifier is looked up whatever else is wrong: the time
 * says no more than the words.
 */
static enum err
agrees(struct req *q, const struct password_reset_form *form, const struct unit *unit, bool *ret)
{
	char *legal_name, *legal_id;

	TRY(unseal_text(q, PURPOSE_UNIT_LEGAL_NAME, unit->account, unit->legal_name_sealed,
	    &legal_name));
	TRY(unseal_text(q, PURPOSE_UNIT_LEGAL_ID, unit->account, unit->legal_id_sealed, &legal_id));
	if (strcmp(form->verifier, "legal") == 0)
		TRY(is_legal_person(q, form, unit, legal_name, ret));
	else
		TRY(is_bound_operator(q, form, unit, ret));
	*ret = *ret && strcmp(form->unit_name, unit->name) == 0 &&
	       strcmp(form->uscc, unit->uscc) == 0 && strcmp(form->legal_name, legal_name) == 0 &&
	       strcmp(form->legal_id_type, unit->legal_id_type) == 0 &&
	       id_number_same(unit->legal_id_type, form->legal_id_no, legal_id);
	return ERR_OK;
}

/* In the place of a unit there is not: agrees with nothing, and takes as long. */
static struct unit
nobody(struct req *q)
{
	return (struct unit){ .account = "",
		.name = "",
		.uscc = "",
		.legal_name_sealed = seal_text(q, PURPOSE_UNIT_LEGAL_NAME, "", ""),
		.legal_id_type = "",
		.legal_id_sealed = seal_text(q, PURPOSE_UNIT_LEGAL_ID, "", ""),
		.legal_phone_sealed = seal_text(q, PURPOSE_UNIT_LEGAL_PHONE, "", "") };
}

static enum err
find(struct req *q, const struct password_reset_form *form, int64_t id, struct unit *ret)
{
	bool agreed = false;
	enum err e = unit_get(q->db, q->arena, id, ret);

	if (e == ERR_NOT_FOUND)
		*ret = nobody(q);
	else
		TRY(e);
	TRY(agrees(q, form, ret, &agreed));
	return agreed ? ERR_OK : refuse(q, ERR_INVALID, MISMATCH);
}

enum err
password_reset_finish(struct req *q)
{
	struct password_reset_form form = { 0 };
	struct unit unit = { 0 };
	int64_t id;
	char *hash;

	TRY(reset_unit_named(q, &id));
	TRY(form_collect(&password_reset_form, q, NULL, FORM_SUBMIT, &form));
	check_password(q, form.password, form.password2,
	    (const char *const[]){ form.uscc, form.phone, NULL });
	check_id_no(q, "legal_id_no", form.legal_id_type, form.legal_id_no);
	TRY(form_end(q));
	PASSWORD_TURN(turn); /* before the code is used up */
	TRY(sms_code_use(q, "reset", form.phone, form.sms_code));
	TRY(find(q, &form, id, &unit));
	check_password(q, form.password, form.password,
	    (const char *const[]){ unit.account, NULL });
	TRY(form_end(q));
	TRY(password_hash(q->arena, form.password, &hash));
	password_turn_end(&turn);

	SQL_TX(tx, q->db);
	TRY(sms_code_spent(q, &tx, "reset", form.phone, form.sms_code));
	TRY(unit_set_password(&tx, unit.id, hash));
	TRY(attempt_forget(q, &tx, ROLE_UNIT, unit.id));
	TRY(device_remember(q, &tx, ROLE_UNIT, unit.id));
	TRY(owner_tell(q, &tx, ROLE_UNIT, unit.id, NOTICE_UNIT_RECOVERED));
	TRY(deed_done(q, &tx, DEED_PASSWORD_RESET,
	    arena_printf(q->arena, "unit/%lld", (long long)unit.id), form.verifier, 204, NULL));
	/* refused anyway: sql/account/standing.h */
	(void)!session_end_all(q, ROLE_UNIT, unit.id, NULL, 0, NULL);
	/* whoever was here, and that the account was named; it is done, whatever Redis says */
	(void)!session_end(q);
	return ERR_OK;
}
