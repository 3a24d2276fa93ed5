#include "handlers/account/invitation.h"
#include "handlers/account/invite.h"
#include "handlers/account/person.h"
#include "handlers/common/deed.h"
#include "handlers/common/list.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/table/kinds.h"

struct own_invitation_answer {
	struct inviting_unit row;
	const char *certification;
};
static const struct answer_row own_invitation_rows[] = {
	ANSWER_AS(struct own_invitation_answer, row.id, "id"),
	ANSWER_AS(struct own_invitation_answer, row.unit, "unit", .about = "its name"),
	ANSWER_AS(struct own_invitation_answer, row.uscc, "uscc"),
	ANSWER(struct own_invitation_answer, certification, .words = certification_words),
	ANSWER_AS(struct own_invitation_answer, row.created_at, "created_at",
	    .about = "Unix seconds"),
};
static const struct answer own_invitation_answer =
    ANSWER_TABLE("own_invitation", struct own_invitation_answer, own_invitation_rows);

LIST_ANSWER(own_invitations, struct own_invitation_answer, &own_invitation_answer);

static enum err
own_phone(struct req *q, char **ret)
{
	struct operator o = { 0 };

	TRY(operator_get(q->db, q->arena, who_user(q), &o));
	return unseal_text(q, PURPOSE_OPERATOR_PHONE, o.phone_sealed, ret);
}

enum err
own_invitations(struct req *q)
{
	const struct inviting_unit *list;
	size_t count;
	char *phone;

	TRY(own_phone(q, &phone));
	TRY(inviting_unit_list(q->db, q->arena, index_text(q, PURPOSE_INVITATION_PHONE, phone),
	    index_text_also(q, PURPOSE_INVITATION_PHONE, phone), &list, &count));
	struct own_invitation_answer *items =
	    ARENA_ARRAY(q->arena, struct own_invitation_answer, count);
	for (size_t i = 0; i < count; i++)
		items[i] = (struct own_invitation_answer){ .row = list[i],
			.certification =
			    kind_by_code(certifications, (int)list[i].certification)->wire };
	const struct own_invitations_answer answer = { .items = { items, count } };
	return reply(q, 200, &own_invitations_answer, &answer);
}

static enum err
answer_own(struct req *q, bool accepts)
{
	struct invitation i = { 0 };
	char *phone;

	TRY(own_phone(q, &phone));
	SQL_TX(tx, q->db);
	TRY(invitation_of_phone(tx.db, q->arena, q->id,
	    index_text(q, PURPOSE_INVITATION_PHONE, phone),
	    index_text_also(q, PURPOSE_INVITATION_PHONE, phone), &i));
	TRY(accepts ? invite_accept(q, &tx, &i, who_user(q)) : invite_refuse(q, &tx, &i));
	return deed_done(q, &tx, accepts ? DEED_INVITATION_ACCEPT : DEED_INVITATION_REFUSE,
	    arena_printf(q->arena, "operator/%lld", (long long)who_user(q)),
	    arena_printf(q->arena, "unit=%lld", (long long)i.unit_id), 204, NULL);
}

enum err
own_invitation_accept(struct req *q)
{
	return answer_own(q, true);
}

enum err
own_invitation_refuse(struct req *q)
{
	return answer_own(q, false);
}
