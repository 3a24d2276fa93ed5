#include "handlers/application/access.h"
#include "handlers/application/view.h"
#include "handlers/common/reach.h"
#include "handlers/common/who.h"
#include "handlers/review/claim.h"
#include "handlers/review/draft.h"
#include "handlers/review/review.h"
#include "sql/application/application_seen.h"
#include "sql/catalogue/institution.h"

/* From now on it is not bold in this officer's list. */
static enum err
mark_seen(struct req *q, const struct application *app)
{
	if (!reach_has_at_desk(q, app))
		return ERR_OK;
	SQL_TX(tx, q->db);
	TRY(application_seen_put(&tx, app->id, who_user(q), q->now));
	return sql_commit(&tx);
}

/* Whoever lost its agreement since it applied is decided on as before, but not unawares. */
static enum err
fill_in_force(struct req *q, const struct application *app, struct application_answer *ret)
{
	struct institution i = { 0 };
	enum err e = institution_get(q->db, q->arena, app->institution_id, &i);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	ret->institution->in_force =
	    e == ERR_OK && i.active && i.agreement_start <= q->now && q->now < i.agreement_end;
	return ERR_OK;
}

enum err
review_show(struct req *q)
{
	struct application app;
	struct application_answer answer;
	struct draft_answer draft;

	TRY(application_of_bureau(q, q->db, &app));
	TRY(view_fill(q, &app, &answer));
	TRY(fill_in_force(q, &app, &answer));
	TRY(claim_shown(q, &app, &answer.claim));
	TRY(draft_shown(q, &app, &draft));
	answer.draft = &draft;
	TRY(reply(q, 200, &application_answer, &answer));
	return mark_seen(q, &app);
}
