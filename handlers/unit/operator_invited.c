#include "handlers/account/invite.h"
#include "handlers/common/deed.h"
#include "handlers/common/list.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/unit/operator.h"
#include "sql/account/unit.h"

/* Whoever has it: the unit sees what it typed, and no more until he accepts. */
struct operator_invited_answer {
	int64_t id;
	const char *phone;
	bool sent;
	int64_t secret_until, created_at;
};
static const struct answer_row rows[] = {
	ANSWER(struct operator_invited_answer, id),
	ANSWER(struct operator_invited_answer, phone, .about = "as the unit typed it"),
	ANSWER(struct operator_invited_answer, sent,
	    .about = "an SMS was; none is before the unit is certified"),
	ANSWER(struct operator_invited_answer, secret_until,
	    .about = "Unix seconds: what the SMS brought is of use so long; 0 without"),
	ANSWER(struct operator_invited_answer, created_at, .about = "Unix seconds"),
};
static const struct answer operator_invited_answer =
    ANSWER_TABLE("operator_invited", struct operator_invited_answer, rows);

LIST_ANSWER(operators_invited, struct operator_invited_answer, &operator_invited_answer);

enum err
operator_invitations(struct req *q)
{
	const struct invitation *list;
	size_t count;

	TRY(invitation_list(q->db, q->arena, who_unit(q), &list, &count));
	struct operator_invited_answer *items =
	    ARENA_ARRAY(q->arena, struct operator_invited_answer, count);
	for (size_t i = 0; i < count; i++) {
		char *phone;

		TRY(unseal_text(q, PURPOSE_INVITATION_PHONE, list[i].phone_sealed, &phone));
		items[i] = (struct operator_invited_answer){ list[i].id, phone,
			list[i].secret_until != 0, list[i].secret_until, list[i].created_at };
	}
	const struct operators_invited_answer answer = { .items = { items, count } };
	return reply(q, 200, &operators_invited_answer, &answer);
}

static enum err
done(struct req *q, struct sql_tx *tx, enum deed deed)
{
	return deed_done(q, tx, deed, arena_printf(q->arena, "invitation/%lld", (long long)q->id),
	    arena_printf(q->arena, "unit=%lld", (long long)who_unit(q)), 204, NULL);
}

enum err
operator_invite_again(struct req *q)
{
	struct invitation i = { 0 };
	struct unit unit = { 0 };

	TRY(unit_get(q->db, q->arena, who_unit(q), &unit));

	SQL_TX(tx, q->db);
	TRY(invitation_get(tx.db, q->arena, q->id, who_unit(q), &i));
	if (unit.certification != CERTIFICATION_PASSED)
		return refuse(q, ERR_NOT_CERTIFIED, "资质认证通过后才发送短信，届时自动发送");
	TRY(invite_send(q, &tx, &unit, &i));
	return done(q, &tx, DEED_OPERATOR_INVITE);
}

enum err
operator_withdraw(struct req *q)
{
	struct invitation i = { 0 };

	SQL_TX(tx, q->db);
	TRY(invitation_get(tx.db, q->arena, q->id, who_unit(q), &i));
	TRY(invitation_delete(&tx, i.id));
	return done(q, &tx, DEED_OPERATOR_WITHDRAW);
}
