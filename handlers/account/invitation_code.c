#include "fcgi/crypto/password.h"
#include "handlers/account/attempt.h"
#include "handlers/account/cross_check.h"
#include "handlers/account/invitation.h"
#include "handlers/account/invite.h"
#include "handlers/account/person.h"
#include "handlers/common/deed.h"
#include "handlers/rules/form/operator_form.h"
#include "handlers/rules/table/kinds.h"

struct invitation_answer {
	const char *unit, *uscc, *certification;
	bool account;
};
static const struct answer_row rows[] = {
	ANSWER(struct invitation_answer, unit, .about = "its name"),
	ANSWER(struct invitation_answer, uscc),
	ANSWER(struct invitation_answer, certification, .words = certification_words),
	ANSWER(struct invitation_answer, account,
	    .about = "the phone has one; else papers and a password are needed to accept"),
};
const struct answer invitation_answer = ANSWER_TABLE("invitation", struct invitation_answer, rows);

/* Whoever has the code holds the phone. */
static enum err
find(struct req *q, const char *phone, const char *code, struct invitation *ret)
{
	TRY(attempt_lookup(q));
	enum err e = invite_by_secret(q, phone, code, ret);

	if (e == ERR_NOT_FOUND)
		return refuse_field(q, "code", "手机号与邀请码不符，或邀请已处理，请核对");
	TRY(e);
	return ret->secret_until > q->now
		   ? ERR_OK
		   : refuse_field(q, "code", "邀请码已过期，请登录后接受，或联系单位重新发送");
}

enum err
invitation_look(struct req *q)
{
	struct invitation_look_form form = { 0 };
	struct invitation_answer answer = { 0 };
	struct invitation i = { 0 };
	struct operator o = { 0 };
	struct unit unit = { 0 };

	TRY(form_bind(&invitation_look_form, q, NULL, FORM_SUBMIT, &form));
	TRY(find(q, form.phone, form.code, &i));
	TRY(unit_get(q->db, q->arena, i.unit_id, &unit));
	TRY(operator_find(q, form.phone, &o, &answer.account));
	answer.unit = unit.name;
	answer.uscc = unit.uscc;
	answer.certification = kind_by_code(certifications, (int)unit.certification)->wire;
	return reply(q, 200, &invitation_answer, &answer);
}

/* He is here, and nobody has his phone yet: the account is made of what he says himself. */
static enum err
add_person(struct req *q, const struct invitation_accept_form *form, char **ret_hash)
{
	const struct person person = { form->phone, form->name, form->id_type, form->id_no,
		form->id_start, form->id_end };

	person_wanted(q, &invitation_accept_form, &person, form->id_forever);
	want(q, &invitation_accept_form, "password", form->password);
	want(q, &invitation_accept_form, "password2", form->password2);
	check_password(q, form->password, form->password2,
	    (const char *const[]){ form->phone, NULL });
	TRY(form_end(q));
	return password_hash(q->arena, form->password, ret_hash);
}

enum err
invitation_accept(struct req *q)
{
	struct invitation_accept_form form = { 0 };
	struct invitation i = { 0 };
	struct operator o = { 0 };
	char *hash = NULL;
	bool known;

	TRY(form_collect(&invitation_accept_form, q, NULL, FORM_SUBMIT, &form));
	if (!form.phone || !form.code)
		return form_end(q);
	TRY(find(q, form.phone, form.code, &i));
	TRY(operator_find(q, form.phone, &o, &known));
	if (!known)
		TRY(add_person(q, &form, &hash));
	const struct person person = { form.phone, form.name, form.id_type, form.id_no,
		form.id_start, form.id_end };

	SQL_TX(tx, q->db);
	if (!known)
		TRY(person_insert(q, &tx, &person, hash, 0, &o.id));
	TRY(invite_accept(q, &tx, &i, o.id));
	return deed_done(q, &tx, DEED_INVITATION_ACCEPT,
	    arena_printf(q->arena, "operator/%lld", (long long)o.id),
	    arena_printf(q->arena, "unit=%lld by=code", (long long)i.unit_id), 204, NULL);
}

enum err
invitation_refuse(struct req *q)
{
	struct invitation_code_form form = { 0 };
	struct invitation i = { 0 };

	TRY(form_bind(&invitation_refuse_form, q, NULL, FORM_SUBMIT, &form));
	TRY(find(q, form.phone, form.code, &i));

	SQL_TX(tx, q->db);
	TRY(invite_refuse(q, &tx, &i));
	return deed_done(q, &tx, DEED_INVITATION_REFUSE,
	    arena_printf(q->arena, "invitation/%lld", (long long)i.id),
	    arena_printf(q->arena, "unit=%lld by=code", (long long)i.unit_id), 204, NULL);
}
