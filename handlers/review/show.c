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
add_in_force(struct req *q, const struct application *app, json_t *body)
{
	struct institution i = { 0 };
	enum err e = institution_get(q->db, q->arena, app->institution_id, &i);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	json_object_set_new(json_object_get(body, "institution"), "in_force",
	    json_boolean(e == ERR_OK && i.active && i.agreement_start <= q->now &&
			 q->now < i.agreement_end));
	return ERR_OK;
}

enum err
review_show(struct req *q)
{
	struct application app;
	json_t *body, *claim, *draft;

	TRY(application_of_bureau(q, q->db, &app));
	TRY(view_json(q, &app, &body));
	json_auto_t *whole = body;
	TRY(add_in_force(q, &app, body));
	TRY(claim_json(q, &app, &claim));
	json_object_set_new(body, "claim", claim);
	TRY(draft_json(q, &app, &draft));
	json_object_set_new(body, "draft", draft);
	whole = NULL;
	TRY(reply_json(q, 200, body));
	return mark_seen(q, &app);
}
