#include <string.h>

#include "handlers/common/deed.h"
#include "handlers/common/notify.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/operator_form.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/unit/operator.h"
#include "sql/account/operator.h"
#include "sql/account/unit.h"

struct operator_transfer_answer {
	const char *business;
	int64_t to;
};
static const struct answer_row rows[] = {
	ANSWER(struct operator_transfer_answer, business, .words = business_words),
	ANSWER(struct operator_transfer_answer, to, .about = "binding of who holds it now"),
};
const struct answer operator_transfer_answer =
    ANSWER_TABLE("operator_transfer", struct operator_transfer_answer, rows);

static const struct kind_info *
business_named(const char *wire)
{
	const struct kind_info *b = businesses;

	while (strcmp(b->wire, wire) != 0) /* a choice of the form, so it is there */
		b++;
	return b;
}

/* Both know: the one who may not any more, and the one who may from now on. */
static enum err
tell(struct req *q, struct sql_tx *tx, const struct binding *from, const struct binding *to,
    const struct unit *unit, const char *business)
{
	const struct notice_about about = { .unit = unit, .person = to->name };
	const char *const arguments[4] = { business };

	TRY(notify_operator_about(q, tx, from->operator_id, NOTICE_OPERATOR_HANDED, &about,
	    arguments));
	return notify_operator_about(q, tx, to->operator_id, NOTICE_OPERATOR_GRANTED, &about,
	    arguments);
}

enum err
operator_transfer(struct req *q)
{
	struct transfer_form form = { 0 };
	struct binding from = { 0 }, to = { 0 };
	struct unit unit = { 0 };
	bool held;

	TRY(form_bind(&transfer_form, q, NULL, FORM_SUBMIT, &form));
	const struct kind_info *business = business_named(form.business);
	unsigned code = (unsigned)business->code;
	TRY(unit_get(q->db, q->arena, who_unit(q), &unit));

	SQL_TX(tx, q->db);
	TRY(unit_lock(&tx, q->arena, unit.id));
	TRY(binding_get(tx.db, q->arena, q->id, unit.id, &from));
	enum err e = binding_get(tx.db, q->arena, form.to, unit.id, &to);
	if (e == ERR_NOT_FOUND || (e == ERR_OK && to.id == from.id))
		return form_refuse(&transfer_form, &q->errors, "to", NULL);
	TRY(e);
	TRY(grant_holds(tx.db, q->arena, unit.id, code, from.operator_id, &held));
	if (!held)
		return refuse(q, ERR_CONFLICT, "该经办人已不持有此业务，请刷新后重试");
	TRY(grant_delete(&tx, unit.id, code, from.operator_id));
	TRY(grant_add(&tx, unit.id, code, to.operator_id, q->now));
	TRY(tell(q, &tx, &from, &to, &unit, business->text));
	const struct operator_transfer_answer answer = { business->wire, to.id };
	return deed_done(q, &tx, DEED_OPERATOR_TRANSFER,
	    arena_printf(q->arena, "operator/%lld", (long long)to.operator_id),
	    arena_printf(q->arena, "unit=%lld from=%lld business=%s", (long long)unit.id,
		(long long)from.operator_id, business->wire),
	    200, answer_text(q, &operator_transfer_answer, &answer));
}
