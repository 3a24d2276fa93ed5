#include "fcgi/crypto/password.h"
#include "handlers/account/cross_check.h"
#include "handlers/account/registration.h"
#include "handlers/account/registration_kept.h"
#include "sql/account/unit.h"

struct registration_answer {
	json_t *unit, *operator;
	bool accepted;
};
static const struct answer_row rows[] = {
	ANSWER(struct registration_answer, unit, .null = true, .of = &answer_form_values,
	    .about = "step 1 as typed so far, without secrets"),
	ANSWER(struct registration_answer, operator, .null = true, .of = &answer_form_values,
	    .about = "step 2, likewise"),
	ANSWER(struct registration_answer, accepted, .about = "step 1 was"),
};
const struct answer registration_answer =
    ANSWER_TABLE("registration", struct registration_answer, rows);

/* accepted: step 1 as it was accepted last; NULL: it was not. */
static enum err
answer(struct req *q, const struct register_unit_form *accepted)
{
	json_t *typed;

	TRY(registration_typed(q, &typed));
	reply_keep(q, typed);
	struct registration_answer answer = {
		.unit = json_object_get(typed, "unit"),
		.operator= json_object_get(typed, "operator"),
		.accepted = accepted != NULL,
	};
	if (!answer.unit && accepted)
		answer.unit = reply_keep(q, form_dump(&register_unit_form, accepted));
	return reply(q, 200, &registration_answer, &answer);
}

enum err
registration_show(struct req *q)
{
	struct registration r = { 0 };
	bool found;

	TRY(registration_load(q, &r, &found));
	return answer(q, found ? &r.unit : NULL);
}

/* One account per name and one per 统一社会信用代码. */
static enum err
check_taken(struct req *q, const struct register_unit_form *form)
{
	struct unit unit = { 0 };
	enum err e =
	    form->account ? unit_by_account(q->db, q->arena, form->account, &unit) : ERR_NOT_FOUND;

	if (e == ERR_OK)
		(void)!refuse_field(q, "account", "该账号已被使用，请换一个");
	else if (e != ERR_NOT_FOUND)
		return e;
	e = form->uscc ? unit_by_uscc(q->db, q->arena, form->uscc, &unit) : ERR_NOT_FOUND;
	if (e == ERR_OK)
		(void)!refuse_field(q, "uscc",
		    "该统一社会信用代码已注册，请直接登录；忘记密码请使用找回密码，被他人注册的请申诉");
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err
registration_unit(struct req *q)
{
	struct register_unit_form form = { 0 };
	char *hash;

	TRY(form_collect(&register_unit_form, q, NULL, FORM_SUBMIT, &form));
	check_password(q, form.password, form.password2,
	    (const char *const[]){ form.account, form.uscc, form.legal_phone, NULL });
	check_id_no(q, "legal_id_no", form.legal_id_type, form.legal_id_no);
	TRY(check_region(q, form.region));
	TRY(check_taken(q, &form));
	TRY(form_end(q));

	TRY(password_hash(q->arena, form.password, &hash));
	TRY(registration_typed_put(q, "unit", NULL)); /* from now on as it was accepted */
	TRY(registration_keep(q, &(struct registration){ form, hash }));
	return answer(q, &form);
}
