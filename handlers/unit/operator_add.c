#include "handlers/account/attempt.h"
#include "handlers/account/cross_check.h"
#include "handlers/account/invite.h"
#include "handlers/account/person.h"
#include "handlers/common/deed.h"
#include "handlers/common/notify.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/operator_form.h"
#include "handlers/unit/operator.h"
#include "sql/account/unit.h"

struct operator_added_answer {
	int64_t id;
};
static const struct answer_row added_rows[] = {
	ANSWER(struct operator_added_answer, id, .about = "of the invitation"),
};
const struct answer operator_added_answer =
    ANSWER_TABLE("operator_added", struct operator_added_answer, added_rows);

/* The unit's own: whom it has, and whom it asked. Of others it learns nothing. */
static enum err
is_free(struct req *q, struct sql_tx *tx, const struct invitation *i, const char *also,
    const struct operator* known)
{
	struct binding binding = { 0 };
	bool asked;
	enum err e =
	    known ? binding_find(tx->db, q->arena, i->unit_id, known->id, &binding) : ERR_NOT_FOUND;

	if (e == ERR_OK)
		return refuse(q, ERR_EXISTS, "该经办人已绑定本单位，无需重复添加");
	if (e != ERR_NOT_FOUND)
		return e;
	TRY(invitation_exists(tx->db, q->arena, i->unit_id, i->phone_index, also, &asked));
	return asked ? refuse(q, ERR_EXISTS, "已邀请该手机号，请等待本人接受，或重新发送短信")
		     : ERR_OK;
}

/* An SMS goes out once the unit is certified; who has an account finds it there at once. */
static enum err
ask(struct req *q, struct sql_tx *tx, struct invitation *i, const struct operator* known)
{
	const struct notice_about *about;
	struct unit unit = { 0 };

	TRY(unit_get(tx->db, q->arena, i->unit_id, &unit));
	TRY(invitation_insert(tx, i, &i->id));
	about = &(struct notice_about){ .unit = &unit };
	if (known)
		TRY(notify_operator_about(q, tx, known->id, NOTICE_OPERATOR_ASKED, about, NULL));
	return invite_send_first(q, tx, &unit, i);
}

enum err
operator_add(struct req *q)
{
	struct operator_add_form form = { 0 };
	struct operator known = { 0 };
	bool found;

	TRY(form_collect(&operator_add_form, q, NULL, FORM_SUBMIT, &form));
	const struct person person = { form.phone, form.name, form.id_type, form.id_no,
		form.id_start, form.id_end };
	if (person_given(q, &person))
		person_wanted(q, &operator_add_form, &person, form.id_forever);
	TRY(form_end(q));
	TRY(attempt_lookup(q));
	TRY(operator_find(q, form.phone, &known, &found));
	struct invitation i = { .unit_id = who_unit(q),
		.phone_index = index_text(q, PURPOSE_INVITATION_PHONE, form.phone),
		.phone_sealed = seal_text(q, PURPOSE_INVITATION_PHONE, form.phone),
		.name = form.name,
		.id_type = form.id_type,
		.id_sealed = form.id_no
				 ? seal_text(q, PURPOSE_INVITATION_ID, id_no_stored(q, form.id_no))
				 : NULL,
		.id_start = form.id_start,
		.id_end = form.id_end,
		.created_at = q->now };

	SQL_TX(tx, q->db);
	TRY(unit_lock(&tx, q->arena, who_unit(q)));
	TRY(is_free(q, &tx, &i, index_text_also(q, PURPOSE_INVITATION_PHONE, form.phone),
	    found ? &known : NULL));
	TRY(ask(q, &tx, &i, found ? &known : NULL));
	const struct operator_added_answer answer = { i.id };
	return deed_done(q, &tx, DEED_OPERATOR_ADD,
	    arena_printf(q->arena, "invitation/%lld", (long long)i.id),
	    arena_printf(q->arena, "unit=%lld", (long long)who_unit(q)), 201,
	    answer_text(q, &operator_added_answer, &answer));
}
