#ifndef HANDLERS_SELFTEST_GUESS_KNOBS_H
#define HANDLERS_SELFTEST_GUESS_KNOBS_H

#include "handlers/selftest/guess.h"

/* One thing done differently. Those of one family exclude each other. */
struct knob {
	enum mistake mistake;
	unsigned family;
	struct guess change; /* only the family's members count */
	const char *note;    /* more about it, for people; or NULL */
};

#define KNOBS_MAX 192

struct knobs {
	struct knob list[KNOBS_MAX];
	size_t count;
	size_t main; /* the first ones, the usual */
};

/* All there are for this envelope. */
void guess_knobs(struct arena *arena, const struct selftest_keys *keys,
    const struct selftest_keys *wrong, const struct diagnosis *d, struct knobs *ret);
/* Numbers whose quotes are the other way round, or which alone are rewritten: bits of value.number. */
struct knob knob_quotes(uint64_t numbers);
struct knob knob_numbers(enum value_numbers way, uint64_t numbers);
/* The sender's clock when he signed, not when he sent. */
struct knob knob_time(const char *timestamp);
/* The text that was encrypted, as it is. */
struct knob knob_raw(void);
/* Turns one more knob. */
void guess_turn(struct guess *guess, const struct knob *knob);

#endif
