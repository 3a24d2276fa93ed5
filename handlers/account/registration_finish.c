#include "fcgi/crypto/password.h"
#include "handlers/account/cross_check.h"
#include "handlers/account/person.h"
#include "handlers/account/registration.h"
#include "handlers/account/registration_kept.h"
#include "handlers/common/deed.h"
#include "handlers/common/notify.h"
#include "handlers/common/sealing.h"
#include "handlers/sms/code.h"
#include "sql/account/unit.h"

struct registered_answer {
	const char *account;
	bool operator_known;
};
static const struct answer_row rows[] = {
	ANSWER(struct registered_answer, account, .about = "of the unit"),
	ANSWER(struct registered_answer, operator_known,
	    .about = "he had an account before, and keeps its password"),
};
const struct answer registered_answer = ANSWER_TABLE("registered", struct registered_answer, rows);

static enum err
add_unit(struct req *q, struct sql_tx *tx, const struct registration *r, int64_t *ret_id)
{
	const struct register_unit_form *f = &r->unit;
	const char *id_no = id_no_stored(q, f->legal_id_no);
	struct unit unit = {
		.account = f->account,
		.password = r->password,
		.name = f->name,
		.kind = f->institution_kind,
		.region_code = f->region,
		.uscc = f->uscc,
		.address = f->address,
		.postcode = f->postcode,
		.legal_name_sealed = seal_text(q, PURPOSE_UNIT_LEGAL_NAME, f->legal_name),
		.legal_id_type = f->legal_id_type,
		.legal_id_sealed = seal_text(q, PURPOSE_UNIT_LEGAL_ID, id_no),
		.legal_phone_sealed = seal_text(q, PURPOSE_UNIT_LEGAL_PHONE, f->legal_phone),
		.created_at = q->now,
	};
	enum err e = unit_insert(tx, &unit, ret_id);

	if (e == ERR_EXISTS) /* since step 1 */
		return refuse(q, e, "该账号或统一社会信用代码已被注册，请返回上一步核对");
	return e;
}

/* The operator with this phone: the one there is, if it is the same person, or a new one. */
static enum err
add_operator(struct req *q, struct sql_tx *tx, const struct person *person, const char *password,
    const struct operator* known, int64_t unit_id, const char *unit_name)
{
	int64_t operator_id = known->id;

	if (!known->id)
		TRY(person_insert(q, tx, person, password, 0, &operator_id));
	TRY(binding_add(tx, unit_id, operator_id, q->now, NULL));
	if (!known->id)
		return ERR_OK;
	const struct unit unit = { .id = unit_id, .name = unit_name };
	return notify_operator_about(q, tx, operator_id, NOTICE_OPERATOR_BOUND,
	    &(struct notice_about){ .unit = &unit }, NULL);
}

/* The phone is proven first, so strangers learn nothing of who has an account. */
static enum err
check(struct req *q, const struct register_operator_form *form, const struct person *person,
    const struct registration *r, struct operator* ret_known)
{
	bool known, same = true;

	check_password(q, form->password, form->password2,
	    (const char *const[]){ form->phone, r->unit.account, r->unit.uscc, NULL });
	check_id_no(q, "id_no", form->id_type, form->id_no);
	check_id_period(q, form->id_start, form->id_end);
	TRY(form_end(q));
	TRY(sms_code_use(q, "register", form->phone, form->sms_code));
	TRY(operator_find(q, form->phone, ret_known, &known));
	if (known)
		TRY(person_matches(q, person, ret_known, &same));
	return same ? ERR_OK
		    : refuse_field(q, "name",
			  "该手机号已登记为经办人，姓名或证件与登记信息不一致，请核对");
}

enum err
registration_finish(struct req *q)
{
	struct register_operator_form form = { 0 };
	struct registration r = { 0 };
	struct operator known = { 0 };
	char *hash = NULL;
	int64_t unit_id;
	bool found;

	TRY(registration_load(q, &r, &found));
	if (!found)
		return refuse(q, ERR_WRONG_STATE, "请先填写单位信息");
	TRY(form_collect(&register_operator_form, q, NULL, FORM_SUBMIT, &form));
	struct person person = { form.phone, form.name, form.id_type, form.id_no, form.id_start,
		form.id_end };
	TRY(check(q, &form, &person, &r, &known));
	if (!known.id)
		TRY(password_hash(q->arena, form.password, &hash));

	SQL_TX(tx, q->db);
	TRY(sms_code_spent(q, &tx, "register", form.phone, form.sms_code));
	TRY(add_unit(q, &tx, &r, &unit_id));
	TRY(add_operator(q, &tx, &person, hash, &known, unit_id, r.unit.name));
	const struct registered_answer answer = { r.unit.account, known.id != 0 };
	TRY(deed_done(q, &tx, DEED_UNIT_REGISTER,
	    arena_printf(q->arena, "unit/%lld", (long long)unit_id), "", 201,
	    answer_text(q, &registered_answer, &answer)));
	registration_forget(q);
	return ERR_OK;
}
