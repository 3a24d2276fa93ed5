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
	*l = (struct lives){ .w = w };
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
created_at(const struct world *w, int day, int64_t index)
{
	int64_t first = day ? w->until_day[day - 1] : 0, all = w->until_day[day] - first;
	int64_t span = 12 * 3600, start = w->begin + day * DAY + 8 * 3600;

	if (day == YEARS_DAYS - 1) {
		start = w->begin + day * DAY;
		span = w->now - start;
	}
	return start + span * (index - first) / all;
}

static int
day_of(const struct world *w, int64_t index)
{
	int low = 0, high = YEARS_DAYS - 1;

	while (low < high) {
		int middle = (low + high) / 2;

		if (w->until_day[middle] <= index)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct rnd
born(const struct world *w, int64_t index, struct life *ret)
{
	struct rnd r = rnd_of(w->seed, WHAT_LIFE, (uint64_t)index);
	uint64_t high = rnd_next(&r), low = rnd_next(&r);

	*ret = (struct life){ .id = index + 1, .state = STATE_DRAFT, .version = 2 };
	snprintf(ret->number, sizeof(ret->number), "%016llx%016llx", (unsigned long long)high,
	    (unsigned long long)low);
	ret->institution = rnd_below(&r, w->ninstitutions);
	return r;
}

static void
grow(const struct world *w, struct rnd *r, unsigned ordinal, int day, struct life *ret)
{
	ret->ordinal = ordinal;
	ret->unit = w->unit_of[ret->institution];
	ret->place = &w->places[w->place_of[ret->institution]];
	ret->pharmacy = unit_is_pharmacy(w, ret->unit);
	ret->material = unit_has_material(w, ret->unit);
	ret->created = ret->updated = created_at(w, day, ret->id - 1);
	live(w, r, ret);
}

bool
lives_next(struct lives *l, struct life *ret)
{
	if (l->done == l->w->applications)
		return false;
	while (l->done >= l->w->until_day[l->day])
		l->day++;
	struct rnd r = born(l->w, l->done++, ret);
	grow(l->w, &r, l->ordinals[ret->institution]++, l->day, ret);
	return true;
}

static int64_t
minute_of(const struct world *w, const struct step *step)
{
	return (step->at - w->begin) / 60;
}

/* Sorted by the minute: what happens within one stays in the order of the applications. */
void
events_make(const struct world *w, struct events *ret)
{
	int64_t *next = calloc(MINUTES + 1, sizeof(*next)), count = 0;
	struct lives lives;
	struct life life;

	*ret = (struct events){ .w = w, .ordinals = calloc((size_t)w->applications, 1) };
	lives_begin(&lives, w);
	while (lives_next(&lives, &life)) {
		ret->ordinals[life.id - 1] = (uint8_t)life.ordinal;
		for (size_t i = 0; i < life.nsteps; i++)
			next[minute_of(w, &life.steps[i])]++;
	}
	lives_end(&lives);
	for (int m = 0; m < MINUTES; m++) {
		int64_t here = next[m];

		next[m] = count;
		count += here;
	}
	ret->count = count;
	ret->steps = calloc((size_t)count + 1, sizeof(*ret->steps));
	lives_begin(&lives, w);
	while (lives_next(&lives, &life))
		for (size_t i = 0; i < life.nsteps; i++)
			ret->steps[next[minute_of(w, &life.steps[i])]++] =
			    (uint64_t)(life.id - 1) << 8 | i;
	lives_end(&lives);
	free(next);
}

size_t
events_get(const struct events *e, int64_t n, struct life *ret)
{
	int64_t index = (int64_t)(e->steps[n] >> 8);
	struct rnd r = born(e->w, index, ret);

	grow(e->w, &r, e->ordinals[index], day_of(e->w, index), ret);
	return (size_t)(e->steps[n] & 255);
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
