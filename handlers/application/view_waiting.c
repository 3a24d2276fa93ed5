#include "handlers/application/view_waiting.h"

#include "sql/catalogue/bureau.h"

#define DECISIONS_MIN 5 /* fewer say nothing about what is usual */

static const struct answer_row usual_rows[] = {
	ANSWER(struct desk_duration, median_days, .about = "working days, as the next"),
	ANSWER(struct desk_duration, ninetieth_days),
};
static const struct answer usual_answer =
    ANSWER_TABLE("usual_duration", struct desk_duration, usual_rows);

static const struct answer_row rows[] = {
	ANSWER(struct waiting_answer, desk, .words = desk_words),
	ANSWER(struct waiting_answer, who, .about = "name of the bureau"),
	ANSWER(struct waiting_answer, since, .about = "Unix seconds"),
	ANSWER_ONE(struct waiting_answer, usual, &usual_answer, .null = true,
	    .about = "null while too few decisions were counted"),
};
const struct answer waiting_answer = ANSWER_TABLE("waiting", struct waiting_answer, rows);

/* NULL: nobody can say yet. */
static enum err
usual_of(struct req *q, const struct application *app, enum desk desk,
    const struct desk_duration **ret)
{
	struct desk_duration *d = ARENA_NEW(q->arena, struct desk_duration);
	enum phase phase = state_phase((enum state)app->state);
	enum err e = desk_duration_get(q->db, q->arena, (unsigned)phase, (unsigned)desk, d);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	*ret = e == ERR_OK && d->decisions >= DECISIONS_MIN ? d : NULL;
	return ERR_OK;
}

enum err
view_waiting(struct req *q, const struct application *app, const struct waiting_answer **ret)
{
	enum desk desk = state_desk((enum state)app->state);
	struct waiting_answer *waiting = ARENA_NEW(q->arena, struct waiting_answer);
	struct bureau bureau;

	*ret = NULL;
	if (desk == DESK_NONE)
		return ERR_OK;
	TRY(bureau_get(q->db, q->arena, app->desk_bureau, &bureau));
	TRY(usual_of(q, app, desk, &waiting->usual));
	waiting->desk = desk_info(desk)->wire;
	waiting->who = bureau.name;
	waiting->since = app->desk_since;
	*ret = waiting;
	return ERR_OK;
}
