#include "handlers/common/who.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/unit/unit.h"
#include "handlers/unit/unit_answer.h"
#include "handlers/upload/stored_file.h"
#include "sql/account/operator.h"
#include "sql/application/upload.h"
#include "sql/catalogue/institution.h"

struct unit_task_answer {
	const char *code, *state;
};
static const struct answer_row task_rows[] = {
	ANSWER(struct unit_task_answer, code, .words = "certify operator grant apply"),
	ANSWER(struct unit_task_answer, state, .words = "done todo wait",
	    .about = "wait: others come first"),
};
static const struct answer unit_task_answer =
    ANSWER_TABLE("task", struct unit_task_answer, task_rows);

struct own_unit_answer {
	struct unit_answer unit;
	int64_t certified_until;
	bool second_factor;
	const struct stored_file_answer *licence;
	ANSWER_ITEMS(struct unit_task_answer) tasks;
};
static const struct answer_row own_unit_rows[] = {
	ANSWER_AS(struct own_unit_answer, unit.row.account, "account"),
	UNIT_ROWS(struct own_unit_answer, unit.),
	ANSWER_AS(struct own_unit_answer, unit.row.certification_reason, "certification_reason",
	    .null = true, .about = "why it did not pass"),
	ANSWER_AS(struct own_unit_answer, unit.row.certified_at, "certified_at", .null = true,
	    .about = "Unix seconds"),
	ANSWER(struct own_unit_answer, certified_until, .null = true,
	    .about = "the last second it holds, as things are now"),
	ANSWER(struct own_unit_answer, second_factor,
	    .about = "do its logins take a code by SMS, too"),
	ANSWER_ONE(struct own_unit_answer, licence, &stored_file_answer, .null = true,
	    .about = "营业执照"),
	ANSWER_MANY(struct own_unit_answer, tasks, &unit_task_answer, .about = "what to do next"),
};
const struct answer own_unit_answer =
    ANSWER_TABLE("own_unit", struct own_unit_answer, own_unit_rows);

static const char *
state_of(bool done, bool possible)
{
	if (done)
		return "done";
	return possible ? "todo" : "wait";
}

/* What is next: 认证, 经办人, 授权, 申请 (G-2 … G-4). */
static enum err
read_tasks(struct req *q, const struct unit *unit, struct own_unit_answer *ret)
{
	const struct grant *grants;
	size_t count;
	int64_t operators;
	bool granted = false, applied;

	TRY(binding_count(q->db, q->arena, unit->id, &operators));
	TRY(grant_list(q->db, q->arena, unit->id, &grants, &count));
	TRY(unit_has_applied(q->db, q->arena, unit->id, &applied));
	for (size_t i = 0; i < count; i++)
		granted = granted || grants[i].business == BUSINESS_MOBILE_PAYMENT;
	bool certified = unit->certification == CERTIFICATION_PASSED;

	struct unit_task_answer *tasks = ARENA_ARRAY(q->arena, struct unit_task_answer, 4);
	tasks[0].code = "certify";
	tasks[0].state = state_of(certified, unit->certification != CERTIFICATION_MANUAL &&
						 unit->certification != CERTIFICATION_CHECKING);
	tasks[1].code = "operator";
	tasks[1].state = state_of(operators > 0, true);
	tasks[2].code = "grant";
	tasks[2].state = state_of(granted, operators > 0);
	tasks[3].code = "apply";
	tasks[3].state = state_of(applied, certified && granted);
	ret->tasks.items = tasks;
	ret->tasks.count = 4;
	return ERR_OK;
}

static enum err
read_licence(struct req *q, const struct unit *unit, struct own_unit_answer *ret)
{
	struct stored_file_answer *file = ARENA_NEW(q->arena, struct stored_file_answer);
	struct upload upload = { 0 };

	if (!unit->licence_upload)
		return ERR_OK;
	enum err e = upload_get(q->db, q->arena, unit->licence_upload, &upload);
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	*file = (struct stored_file_answer){
		.id = upload.id,
		.name = upload.name,
		.size = upload.length,
	};
	ret->licence = file;
	return ERR_OK;
}

/* How long a passed certification holds. */
static enum err
read_until(struct req *q, const struct unit *u, struct own_unit_answer *ret)
{
	const struct institution *list;
	int64_t until = u->certified_until;
	size_t count;

	if (u->certification != CERTIFICATION_PASSED)
		return ERR_OK;
	TRY(institution_by_uscc(q->db, q->arena, u->uscc, &list, &count));
	for (size_t i = 0; i < count; i++)
		if (list[i].agreement_start <= q->now && list[i].agreement_end > until)
			until = list[i].agreement_end;
	ret->certified_until = until - 1;
	return ERR_OK;
}

enum err
unit_show(struct req *q)
{
	struct own_unit_answer answer = { 0 };
	struct unit *unit = &answer.unit.row;

	TRY(unit_get(q->db, q->arena, who_unit(q), unit));
	TRY(unit_answer_fill(q, &answer.unit));
	TRY(read_licence(q, unit, &answer));
	TRY(read_until(q, unit, &answer));
	TRY(read_tasks(q, unit, &answer));
	answer.second_factor = unit->second_factor;
	return reply(q, 200, &own_unit_answer, &answer);
}
