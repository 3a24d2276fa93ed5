#include "handlers/review/decision.h"

#include "fcgi/base/time.h"
#include "handlers/admin/staff_person.h"
#include "handlers/application/access.h"
#include "handlers/application/step.h"
#include "handlers/common/who.h"
#include "handlers/review/claim.h"
#include "sql/account/staff.h"
#include "sql/account/standing.h"
#include "sql/application/application_event.h"

static const char *
when_text(struct arena *arena, int64_t at)
{
	struct tm tm = time_shanghai(at);
	char when[20];

	strftime(when, sizeof(when), "%Y-%m-%d %H:%M", &tm);
	return arena_printf(arena, "%s", when);
}

/* The newest step; but what this bureau did in the round that is over tells an officer more. */
static const struct application_event *
telling(const struct req *q, const struct application_event *events, size_t count)
{
	const struct application_event *last = &events[count - 1];

	for (size_t i = count; i-- > 0 && events[i].round == last->round;)
		if (events[i].bureau_id == who_bureau(q))
			return &events[i];
	return last;
}

static const char *
step_text(enum event event, enum desk desk)
{
	const struct desk_info *info = desk_info(desk);

	switch (event) {
	case EVENT_PASS:
		return info ? info->passed : "";
	case EVENT_REJECT:
		return info ? info->rejected : "";
	case EVENT_DISCARD:
		return "弃用";
	case EVENT_SUBMIT:
		break;
	}
	return "重新提交";
}

/* Who was first: a colleague by name, others as 审核记录 shows them. */
static enum err
tell_conflict(struct req *q, struct sql *db, const struct application *app)
{
	const struct application_event *events;
	struct staff colleague = { .name = "" };
	size_t count;

	TRY(application_events(db, q->arena, app->id, &events, &count));
	if (count == 0)
		return ERR_CONFLICT;
	const struct application_event *e = telling(q, events, count);
	if (e->bureau_id && e->bureau_id == who_bureau(q)) {
		enum err found = staff_get(db, q->arena, e->actor_id, &colleague);

		if (found != ERR_OK && found != ERR_NOT_FOUND)
			return found;
	}
	return refuse(q, ERR_CONFLICT,
	    arena_printf(q->arena, "该申请单已由%s%s于 %s %s，您的意见没有提交", e->actor_name,
		e->actor_id == who_user(q) && *colleague.name ? "（您本人）" : colleague.name,
		when_text(q->arena, e->created_at),
		step_text((enum event)e->event, (enum desk)e->desk)));
}

/*
 * The gate asked when the request came; a batch goes on for a while. What is decided is decided by
 * somebody who may, and whoever was disabled, moved or given another scope decides no more.
 */
static enum err
still_stands(struct req *q, struct sql_tx *tx)
{
	struct standing now = { 0 };
	enum err e = standing_hold(tx, q->arena, who_user(q), &now);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	if (e == ERR_OK && !now.disabled && now.password_seq == who_password_seq(q))
		return ERR_OK;
	return refuse(q, ERR_UNAUTHENTICATED, "您的账号已停用或有变动，审核结论没有提交");
}

/* Whatever account he uses: who has decided at one desk of an application decides at no other. */
static enum err
one_level_only(struct req *q, struct sql *db, const struct application *app)
{
	const char *index, *also;
	struct staff own = { 0 };
	bool before;

	TRY(staff_get(db, q->arena, who_user(q), &own));
	TRY(staff_person_of(q, &own, &index, &also));
	TRY(application_decided_elsewhere(db, q->arena, app->id,
	    (unsigned)state_desk((enum state)app->state), index, also, &before));
	return before
		   ? refuse(q, ERR_FORBIDDEN,
			 "您已在其他层级审核过该申请单，一人不能审核同一申请单的两个层级，请由同事办理")
		   : ERR_OK;
}

enum err
decision_take(struct req *q, struct sql_tx *tx, int64_t version, const struct decision *d,
    struct application *ret_app, const struct transition **ret_step)
{
	struct application app;
	const struct step_input input = {
		.form = d->form,
		.remark_field = "remark",
		.remark = d->remark,
		.security_checked = d->security_checked,
	};

	TRY(application_of_bureau(q, tx->db, &app));
	/* so that nobody decides, discards or claims it meanwhile */
	TRY(application_lock(tx, q->arena, app.id, &app));
	TRY(still_stands(q, tx));
	if (app.version != version)
		return tell_conflict(q, tx->db, &app);
	TRY(step_find(q, &app, d->pass ? EVENT_PASS : EVENT_REJECT, ret_step));
	TRY(one_level_only(q, tx->db, &app));
	TRY(claim_check(q, tx->db, &app));
	TRY(step_take(q, tx, &app, *ret_step, &input));
	*ret_app = app;
	return ERR_OK;
}
