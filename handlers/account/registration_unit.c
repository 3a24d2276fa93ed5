#include "handlers/account/cross_check.h"
#include "handlers/account/registration.h"
#include "handlers/account/registration_accepted.h"
#include "sql/account/unit.h"

struct registration_answer {
	const char *unit;
};
static const struct answer_row rows[] = {
	ANSWER(struct registration_answer, unit, .about = "to be sent along with step 2, sealed"),
};
const struct answer registration_answer =
    ANSWER_TABLE("registration", struct registration_answer, rows);

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

	TRY(form_collect(&register_unit_form, q, NULL, FORM_SUBMIT, &form));
	check_password(q, form.password, form.password2,
	    (const char *const[]){ form.account, form.uscc, form.legal_phone, NULL });
	check_id_no(q, "legal_id_no", form.legal_id_type, form.legal_id_no);
	TRY(check_region(q, form.region));
	TRY(check_taken(q, &form));
	TRY(form_end(q));
	const struct registration_answer answer = { registration_accept(q, &form) };
	return reply(q, 200, &registration_answer, &answer);
}
