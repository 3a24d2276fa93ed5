/*
 * What was signed. Guesses go from few differences to many, so what is named is
 * the least that explains it, and end at a bound of work.
 */
#include "handlers/selftest/sign_search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fcgi/crypto/sm.h"
#include "handlers/selftest/guess_knobs.h"
#include "handlers/selftest/selftest_time.h"

#define DEPTH_MAX 4
#define WORK_MAX ((size_t)32 << 20) /* bytes that are written or digested */
#define SCRATCH ((size_t)16 << 20)  /* bytes for */
#define SCRATCH_GUESSES 16          /* so many guesses */
#define CLOCK_STEPS 1000            /* milliseconds between signing and sending */

struct search {
	const struct search_input *in;
	struct matcher *matcher;
	struct knobs knobs;
	bool live[KNOBS_MAX]; /* turning it alone changes the string */
	const struct knob *turned[DEPTH_MAX + 2];
	size_t nturned, work;
	struct written string, bytes; /* of the guess in hand, in the scratch */
	struct arena *scratch;
	unsigned guesses;
};

/* Writes a guess; what the ones before took is given back from time to time. */
static bool
write_guess(struct search *s, const struct guess *guess)
{
	if (s->guesses++ % SCRATCH_GUESSES == 0) {
		arena_reset(s->scratch);
		s->string = s->bytes = (struct written){ .arena = s->scratch };
	}
	guess_string(&s->string, guess, s->in->keys, s->in->d);
	s->work += s->string.size;
	return guess_bytes(&s->bytes, &s->string, guess);
}

static void
found(struct search *s, const struct match *match, const struct guess *guess)
{
	const struct sign_target *target = match->target;
	struct written copy = { .arena = s->in->arena };
	struct diagnosis *d = s->in->d;

	if (target->signer->mistake != MISTAKE_COUNT)
		diagnosis_add(d, target->signer->mistake);
	for (size_t i = 0; i < match->count; i++)
		diagnosis_add(d, match->mistakes[i]);
	for (size_t i = 0; i < target->form->count; i++)
		diagnosis_add(d, target->form->mistakes[i]);
	for (size_t i = 0; i < s->nturned; i++) {
		diagnosis_add(d, s->turned[i]->mistake);
		d->note = s->turned[i]->note ? s->turned[i]->note : d->note;
	}
	memcpy(d->e, target->e, sizeof(d->e));
	d->has_e = true;
	guess_string(&copy, guess, s->in->keys, d);
	d->inferred = text_of(&copy);
}

static bool
try_guess(struct search *s, const struct guess *guess, unsigned effort)
{
	struct match m;
	size_t work;

	if (s->work > WORK_MAX)
		return false;
	if (!write_guess(s, guess))
		return false;
	bool good = matcher_try(s->matcher, &s->bytes, effort, &m, &work);
	s->work += work;
	if (good)
		found(s, &m, guess);
	return good;
}

/* One knob more. */
static bool
try_turned(struct search *s, const struct guess *guess, const struct knob *knob, unsigned effort)
{
	struct guess one = *guess;

	guess_turn(&one, knob);
	s->turned[s->nturned++] = knob;
	bool good = try_guess(s, &one, effort);
	s->nturned--;
	return good;
}

struct walk {
	size_t depth; /* knobs to turn */
	size_t count; /* of the first so many */
	bool live;    /* of those alone that change something by themselves */
	unsigned effort;
};

static bool
walk_from(struct search *s, const struct guess *guess, size_t from, size_t depth, uint64_t families,
    const struct walk *w)
{
	for (size_t i = from; i < w->count && s->work <= WORK_MAX; i++) {
		const struct knob *knob = &s->knobs.list[i];
		struct guess one = *guess;

		if ((families >> knob->family & 1) || (w->live && !s->live[i]))
			continue;
		if (depth == 1) {
			if (try_turned(s, guess, knob, w->effort))
				return true;
			continue;
		}
		guess_turn(&one, knob);
		s->turned[s->nturned++] = knob;
		bool good =
		    walk_from(s, &one, i + 1, depth - 1, families | UINT64_C(1) << knob->family, w);
		s->nturned--;
		if (good)
			return true;
	}
	return false;
}

static bool
walk(struct search *s, const struct guess *guess, const struct walk *w)
{
	return walk_from(s, guess, 0, w->depth, 0, w);
}

/* Marks what changes the string, one way of each family that does it the same. */
static void
find_live(struct search *s)
{
	unsigned char *digests = arena_alloc(s->in->arena, (KNOBS_MAX + 1) * SM3_SIZE);
	const struct guess right = { 0 };

	if (!write_guess(s, &right))
		return;
	sm3(s->string.bytes, s->string.size, digests + KNOBS_MAX * SM3_SIZE);
	for (size_t i = 0; i < s->knobs.count && s->work <= WORK_MAX; i++) {
		unsigned char *digest = digests + i * SM3_SIZE;
		struct guess one = right;

		guess_turn(&one, &s->knobs.list[i]);
		if (!write_guess(s, &one))
			continue;
		sm3(s->bytes.bytes, s->bytes.size, digest);
		s->live[i] = memcmp(digest, digests + KNOBS_MAX * SM3_SIZE, SM3_SIZE) != 0;
		for (size_t j = 0; j < i && s->live[i]; j++)
			if (s->knobs.list[j].family == s->knobs.list[i].family &&
			    memcmp(digest, digests + j * SM3_SIZE, SM3_SIZE) == 0)
				s->live[i] = false;
	}
}

static unsigned
last_number(const struct value *v)
{
	unsigned last = v->number;

	for (const struct value *inner = v->first; inner; inner = inner->next) {
		unsigned number = last_number(inner);

		last = number > last ? number : last;
	}
	return last < 63 ? last : 63;
}

/* Any of the numbers, where they are few; else one or two of them. way: 0, their quotes. */
static bool
try_numbers(struct search *s, const struct guess *guess, enum value_numbers way, unsigned few)
{
	unsigned count = last_number(s->in->d->data_value);

	for (unsigned i = 1; i <= count; i++)
		for (unsigned j = count <= few ? count : i; j <= count; j++) {
			uint64_t two = UINT64_C(1) << i | UINT64_C(1) << j;
			struct knob knob = way ? knob_numbers(way, two) : knob_quotes(two);

			if (count > few && try_turned(s, guess, &knob, 0))
				return true;
		}
	for (uint64_t set = 2; count <= few && set < UINT64_C(2) << count; set += 2) {
		struct knob knob = way ? knob_numbers(way, set) : knob_quotes(set);

		if (try_turned(s, guess, &knob, 0))
			return true;
	}
	return false;
}

/* The clock went on between signing and sending. */
static bool
try_clock(struct search *s)
{
	const struct value *time = value_member(s->in->d->envelope, "timestamp");
	const struct guess right = { 0 };
	int64_t made =
	    selftest_time(time) && strlen(time->text) == 13 ? strtoll(time->text, NULL, 10) : 0;

	for (int64_t i = 1; made && i <= CLOCK_STEPS; i++)
		for (int sign = -1; sign <= 1; sign += 2) {
			char text[24];

			snprintf(text, sizeof(text), "%lld", (long long)(made + sign * i));
			struct knob knob = knob_time(text);
			if (try_turned(s, &right, &knob, 0))
				return true;
		}
	return false;
}

/* The encrypted text itself was signed, not what it says. */
static bool
try_raw(struct search *s, const struct walk *w)
{
	const struct knob raw = { .mistake = MISTAKE_DATA_AS_SENT, .change.raw_data = true };
	struct guess guess = { 0 };

	if (try_turned(s, &guess, &raw, ALL_SIGNERS | RARE_IDS))
		return true;
	guess_turn(&guess, &raw);
	s->turned[s->nturned++] = &raw;
	bool good = walk(s, &guess, w);
	s->nturned--;
	return good;
}

/* The quotes of some numbers, or the digits; alone, and with one thing more. */
static bool
try_some_numbers(struct search *s)
{
	struct guess right = { 0 };

	if (try_numbers(s, &right, NUMBERS_AS_SENT, 10))
		return true;
	for (enum value_numbers way = NUMBERS_DOUBLE; way <= NUMBERS_JAVA; way++)
		if (try_numbers(s, &right, way, 6))
			return true;
	for (size_t i = 0; i < s->knobs.main; i++) {
		struct guess one = right;

		if (!s->live[i] || s->knobs.list[i].family == knob_quotes(0).family)
			continue;
		guess_turn(&one, &s->knobs.list[i]);
		s->turned[s->nturned++] = &s->knobs.list[i];
		bool good = try_numbers(s, &one, NUMBERS_AS_SENT, 6);
		s->nturned--;
		if (good)
			return true;
	}
	return false;
}

/* From few to many, from usual to rare. */
static bool
search(struct search *s)
{
	const struct guess right = { 0 };

	if (try_guess(s, &right, RARE_IDS | ALL_SIGNERS | DIGESTS | ECDSA))
		return true;
	guess_knobs(s->in->arena, s->in->keys, s->in->wrong, s->in->d, &s->knobs);
	find_live(s);
	const size_t usual = s->knobs.main, all = s->knobs.count;
	const struct walk one = { 1, all, true, RARE_IDS | ALL_SIGNERS | DIGESTS };
	const struct walk two = { 2, usual, true, ALL_SIGNERS | DIGESTS };
	const struct walk ecdsa = { 1, usual, true, ECDSA };
	const struct walk rare = { 2, all, true, ALL_SIGNERS };
	const struct walk hidden = { 2, usual, false, 0 };
	const struct walk three = { 3, usual, true, 0 }, four = { 4, usual, true, 0 };
	const struct walk raw = { 1, all, false, 0 };

	/* the clock is one difference of many values: before what may use up all the work */
	return walk(s, &right, &one) || walk(s, &right, &two) || try_some_numbers(s) ||
	       try_clock(s) || walk(s, &right, &ecdsa) || walk(s, &right, &rare) ||
	       walk(s, &right, &hidden) || walk(s, &right, &three) || try_raw(s, &raw) ||
	       walk(s, &right, &four);
}

bool
search_sign_string(const struct search_input *in)
{
	struct search *s = ARENA_NEW(in->arena, struct search);

	s->in = in;
	s->matcher = matcher_new(in);
	s->scratch = arena_new(SCRATCH);
	bool good = search(s);
	arena_free(s->scratch);
	return good;
}
