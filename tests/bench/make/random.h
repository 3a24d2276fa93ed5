#ifndef TESTS_BENCH_MAKE_RANDOM_H
#define TESTS_BENCH_MAKE_RANDOM_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

/* Numbers that look random and are the same for the same seed (splitmix64). Not for keys. */
struct rnd {
	uint64_t state;
};

static inline uint64_t
rnd_next(struct rnd *r)
{
	uint64_t z = r->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* A sequence of its own for thing `id` of the kind `what`. */
static inline struct rnd
rnd_of(uint64_t seed, unsigned what, uint64_t id)
{
	struct rnd r = { seed ^ (uint64_t)what << 56 };

	r.state = rnd_next(&r) ^ id * UINT64_C(0xd1342543de82ef95);
	rnd_next(&r);
	return r;
}

static inline uint32_t
rnd_below(struct rnd *r, uint32_t bound)
{
	return (uint32_t)((rnd_next(r) >> 32) * bound >> 32);
}

static inline bool
rnd_chance(struct rnd *r, unsigned permille)
{
	return rnd_below(r, 1000) < permille;
}

/* 0 ≤ x < 1 */
static inline double
rnd_part(struct rnd *r)
{
	return (double)(rnd_next(r) >> 11) * 0x1p-53;
}

/* Around 1, half of them below: exp of a bell of that width. */
static inline double
rnd_about(struct rnd *r, double width)
{
	double bell = rnd_part(r) + rnd_part(r) + rnd_part(r) + rnd_part(r) - 2;

	return exp(bell * width * 1.73);
}

#endif
