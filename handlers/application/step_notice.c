#include "handlers/application/step_notice.h"

#include "handlers/common/notify.h"
#include "handlers/common/who.h"
#include "sql/catalogue/bureau.h"

static enum err
bureau_name(struct req *q, struct sql *db, int64_t id, const char **ret)
{
	struct bureau bureau;

	if (id == 0) {
		*ret = "";
		return ERR_OK;
	}
	TRY(bureau_get(db, q->arena, id, &bureau));
	*ret = bureau.name;
	return ERR_OK;
}

static enum notice
notice_of(const struct transition *step)
{
	switch (step->event) {
	case EVENT_SUBMIT:
		return NOTICE_SUBMITTED;
	case EVENT_REJECT:
		return NOTICE_REJECTED;
	case EVENT_DISCARD:
		return NOTICE_DISCARDED;
	case EVENT_PASS:
		break;
	}
	if (step->to == STATE_APPLIED)
		return NOTICE_APPLIED;
	return step->to == STATE_ACCEPTED ? NOTICE_ACCEPTED : NOTICE_PASSED_ON;
}

/* Each bureau once, those that had it on their desk or could have it there next. */
static enum err
tell_discarded(struct req *q, struct sql_tx *tx, const struct application *app,
    const struct transition *step, const char *remark)
{
	const char *const arguments[4] = { app->institution_name, remark };
	int64_t told[] = { app->local_bureau, app->province_bureau, app->nation_bureau };
	size_t count = step->effects & EFFECT_REVOKE ? 3 : 1;

	if (count == 1 && app->desk_bureau)
		told[0] = app->desk_bureau;
	for (size_t i = 0; i < count; i++)
		if (i == 0 || told[i] != told[i - 1])
			TRY(notify_bureau(q, tx, told[i], app->region_code, NOTICE_BUREAU_DISCARDED,
			    app->number, arguments));
	return ERR_OK;
}

enum err
step_notify(struct req *q, struct sql_tx *tx, const struct application *app,
    const struct transition *step, int64_t next_bureau, const char *remark)
{
	bool applicant = step->who == DESK_NONE;
	const char *here, *next;

	TRY(bureau_name(q, tx->db, applicant ? 0 : who_bureau(q), &here));
	TRY(bureau_name(q, tx->db, next_bureau, &next));
	const char *const arguments[4] = { step->event == EVENT_SUBMIT ? next : here, next };

	TRY(notify_operator_about(q, tx, applicant ? who_user(q) : app->operator_id,
	    notice_of(step), &(struct notice_about){ .application = app }, arguments));
	if (step->event == EVENT_DISCARD)
		return tell_discarded(q, tx, app, step, remark);
	if (next_bureau == 0)
		return ERR_OK;
	const char *const entered[4] = { app->institution_name };
	return notify_bureau(q, tx, next_bureau, app->region_code, NOTICE_ENTERED_QUEUE,
	    app->number, entered);
}
