#include "fcgi/http/session.h"
#include "handlers/common/deed.h"
#include "handlers/common/notify.h"
#include "handlers/common/who.h"
#include "handlers/unit/operator.h"
#include "sql/account/operator.h"
#include "sql/account/unit.h"

/* His sessions for this unit end at once; those for other units go on. */
enum err
operator_delete(struct req *q)
{
	struct binding binding = { 0 };
	struct unit unit = { 0 };
	int64_t count;

	TRY(unit_get(q->db, q->arena, who_unit(q), &unit));

	SQL_TX(tx, q->db);
	TRY(unit_lock(&tx, q->arena, unit.id));
	TRY(binding_get(tx.db, q->arena, q->id, unit.id, &binding));
	TRY(binding_count(tx.db, q->arena, unit.id, &count));
	if (count <= 1)
		return refuse(q, ERR_WRONG_STATE,
		    "本单位只有一名经办人，不支持解绑，请先新增经办人");
	TRY(binding_delete(&tx, unit.id, binding.operator_id));
	TRY(notify_operator_about(q, &tx, binding.operator_id, NOTICE_OPERATOR_UNBOUND,
	    &(struct notice_about){ .unit = &unit }, NULL));
	TRY(deed_done(q, &tx, DEED_OPERATOR_UNBIND,
	    arena_printf(q->arena, "operator/%lld", (long long)binding.operator_id),
	    arena_printf(q->arena, "unit=%lld", (long long)unit.id), 204, NULL));
	/* refused anyway: the gates ask for the binding */
	(void)!session_end_all(q, ROLE_OPERATOR, binding.operator_id, WHO_UNIT, unit.id, NULL);
	return ERR_OK;
}
