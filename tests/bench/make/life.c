#include "tests/bench/make/life.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/make/random.h"

#define DAY INT64_C(86400)
#define ZONE (INT64_C(8) * 3600)
#define MINUTES (YEARS_DAYS * 24 * 60)

/* Of a thousand, what comes next, and after how many days; the rest stays as it is. */
static const struct {
	enum state state;
	unsigned forward, reject, discard; /* submit or pass */
	double days;                       /* half of them take less */
} habits[] = {
	{ STATE_DRAFT, 955, 0, 0, 0.7 },
	{ STATE_APPLY_LOCAL, 845, 145, 10, 2.2 },
	{ STATE_APPLY_PROVINCE, 940, 55, 5, 1.4 },
	{ STATE_APPLY_NATION, 955, 42, 3, 2.6 },
	{ STATE_APPLY_REJECTED, 860, 0, 50, 3 },
	{ STATE_APPLIED, 800, 0, 40, 25 },
	{ STATE_ACCEPT_LOCAL, 890, 105, 5, 2 },
	{ STATE_ACCEPT_PROVINCE, 965, 33, 2, 1.2 },
	{ STATE_ACCEPT_NATION, 965, 33, 2, 2.4 },
	{ STATE_ACCEPT_REJECTED, 900, 0, 30, 4 },
	{ STATE_ACCEPTED, 0, 0, 15, 150 },
	{ STATE_DISCARDED, 0, 0, 0, 1 },
};

/* The next moment somebody sits in the office. */
static int64_t
office(struct rnd *r, int64_t at)
{
	int64_t day = (at + ZONE) / DAY, second = (at + ZONE) % DAY;

	if (second > 17 * 3600) {
		day++;
		second = 0;
	}
	if ((day + 3) % 7 >= 5) {
		day += 7 - (day + 3) % 7;
		second = 0;
	}
	if (second < 9 * 3600)
		second = 9 * 3600 + rnd_below(r, 2 * 3600);
	return day * DAY + second - ZONE;
}

/* Some bureaus are slow: 0.6 to 1.8 of what is usual. */
static double
pace(const struct world *w, int64_t bureau)
{
	struct rnd r = rnd_of(w->seed, WHAT_BUREAU, (uint64_t)bureau);

	return 0.6 + 1.2 * rnd_part(&r);
}

static const struct transition *
choose(const struct world *w, struct rnd *r, const struct life *life, int64_t *ret_at)
{
	enum desk desk = state_desk(life->state);
	uint32_t dice = rnd_below(r, 1000);
	size_t i = 0;

	while (habits[i].state != life->state)
		i++;
	double days = habits[i].days * rnd_about(r, 0.6);
	enum event event = desk == DESK_NONE ? EVENT_SUBMIT : EVENT_PASS;
	if (dice >= habits[i].forward + habits[i].reject + habits[i].discard)
		return NULL;
	if (dice >= habits[i].forward + habits[i].reject)
		event = EVENT_DISCARD;
	else if (dice >= habits[i].forward)
		event = EVENT_REJECT;
	if (desk != DESK_NONE)
		days *= pace(w, life->place->bureau[desk]);
	*ret_at = office(r, life->updated + (int64_t)(days * (double)DAY) + 60);
	return workflow_step(life->state, event, event == EVENT_DISCARD ? DESK_NONE : desk);
}

/* As application_move() and the saves before it change the row. */
static void
take(struct life *life, const struct transition *row, int64_t at)
{
	bool submits = row->event == EVENT_SUBMIT, accept = state_phase(row->from) == PHASE_ACCEPT;

	if (submits && row->from != STATE_DRAFT)
		life->version++; /* what was changed before it was filed again */
	if (submits && accept)
		life->accept_saved = at - 50;
	life->version++;
	life->round += (row->effects & EFFECT_ROUND) != 0;
	life->steps[life->nsteps++] = (struct step){ .row = row, .at = at, .round = life->round };
	life->state = row->to;
	life->updated = at;
	life->desk_since = state_desk(row->to) == DESK_NONE ? 0 : at;
	if (submits)
		*(accept ? &life->accept_submitted : &life->submitted) = at;
	life->released = life->released || state_is_final(row->to) || row->to == STATE_ACCEPTED;
}

static void
live(const struct world *w, struct rnd *r, struct life *life)
{
	const struct transition *row;
	int64_t at;

	while (life->nsteps < STEPS_MAX && (row = choose(w, r, life, &at)) && at <= w->now)
		take(life, row, at);
}

void
lives_begin(struct lives *l, const struct world *w)
{
	int64_t *kept = l->minute_next;

	*l = (struct lives){ .w = w, .minute_next = kept };
	l->ordinals = calloc(w->ninstitutions, 1);
}

void
lives_end(struct lives *l)
{
	free(l->ordinals);
	l->ordinals = NULL;
}

/* Of the day's applications, one after the other from 8:00 to 20:00. */
static int64_t
created_at(struct lives *l)
{
	const struct world *w = l->w;

	while (l->done >= w->until_day[l->day])
		l->day++;
	int64_t first = l->day ? w->until_day[l->day - 1] : 0, all = w->until_day[l->day] - first;
	int64_t span = 12 * 3600, start = w->begin + l->day * DAY + 8 * 3600;
	if (l->day == YEARS_DAYS - 1) {
		start = w->begin + l->day * DAY;
		span = w->now - start;
	}
	return start + span * (l->done - first) / all;
}

bool
lives_next(struct lives *l, struct life *ret)
{
	const struct world *w = l->w;

	if (l->done == w->applications)
		return false;
	struct rnd r = rnd_of(w->seed, WHAT_LIFE, (uint64_t)l->done);
	uint64_t high = rnd_next(&r), low = rnd_next(&r);
	*ret = (struct life){ .id = l->done + 1, .state = STATE_DRAFT, .version = 2 };
	snprintf(ret->number, sizeof(ret->number), "%016llx%016llx", (unsigned long long)high,
	    (unsigned long long)low);
	ret->institution = rnd_below(&r, w->ninstitutions);
	if (l->ordinals[ret->institution] == UINT8_MAX)
		ret->institution = (ret->institution + 1) % w->ninstitutions;
	ret->ordinal = l->ordinals[ret->institution]++;
	ret->unit = w->unit_of[ret->institution];
	ret->place = &w->places[w->place_of[ret->institution]];
	ret->pharmacy = unit_is_pharmacy(w, ret->unit);
	ret->material = unit_has_material(w, ret->unit);
	ret->created = ret->updated = created_at(l);
	live(w, &r, ret);
	for (size_t i = 0; l->minute_next && i < ret->nsteps; i++)
		ret->steps[i].event_id = l->minute_next[(ret->steps[i].at - w->begin) / 60]++;
	l->done++;
	return true;
}

void
lives_number(struct lives *l, const struct world *w)
{
	int64_t *next = calloc(MINUTES + 1, sizeof(*next)), id = 1;
	struct life life;

	lives_begin(l, w);
	while (lives_next(l, &life))
		for (size_t i = 0; i < life.nsteps; i++)
			next[(life.steps[i].at - w->begin) / 60]++;
	lives_end(l);
	for (int m = 0; m < MINUTES; m++) {
		int64_t count = next[m];

		next[m] = id;
		id += count;
	}
	l->minute_next = next;
}

unsigned
officers_at(unsigned level)
{
	return level == 1 ? 120 : level == 2 ? 40 : 22;
}

int64_t
life_officer(const struct life *life, const struct step *step)
{
	enum desk desk = step->row->who;
	/* in a 直辖市 the local desk is the province's bureau */
	unsigned level = desk == DESK_NATION                                               ? 1
			 : life->place->bureau[desk] == life->place->bureau[DESK_PROVINCE] ? 2
											   : 3;

	return STAFF_OF(life->place->bureau[desk], step->at % officers_at(level));
}
