#include "tests/bench/make/world.h"

#include <stdlib.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/rules/procedure/region.h"
#include "sql/catalogue/bureau.h"
#include "sql/catalogue/region.h"
#include "tests/bench/make/random.h"

#define DAY INT64_C(86400)
#define ZONE (INT64_C(8) * 3600) /* Asia/Shanghai */
#define CHAIN_MAX 400
#define SERIAL_BASE 10000 /* codes above those of a demo catalogue */

/* Inhabitants by province, in 100,000 (census of 2020); 66 is the 兵团. */
static const struct {
	const char *province;
	int people;
} census[] = {
	{ "11", 219 },
	{ "12", 139 },
	{ "13", 746 },
	{ "14", 349 },
	{ "15", 240 },
	{ "21", 426 },
	{ "22", 241 },
	{ "23", 319 },
	{ "31", 249 },
	{ "32", 848 },
	{ "33", 646 },
	{ "34", 610 },
	{ "35", 415 },
	{ "36", 452 },
	{ "37", 1015 },
	{ "41", 994 },
	{ "42", 578 },
	{ "43", 664 },
	{ "44", 1260 },
	{ "45", 501 },
	{ "46", 101 },
	{ "50", 321 },
	{ "51", 837 },
	{ "52", 386 },
	{ "53", 472 },
	{ "54", 36 },
	{ "61", 395 },
	{ "62", 250 },
	{ "63", 59 },
	{ "64", 72 },
	{ "65", 229 },
	{ "66", 30 },
};

static int
people_of(const char *code)
{
	for (size_t i = 0; i < COUNT(census); i++)
		if (memcmp(census[i].province, code, 2) == 0)
			return census[i].people;
	return 1;
}

#define LEAF_COLUMNS(C, E)                                                                         \
	C(TEXT, r, code)                                                                           \
	C(TEXT, r, name)
SQL_ROW(leaf, LEAF_COLUMNS)

#define OFFICIAL_COLUMNS(C, E)                                                                     \
	C(INT, o, id)                                                                              \
	C(TEXT, o, name)                                                                           \
	C(TEXT, o, channel)
SQL_SHAPE(official, official, OFFICIAL_COLUMNS)

/* How many people live there, as against other places of the province. */
static double
attraction(const struct world *w, const char *code, size_t i)
{
	struct rnd r = rnd_of(w->seed, WHAT_PLACE, i);
	double part = rnd_about(&r, 0.6);

	if (memcmp(code + 2, "01", 2) == 0)
		part *= 2.2; /* the capital's */
	return region_is_direct(code) ? part * 0.3 : part;
}

static enum err
place_fill(struct req *q, const struct leaf *leaf, struct place *ret)
{
	struct bureau_chain chain;

	TRY(bureau_chain(q->db, q->arena, leaf->code, &chain));
	*ret = (struct place){ .code = leaf->code,
		.area = region_is_direct(leaf->code) ? "" : leaf->name };
	const struct bureau *bureaus[DESKS] = { NULL, &chain.local, &chain.province,
		&chain.nation };
	for (int desk = DESK_LOCAL; desk < DESKS; desk++) {
		ret->bureau[desk] = bureaus[desk]->id;
		ret->bureau_name[desk] = bureaus[desk]->name;
	}
	return region_full_name(q->db, q->arena, chain.local.region_code, &ret->province_city);
}

static enum err
places_make(struct req *q, struct world *w)
{
	const struct leaf *leaves;
	size_t count, n = 0;
	double province[100] = { 0 };

	TRY(sql_all(q->db, q->arena,
	    "SELECT {} FROM region r WHERE r.level >= 3 AND r.kind <> 3"
	    " AND NOT EXISTS (SELECT 1 FROM region c WHERE c.parent = r.code) ORDER BY r.code",
	    NO_ARGS, leaf_shape(), &leaves, &count));
	struct place *places = calloc(count + 1, sizeof(*places));
	for (size_t i = 0; i < count; i++) {
		enum err e = place_fill(q, &leaves[i], &places[n]);

		if (e == ERR_NOT_FOUND)
			continue;
		TRY(e);
		places[n].until = attraction(w, places[n].code, n);
		province[atoi(arena_strndup(q->arena, places[n].code, 2))] += places[n].until;
		n++;
	}
	double sum = 0;
	for (size_t i = 0; i < n; i++) {
		int p = atoi(arena_strndup(q->arena, places[i].code, 2));

		sum += places[i].until / province[p] * people_of(places[i].code);
		places[i].until = sum;
	}
	w->places = places;
	w->nplaces = n;
	return ERR_OK;
}

static uint16_t
place_at(const struct world *w, double people)
{
	size_t low = 0, high = w->nplaces - 1;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (w->places[middle].until <= people)
			low = middle + 1;
		else
			high = middle;
	}
	return (uint16_t)low;
}

/* Where the crowd lives: the place with the most people. */
static uint16_t
place_crowded(const struct world *w)
{
	double most = w->places[0].until;
	size_t found = 0;

	for (size_t i = 1; i < w->nplaces; i++)
		if (w->places[i].until - w->places[i - 1].until > most) {
			most = w->places[i].until - w->places[i - 1].until;
			found = i;
		}
	return (uint16_t)found;
}

/* Another branch of a chain: mostly in the same prefecture, so among the neighbours in code. */
static uint16_t
place_near(const struct world *w, struct rnd *r, uint16_t home)
{
	int64_t other = home + (int64_t)rnd_below(r, 13) - 6;

	if (other < 0 || other >= (int64_t)w->nplaces ||
	    memcmp(w->places[other].code, w->places[home].code, 2) != 0)
		return home;
	return (uint16_t)other;
}

bool
unit_is_pharmacy(const struct world *w, uint32_t unit)
{
	struct rnd r = rnd_of(w->seed, WHAT_UNIT, unit);

	return rnd_chance(&r, 330); /* chains make them 44 % of the institutions */
}

bool
unit_has_material(const struct world *w, uint32_t unit)
{
	struct rnd r = rnd_of(w->seed, WHAT_FILE, unit);

	return rnd_chance(&r, w->material * 10);
}

static uint32_t
size_of(struct rnd *r, bool pharmacy, uint32_t most)
{
	uint32_t dice = rnd_below(r, 1000);

	if (!pharmacy)
		return dice < 930 ? 1 : 2 + rnd_below(r, 4);
	if (dice < 850)
		return 1;
	return dice < 997 ? 2 + rnd_below(r, 8) : 10 + rnd_below(r, most - 10);
}

static void
units_make(struct world *w)
{
	uint32_t all = w->ninstitutions, i = 0, unit = 0;
	uint32_t most = all > 100 * CHAIN_MAX ? CHAIN_MAX : all / 100 + 11;
	uint32_t(*serials)[2] = calloc(w->nplaces, sizeof(*serials));
	uint16_t crowded = place_crowded(w);

	w->unit_of = calloc(all, sizeof(*w->unit_of));
	w->serial = calloc(all, sizeof(*w->serial));
	w->place_of = calloc(all, sizeof(*w->place_of));
	w->first_of = calloc(all + 1, sizeof(*w->first_of));
	for (; i < all; unit++) {
		struct rnd r = rnd_of(w->seed, WHAT_UNIT, unit);
		bool pharmacy = unit_is_pharmacy(w, unit);

		for (int skip = 0; skip < 8; skip++)
			rnd_next(&r);
		uint16_t home = place_at(w, rnd_part(&r) * w->places[w->nplaces - 1].until);
		if (w->crowd && rnd_chance(&r, w->crowd * 10))
			home = crowded;
		uint32_t size = size_of(&r, pharmacy, most);
		w->first_of[unit] = i;
		for (uint32_t k = 0; k < size && i < all; k++, i++) {
			w->unit_of[i] = unit;
			w->place_of[i] = k ? place_near(w, &r, home) : home;
			w->serial[i] = SERIAL_BASE + serials[w->place_of[i]][pharmacy]++;
		}
	}
	w->nunits = unit;
	w->first_of[unit] = all;
	free(serials);
}

/* More from year to year, little at week-ends, much before the end of a month. */
static void
days_make(struct world *w)
{
	double weight[YEARS_DAYS], sum = 0, before = 0;

	w->begin = (w->now + ZONE) / DAY * DAY - ZONE - (YEARS_DAYS - 1) * DAY;
	for (int d = 0; d < YEARS_DAYS; d++) {
		int64_t day = (w->begin + ZONE) / DAY + d;
		bool works = (day + 3) % 7 < 5;

		weight[d] =
		    (0.7 + 0.6 * d / YEARS_DAYS) * (works ? 1 : 0.1) * (d % 30 > 25 ? 1.4 : 1);
		if (d < YEARS_DAYS - w->days)
			weight[d] = 0;
		if (d == YEARS_DAYS - 1) /* of today, what is over */
			weight[d] *= (double)((w->now + ZONE) % DAY) / (double)DAY;
		sum += weight[d];
	}
	for (int d = 0; d < YEARS_DAYS; d++) {
		before += weight[d];
		w->until_day[d] = (int64_t)((double)w->applications * (before / sum));
	}
	w->until_day[YEARS_DAYS - 1] = w->applications;
}

enum err
world_make(struct req *q, struct world *w)
{
	TRY(places_make(q, w));
	TRY(sql_all(q->db, q->arena,
	    "SELECT {} FROM official_channel o WHERE active = 1 ORDER BY id LIMIT 1000", NO_ARGS,
	    official_shape(), &w->officials, &w->nofficials));
	w->ninstitutions = (uint32_t)(w->applications * 22 / 100) + 40;
	units_make(w);
	days_make(w);
	return ERR_OK;
}
