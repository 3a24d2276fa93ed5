#include "handlers/common/list.h"
#include "handlers/common/mask.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/check/format.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/unit/operator.h"
#include "sql/account/operator.h"

struct operator_answer {
	struct binding row;
	const char *phone, *id_no;
	struct text_list grants;
	bool only;
};
static const struct answer_row operator_rows[] = {
	ANSWER_AS(struct operator_answer, row.id, "id", .about = "of the binding to this unit"),
	ANSWER_AS(struct operator_answer, row.name, "name"),
	ANSWER(struct operator_answer, phone, .about = "masked"),
	ANSWER_AS(struct operator_answer, row.id_type, "id_type", .words = id_type_words),
	ANSWER(struct operator_answer, id_no, .about = "masked"),
	ANSWER(struct operator_answer, grants, .words = business_words),
	ANSWER_AS(struct operator_answer, row.created_at, "bound_at", .about = "Unix seconds"),
	ANSWER_AS(struct operator_answer, row.alone, "alone",
	    .about = "no other unit has him, so this one may reset his password"),
	ANSWER(struct operator_answer, only, .about = "the unit has no other, so he stays"),
};
static const struct answer operator_answer =
    ANSWER_TABLE("operator", struct operator_answer, operator_rows);

LIST_ANSWER(operators, struct operator_answer, &operator_answer);

/* Fills in what the row of `ret` does not say. */
static enum err
finish(struct req *q, const struct grant *grants, size_t count, struct operator_answer *ret)
{
	const char **held = ARENA_ARRAY(q->arena, const char *, count);
	const struct binding *b = &ret->row;
	char *phone, *id_no;

	TRY(unseal_text(q, PURPOSE_OPERATOR_PHONE, b->phone_sealed, &phone));
	TRY(unseal_text(q, PURPOSE_OPERATOR_ID, b->id_sealed, &id_no));
	ret->phone = mask_phone(q->arena, phone);
	ret->id_no = mask_id(q->arena, id_no);
	for (size_t i = 0; i < count; i++)
		if (grants[i].operator_id == b->operator_id)
			held[ret->grants.count++] =
			    kind_by_code(businesses, (int)grants[i].business)->wire;
	ret->grants.items = held;
	return ERR_OK;
}

enum err
operator_list(struct req *q)
{
	const struct binding *list;
	const struct grant *grants;
	size_t count, ngrants;

	TRY(binding_list(q->db, q->arena, who_unit(q), &list, &count));
	TRY(grant_list(q->db, q->arena, who_unit(q), &grants, &ngrants));
	struct operator_answer *items = ARENA_ARRAY(q->arena, struct operator_answer, count);
	for (size_t i = 0; i < count; i++) {
		items[i].row = list[i];
		items[i].only = count == 1;
		TRY(finish(q, grants, ngrants, &items[i]));
	}
	const struct operators_answer answer = { .items = { items, count } };
	return reply(q, 200, &operators_answer, &answer);
}
