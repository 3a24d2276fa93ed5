#include <string.h>

#include "handlers/common/deed.h"
#include "handlers/common/notify.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/operator_form.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/unit/operator.h"
#include "sql/account/operator.h"
#include "sql/account/unit.h"

struct operator_grants_answer {
	struct text_list grants;
};
static const struct answer_row rows[] = {
	ANSWER(struct operator_grants_answer, grants, .words = business_words),
};
const struct answer operator_grants_answer =
    ANSWER_TABLE("operator_grants", struct operator_grants_answer, rows);

static bool
has(const struct text_list *list, const char *code)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i], code) == 0)
			return true;
	return false;
}

static const struct grant *
held(const struct grant *grants, size_t count, const struct kind_info *business)
{
	for (size_t i = 0; i < count; i++)
		if ((int)grants[i].business == business->code)
			return &grants[i];
	return NULL;
}

/* One business as it shall be. Somebody else's is not taken away, but named. */
static enum err
settle(struct req *q, struct sql_tx *tx, const struct binding *b, const struct kind_info *business,
    const struct grant *holder, bool wanted, const struct unit *unit)
{
	unsigned code = (unsigned)business->code;

	if (holder && holder->operator_id != b->operator_id)
		return wanted ? refuse_field(q, "business",
				    arena_printf(q->arena,
					"“%s”已授权给%s，请先取消其授权再授权给他人",
					business->text, holder->operator_name))
			      : ERR_OK;
	if (wanted == (holder != NULL))
		return ERR_OK;
	if (!wanted)
		return grant_delete(tx, b->unit_id, code, b->operator_id);
	TRY(grant_add(tx, b->unit_id, code, b->operator_id, q->now));
	return notify_operator_about(q, tx, b->operator_id, NOTICE_OPERATOR_GRANTED,
	    &(struct notice_about){ .unit = unit }, (const char *const[4]){ business->text });
}

enum err
operator_grants(struct req *q)
{
	struct grants_form form = { 0 };
	struct binding binding = { 0 };
	struct unit unit = { 0 };
	const struct grant *grants;
	const char *detail = "";
	size_t count;

	TRY(form_bind(&grants_form, q, NULL, FORM_SUBMIT, &form));
	TRY(unit_get(q->db, q->arena, who_unit(q), &unit));

	SQL_TX(tx, q->db);
	TRY(unit_lock(&tx, q->arena, unit.id));
	TRY(binding_get(tx.db, q->arena, q->id, unit.id, &binding));
	TRY(grant_list(tx.db, q->arena, unit.id, &grants, &count));
	const char **now_held = ARENA_ARRAY(q->arena, const char *, form.business.count);
	struct operator_grants_answer answer = { .grants = { now_held, 0 } };
	for (const struct kind_info *b = businesses; b->wire; b++) {
		bool wanted = has(&form.business, b->wire);

		TRY(settle(q, &tx, &binding, b, held(grants, count, b), wanted, &unit));
		if (wanted)
			now_held[answer.grants.count++] = b->wire;
		if (wanted)
			detail =
			    arena_printf(q->arena, "%s%s%s", detail, *detail ? "," : "", b->wire);
	}
	return deed_done(q, &tx, DEED_OPERATOR_GRANTS,
	    arena_printf(q->arena, "operator/%lld", (long long)binding.operator_id),
	    arena_printf(q->arena, "unit=%lld grants=%s", (long long)unit.id, detail), 200,
	    answer_text(q, &operator_grants_answer, &answer));
}
