#ifndef TESTS_BENCH_MAKE_LIFE_H
#define TESTS_BENCH_MAKE_LIFE_H

#include "tests/bench/make/world.h"

/*
 * What became of one application: the steps it took through the table of
 * handlers/rules/procedure/workflow.c, each at its time, up to now.
 */
#define STEPS_MAX 40

struct step {
	const struct transition *row;
	int64_t at, round;
};

struct life {
	int64_t id;
	char number[33];
	uint32_t institution, unit;
	const struct place *place;
	bool pharmacy, material;
	unsigned ordinal; /* which application of the institution, from 0 */
	struct step steps[STEPS_MAX];
	size_t nsteps;
	enum state state;
	int64_t version, round;
	int64_t created, updated, desk_since, submitted, accept_saved, accept_submitted;
	bool released; /* another may be about the same */
};

struct lives {
	const struct world *w;
	int64_t done; /* applications told so far */
	int day;
	uint8_t *ordinals; /* by institution */
	int64_t
	    *minute_next; /* the id of the next event of each minute; NULL until life_number() */
};

void lives_begin(struct lives *l, const struct world *w);
/* The next one, in the order they were made. false: there are no more. */
bool lives_next(struct lives *l, struct life *ret);
void lives_end(struct lives *l);

/* Every step of everybody, in the order of time; making it goes through all lives twice. */
struct events {
	const struct world *w;
	int64_t count;
	uint64_t *steps;   /* application and step */
	uint8_t *ordinals; /* by application */
};
void events_make(const struct world *w, struct events *ret);
/* The n-th from 0: whose it is; answers which of the steps. */
size_t events_get(const struct events *e, int64_t n, struct life *ret);

/* Which bureau and officer decided. */
int64_t life_officer(const struct life *life, const struct step *step);
#define STAFF_OF(bureau, k) (STAFF_BASE + (bureau)*1000 + (k))
/* Officers of a bureau of that level (1 nation, 2 province, 3 prefecture). */
unsigned officers_at(unsigned level);

#endif
