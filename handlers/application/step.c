#include "handlers/application/step.h"

#include "handlers/application/step_notice.h"
#include "handlers/common/reach.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "sql/account/unit.h"
#include "sql/application/application_event.h"
#include "sql/application/application_pin.h"
#include "sql/application/application_round.h"
#include "sql/application/upload_scan.h"
#include "sql/catalogue/bureau.h"
#include "sql/key/credential.h"
#include "sql/record/job.h"

enum err
step_find(struct req *q, const struct application *app, enum event event,
    const struct transition **ret)
{
	enum state state = (enum state)app->state;
	enum desk desk = DESK_NONE;

	if (who_role(q) == ROLE_OFFICER) {
		if (!reach_has_at_desk(q, app))
			return ERR_WRONG_STATE;
		desk = state_desk(state);
	}
	*ret = workflow_step(state, event, desk);
	return *ret ? ERR_OK : ERR_WRONG_STATE;
}

static enum err
check_scans(struct req *q, const struct application *app)
{
	struct scan_obstacle file;
	enum err e = upload_scan_obstacle(q->db, q->arena, app->id, app->round, &file);

	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	return refuse(q, ERR_WRONG_STATE,
	    arena_printf(q->arena,
		file.state == SCAN_INFECTED ? "“%s”中发现病毒，不能通过，请驳回并请对方更换文件"
					    : "“%s”正在进行安全检测，请稍后再通过",
		file.name));
}

/* Of a unit that may not be who it says, nothing goes further; it may still be refused or given up. */
static enum err
check_unit(struct req *q, const struct application *app)
{
	struct unit unit = { 0 };

	TRY(unit_get(q->db, q->arena, app->unit_id, &unit));
	return unit.certification == CERTIFICATION_REVOKED
		   ? refuse(q, ERR_WRONG_STATE, "该单位的资质认证已被撤销，不能通过，请驳回")
		   : ERR_OK;
}

static enum err
check_needs(struct req *q, const struct application *app, const struct transition *step,
    const struct step_input *in)
{
	if ((step->needs & NEED_REMARK) && !in->remark)
		(void)!form_refuse(in->form, &q->errors, in->remark_field, NULL);
	if ((step->needs & NEED_SECURITY) && !in->security_checked)
		(void)!form_refuse(in->form, &q->errors, "security_checked", NULL);
	TRY(form_end(q));
	if (!(step->needs & NEED_SCANNED))
		return ERR_OK;
	TRY(check_unit(q, app));
	return check_scans(q, app);
}

static int64_t
bureau_at(const struct application *app, enum desk desk)
{
	switch (desk) {
	case DESK_NONE:
		return 0;
	case DESK_LOCAL:
		return app->local_bureau;
	case DESK_PROVINCE:
		return app->province_bureau;
	case DESK_NATION:
		return app->nation_bureau;
	}
	return 0;
}

/* 已弃用 and 验收审核通过 end a case in the sense of A-50. */
static bool
releases(enum state to)
{
	return state_is_final(to) || to == STATE_ACCEPTED;
}

/* As 审核记录 shows it: the unit, or the bureau. */
static enum err
actor_name(struct req *q, struct sql *db, const struct application *app, const char **ret)
{
	struct bureau bureau;
	struct unit unit;

	if (who_role(q) == ROLE_OFFICER) {
		TRY(bureau_get(db, q->arena, who_bureau(q), &bureau));
		*ret = bureau.name;
		return ERR_OK;
	}
	TRY(unit_get(db, q->arena, app->unit_id, &unit));
	*ret = unit.name;
	return ERR_OK;
}

static enum err
keep_event(struct req *q, struct sql_tx *tx, const struct application *app,
    const struct transition *step, const struct step_input *in, int64_t round)
{
	struct application_event event = {
		.event = step->event,
		.from_state = step->from,
		.to_state = step->to,
		.desk = step->who,
		.bureau_id = step->who == DESK_NONE ? 0 : who_bureau(q),
		.actor_role = who_role(q),
		.actor_id = who_user(q),
		.remark = in->remark,
		.security_checked = in->security_checked,
		.round = round,
		.created_at = q->now,
	};

	TRY(actor_name(q, tx->db, app, &event.actor_name));
	return application_event_add(tx, app->id, &event);
}

static enum err
keep_round(struct req *q, struct sql_tx *tx, const struct application *app,
    const struct transition *step, const struct step_input *in, int64_t round)
{
	size_t size = json_dumpb(in->filed, NULL, 0, JSON_COMPACT);
	char *text = arena_alloc(q->arena, size + 1);

	json_dumpb(in->filed, text, size, JSON_COMPACT);
	struct application_round row = {
		.round = round,
		.phase = state_phase(step->from),
		.answers_sealed = seal_text(q, PURPOSE_APPLICATION_ROUND_ANSWERS,
		    row_pair(q, row_number(q, app->id), row_number(q, round)), text),
		.created_at = q->now,
	};
	TRY(application_round_add(tx, app->id, &row));
	for (size_t i = 0; i < in->nfiles; i++)
		TRY(application_round_file_add(tx, app->id, round, in->files[i].field,
		    in->files[i].upload_id));
	return ERR_OK;
}

static enum err
cause(struct req *q, struct sql_tx *tx, const struct application *app,
    const struct transition *step, const struct step_input *in, int64_t round)
{
	if (step->effects & EFFECT_ROUND)
		TRY(keep_round(q, tx, app, step, in, round));
	if (step->effects & EFFECT_TEST_KEYS)
		TRY(job_add(tx, JOB_ISSUE_TEST, app->id, q->now, q->now));
	if (step->effects & EFFECT_FORMAL_KEYS)
		TRY(job_add(tx, JOB_ISSUE_FORMAL, app->id, q->now, q->now));
	if (step->effects & EFFECT_REVOKE)
		TRY(channel_credential_disable(tx, app->id, q->now));
	return ERR_OK;
}

/* What an officer has pinned goes out with his decision; what a colleague was drafting is over. */
static enum err
settle_drafts(struct req *q, struct sql_tx *tx, const struct application *app,
    const struct transition *step)
{
	if (state_desk(step->from) == DESK_NONE)
		return ERR_OK;
	if (step->who != DESK_NONE)
		TRY(review_drafts_send(tx, app->id, who_user(q)));
	return review_drafts_drop(tx, app->id);
}

enum err
step_take(struct req *q, struct sql_tx *tx, const struct application *app,
    const struct transition *step, const struct step_input *in)
{
	int64_t next = bureau_at(app, state_desk(step->to));
	int64_t round = app->round + ((step->effects & EFFECT_ROUND) != 0);
	struct application_move move = {
		.id = app->id,
		.version = app->version,
		.step = step,
		.desk_bureau = next,
		.operator_id = step->who == DESK_NONE ? who_user(q) : 0,
		.released = releases(step->to),
		.now = q->now,
	};

	TRY(check_needs(q, app, step, in));
	TRY(application_move(tx, &move));
	TRY(keep_event(q, tx, app, step, in, round));
	TRY(settle_drafts(q, tx, app, step));
	TRY(cause(q, tx, app, step, in, round));
	return step_notify(q, tx, app, step, next, in->remark);
}

struct step_answer {
	const char *state, *status;
	int64_t version;
};
static const struct answer_row rows[] = {
	ANSWER(struct step_answer, state, .words = state_words),
	ANSWER(struct step_answer, status, .words = status_words),
	ANSWER(struct step_answer, version),
};
const struct answer step_answer = ANSWER_TABLE("step", struct step_answer, rows);

const char *
step_reply(const struct req *q, const struct application *app, const struct transition *step)
{
	const struct step_answer answer = {
		.state = state_name(step->to),
		.status = status_info(state_status(step->to))->wire,
		.version = app->version + 1,
	};

	return answer_text(q, &step_answer, &answer);
}

const char *
step_detail(struct req *q, const struct application *app, const struct transition *step)
{
	return arena_printf(q->arena, "event=%s from=%s to=%s version=%lld",
	    event_name(step->event), state_name(step->from), state_name(step->to),
	    (long long)app->version);
}
