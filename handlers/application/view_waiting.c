#include "handlers/application/view_waiting.h"

#include "sql/application/desk_duration.h"
#include "sql/catalogue/bureau.h"

#define DECISIONS_MIN 5 /* fewer say nothing about what is usual */

static enum err
usual_json(struct req *q, const struct application *app, enum desk desk, json_t **ret)
{
	struct desk_duration d;
	enum phase phase = state_phase((enum state)app->state);
	enum err e = desk_duration_get(q->db, q->arena, (unsigned)phase, (unsigned)desk, &d);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	if (e == ERR_OK && d.decisions >= DECISIONS_MIN)
		*ret = json_pack("{sI sI}", "median_days", (json_int_t)d.median_days,
		    "ninetieth_days", (json_int_t)d.ninetieth_days);
	else
		*ret = json_null();
	return ERR_OK;
}

enum err
view_waiting(struct req *q, const struct application *app, json_t **ret)
{
	enum desk desk = state_desk((enum state)app->state);
	struct bureau bureau;
	json_t *usual;

	if (desk == DESK_NONE) {
		*ret = json_null();
		return ERR_OK;
	}
	TRY(bureau_get(q->db, q->arena, app->desk_bureau, &bureau));
	TRY(usual_json(q, app, desk, &usual));
	*ret = json_pack("{ss ss sI so}", "desk", desk_info(desk)->wire, "who", bureau.name,
	    "since", (json_int_t)app->desk_since, "usual", usual);
	return ERR_OK;
}
