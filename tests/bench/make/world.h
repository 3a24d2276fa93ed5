#ifndef TESTS_BENCH_MAKE_WORLD_H
#define TESTS_BENCH_MAKE_WORLD_H

#include <stddef.h>

#include "fcgi/http/request.h"
#include "handlers/rules/procedure/workflow.h"

/*
 * The invented country applications come from: places by population, units
 * with one institution or a chain of them, all of it the same for the same
 * seed and numbers. Bureaus and regions are those of the database.
 */
#define DESKS (DESK_NATION + 1)
#define INSTITUTION_BASE INT64_C(1000000) /* ids above those of a demo catalogue */
#define STAFF_BASE INT64_C(1000000)
#define YEARS_DAYS 1096 /* the days applications are spread over at most, up to today */

struct place {
	const char *code;          /* 医保区划 */
	const char *area;          /* its own name: 天河区 */
	const char *province_city; /* as the program writes it */
	int64_t bureau[DESKS];     /* [DESK_LOCAL] and on */
	const char *bureau_name[DESKS];
	double until; /* cumulated population */
};

struct official {
	int64_t id;
	const char *name, *channel;
};

struct world {
	uint64_t seed;
	int64_t now, begin; /* begin: midnight of Asia/Shanghai of the first day */
	int64_t applications;
	int days;          /* the last so many of YEARS_DAYS have applications */
	unsigned material; /* % of units whose applications come with files and rounds */
	unsigned crowd;    /* % of the units that are of one county */
	const struct place *places;
	size_t nplaces;
	const struct official *officials;
	size_t nofficials;
	/* institutions, from 0; the ids of rows are INSTITUTION_BASE + index */
	uint32_t ninstitutions;
	uint32_t *unit_of, *serial;
	uint16_t *place_of;
	/* units, from 0; the ids of rows, and of their operators, are index + 1 */
	uint32_t nunits;
	uint32_t *first_of; /* institution; [nunits] is ninstitutions */
	/* applications, from 0: how many were made before the end of each day */
	int64_t until_day[YEARS_DAYS];
};

/* Reads places and channels from q->db. The arrays are kept for the life of the process. */
MUST_CHECK enum err world_make(struct req *q, struct world *w);

bool unit_is_pharmacy(const struct world *w, uint32_t unit);
/* Do applications of this unit carry files, rounds and keys? */
bool unit_has_material(const struct world *w, uint32_t unit);

/* Texts for people, in the arena. */
const char *unit_name(const struct world *w, struct arena *arena, uint32_t unit);
const char *institution_name(const struct world *w, struct arena *arena, uint32_t institution);
const char *institution_code(const struct world *w, struct arena *arena, uint32_t institution);
const char *unit_uscc(const struct world *w, struct arena *arena, uint32_t unit);
/* "仁康", the shared part of its names. */
const char *unit_brand(const struct world *w, struct arena *arena, uint32_t unit);
/* A person's name and phone for thing `id`. */
const char *person_name(const struct world *w, struct arena *arena, unsigned what, uint64_t id);
const char *person_phone(struct arena *arena, uint64_t id);
/* 居民身份证 with the right check digit. */
const char *person_id(const struct world *w, struct arena *arena, unsigned what, uint64_t id);

enum what {
	WHAT_UNIT = 1,
	WHAT_INSTITUTION,
	WHAT_LIFE,
	WHAT_FILE,
	WHAT_PERSON,
	WHAT_BUREAU,
	WHAT_PLACE,
	WHAT_KEYS
};

#endif
