#include "handlers/review/claim.h"

#include <string.h>

#include "handlers/application/access.h"
#include "handlers/common/deed.h"
#include "handlers/common/notify.h"
#include "handlers/common/reach.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/review_form.h"
#include "sql/account/staff.h"
#include "sql/application/application_claim.h"
#include "sql/application/application_pin.h"
#include "sql/record/message.h"

static const struct answer_row rows[] = {
	ANSWER(struct claim_answer, by),
	ANSWER(struct claim_answer, mine),
	ANSWER(struct claim_answer, at, .null = true, .about = "Unix seconds"),
};
const struct answer claim_answer = ANSWER_TABLE("claim", struct claim_answer, rows);

/* *ret_claim is zeroed when nobody has it. */
static enum err
claim_of(struct req *q, struct sql *db, const struct application *app,
    struct application_claim *ret_claim)
{
	enum err e = application_claim_get(db, q->arena, app->id, ret_claim);

	if (e == ERR_NOT_FOUND)
		*ret_claim = (struct application_claim){ 0 };
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static bool
by_another(const struct req *q, const struct application_claim *claim)
{
	return claim->staff_id && claim->staff_id != who_user(q);
}

enum err
claim_check(struct req *q, struct sql *db, const struct application *app)
{
	struct application_claim claim;

	TRY(claim_of(q, db, app, &claim));
	if (by_another(q, &claim))
		return refuse(q, ERR_CONFLICT,
		    arena_printf(q->arena, "该申请单已由%s领取，请先接手再提交审核结论",
			claim.staff_name));
	return ERR_OK;
}

enum err
claim_shown(struct req *q, const struct application *app, const struct claim_answer **ret)
{
	struct claim_answer *shown = ARENA_NEW(q->arena, struct claim_answer);
	struct application_claim claim;

	TRY(claim_of(q, q->db, app, &claim));
	*shown = (struct claim_answer){
		.by = claim.staff_name,
		.mine = claim.staff_id == who_user(q),
		.at = claim.created_at,
	};
	*ret = claim.staff_id ? shown : NULL;
	return ERR_OK;
}

enum err
claim_hold(struct req *q, struct sql_tx *tx, struct application *ret)
{
	struct application app;

	TRY(application_of_bureau(q, tx->db, &app));
	TRY(application_lock(tx, q->arena, app.id, &app));
	if (!reach_has_at_desk(q, &app))
		return ERR_WRONG_STATE;
	*ret = app;
	return ERR_OK;
}

struct claimed_answer {
	const struct claim_answer *claim;
};
static const struct answer_row claimed_rows[] = {
	ANSWER_ONE(struct claimed_answer, claim, &claim_answer),
};
const struct answer claimed_answer = ANSWER_TABLE("claimed", struct claimed_answer, claimed_rows);

static enum err
tell_holder(struct req *q, struct sql_tx *tx, const struct application *app,
    const struct application_claim *before, const char *name, const char *reason)
{
	const char *const arguments[4] = { app->institution_name, name, reason };

	return notify_officer(q, tx, before->staff_id, NOTICE_CLAIM_TAKEN, app->number, arguments);
}

enum err
claim_take(struct req *q)
{
	struct claim_form in = { 0 };
	struct application_claim before;
	struct application app;
	struct staff me = { 0 };

	TRY(form_bind(&claim_form, q, NULL, FORM_SUBMIT, &in));
	TRY(staff_get(q->db, q->arena, who_user(q), &me));

	SQL_TX(tx, q->db);
	TRY(claim_hold(q, &tx, &app));
	TRY(claim_of(q, tx.db, &app, &before));
	if (by_another(q, &before)) {
		if (!in.reason)
			return refuse(q, ERR_CONFLICT,
			    arena_printf(q->arena, "该申请单已由%s领取，如需接手请填写原因",
				before.staff_name));
		if (in.holder && strcmp(in.holder, before.staff_name) != 0)
			return refuse(q, ERR_CONFLICT,
			    arena_printf(q->arena, "该申请单刚由%s领取，请刷新后再决定是否接手",
				before.staff_name));
		TRY(tell_holder(q, &tx, &app, &before, me.name, in.reason));
		TRY(review_drafts_hand(&tx, app.id, before.staff_id, me.id));
	}
	const struct application_claim claim = { me.id, me.name, q->now };
	TRY(application_claim_put(&tx, app.id, &claim));
	const struct claim_answer mine = { .by = me.name, .mine = true, .at = q->now };
	const struct claimed_answer answer = { &mine };
	return deed_done(q, &tx, DEED_APPLICATION_CLAIM, application_object(q, &app),
	    arena_printf(q->arena, "from=%lld reason=%s", (long long)before.staff_id,
		in.reason ? in.reason : ""),
	    200, answer_text(q, &claimed_answer, &answer));
}

enum err
claim_release(struct req *q)
{
	struct application_claim before;
	struct application app;

	SQL_TX(tx, q->db);
	TRY(claim_hold(q, &tx, &app));
	TRY(claim_of(q, tx.db, &app, &before));
	if (by_another(q, &before))
		return refuse(q, ERR_CONFLICT,
		    arena_printf(q->arena, "该申请单由%s领取，不能代为放回", before.staff_name));
	TRY(application_claim_delete(&tx, app.id));
	return deed_done(q, &tx, DEED_APPLICATION_RELEASE, application_object(q, &app), "", 204,
	    NULL);
}
