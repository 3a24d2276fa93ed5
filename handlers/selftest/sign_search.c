/*
 * What was signed, found by search.
 *
 * A signature and the public key give back e, the number that was signed (fcgi/crypto/sm2_trace.h), so
 * bytes whose e is that one were signed: a proof by one digest, and nothing less is taken for one.
 *
 * ways.c is the table of what channels do differently, each with a cost; sign_write.c makes the bytes of a
 * recipe, one way of some families. Recipes of up to three ways are tried in the order of what they
 * cost together, fewer ways first, so what is named is the least that explains it. A way that changes
 * nothing by itself, or the same as one before it, is dearer in company. Ways that leave the text of data
 * as it is use the one before again: families stand in the order in which their work grows.
 *
 * The bound is of work, bytes written and digested, not of time: the same envelope has the same answer on
 * any machine. WORK_MAX is about 100 ms of a core of today (tests/bench/selftest).
 */
#include "handlers/selftest/sign_search.h"

#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/digest.h"
#include "fcgi/crypto/sm2_trace.h"
#include "fcgi/crypto/sm3_lanes.h"
#include "handlers/selftest/sign_write.h"

#define THIRD 2                       /* what three cost less than two as unlikely */
#define COST_ALL 9                    /* of a recipe */
#define HIDDEN 4                      /* what a way costs more that does nothing by itself */
#define WORK_MAX ((size_t)30 << 20)   /* bytes */
#define WORK_EACH 200                 /* besides its bytes */
#define WORK_FIELD 16                 /* of the envelope */
#define WORK_CURVE ((size_t)80 << 10) /* a multiplication on the curve */
#define SCRATCH ((size_t)8 << 20)
#define SCRATCH_RECIPES 16

static const char user_id[] = "1234567812345678";

struct signer {
	bool known, ready;
	unsigned char key[SM2_PUBLIC_SIZE], z[SM3_SIZE];
	bool signs[FORMS_MAX]; /* e is there */
	unsigned char e[FORMS_MAX][SM2_E_SIZE];
};

/* Bytes whose digest waits for others. */
struct queued {
	size_t cap;
	struct recipe recipe;
};

struct search {
	struct arena *arena;
	struct sign_source from;
	const struct sign_form *forms;
	size_t nforms;
	struct signer signers[SIGNERS];
	struct diagnosis *d;
	struct ways ways;
	uint64_t *ids; /* of the bytes each way makes by itself; 0: tried in vain, or hidden */
	struct recipe recipe, last;
	bool written, has_data, has_bytes; /* of the last */
	struct written data, string, bytes;
	struct sm3_lane lanes[SM3_LANES];
	struct queued queue[SM3_LANES];
	size_t nqueued;
	unsigned char (*z)[SM3_SIZE]; /* of each way that is a user id, of the channel's key */
	size_t work, recipes;
	unsigned char digest[SM3_SIZE];
	unsigned char e[SM2_E_SIZE]; /* of the last, as it should be signed */
	size_t form;                 /* the one that matched */
};

/* ---- does it match? ---- */

static void
know(struct signer *signer, const unsigned char key[SM2_PUBLIC_SIZE])
{
	memcpy(signer->key, key, SM2_PUBLIC_SIZE);
	signer->known = true;
}

static void
find_signers(struct search *s, const struct selftest_keys *wrong)
{
	const struct selftest_keys *keys = s->from.keys;
	unsigned char cut[SM2_PRIVATE_SIZE], key[SM2_PUBLIC_SIZE];

	know(&s->signers[SIGNER_CHANNEL], keys->channel_public);
	know(&s->signers[SIGNER_PLATFORM], keys->platform_public);
	if (wrong)
		know(&s->signers[SIGNER_WRONG], wrong->channel_public);
	if (!keys->has_private)
		return;
	if (sm2_public_of(keys->channel_private, key) == ERR_OK)
		know(&s->signers[SIGNER_PAIR], key);
	/* 00 and 31 bytes, the last one lost */
	cut[0] = 0;
	memcpy(cut + 1, keys->channel_private, SM2_PRIVATE_SIZE - 1);
	if (sm2_public_of(cut, key) == ERR_OK)
		know(&s->signers[SIGNER_CUT], key);
	explicit_bzero(cut, sizeof(cut));
}

static const struct signer *
signer_of(struct search *s, enum signer_name which)
{
	struct signer *signer = &s->signers[which];

	if (signer->ready || !signer->known)
		return signer;
	signer->ready = true;
	sm2_z_of(signer->key, user_id, signer->z);
	for (size_t i = 0; i < s->nforms; i++)
		signer->signs[i] =
		    sm2_signed_e(signer->key, s->forms[i].signature, signer->e[i]) == ERR_OK;
	s->work += s->nforms * 2 * WORK_CURVE;
	return signer;
}

static bool
is_signed(struct search *s, const struct signer *signer, const unsigned char e[SM2_E_SIZE])
{
	for (size_t i = 0; i < s->nforms; i++)
		if (signer->signs[i] && memcmp(signer->e[i], e, SM2_E_SIZE) == 0) {
			s->form = i;
			return true;
		}
	return false;
}

/* ECDSA gives no e: each is verified. */
static bool
is_ecdsa(struct search *s, const struct signer *signer, const void *bytes, size_t size,
    enum message_id id)
{
	unsigned char digest[SM3_SIZE];

	if (id == ID_ECDSA_SHA256)
		sha256(bytes, size, digest);
	else if (id == ID_ECDSA_Z)
		sm2_e_from(signer->z, bytes, size, digest);
	else
		sm3(bytes, size, digest);
	for (size_t i = 0; i < s->nforms; i++) {
		s->work += 2 * WORK_CURVE;
		if (sm2_is_ecdsa(signer->key, s->forms[i].signature, digest)) {
			s->form = i;
			memcpy(s->e, digest, sizeof(s->e));
			return true;
		}
	}
	return false;
}

/* Were these bytes signed as the recipe says, with or without Z? */
static bool
matches(struct search *s, const void *bytes, size_t size)
{
	const struct recipe *recipe = &s->recipe;
	const struct signer *signer = signer_of(s, recipe_value(recipe, MESSAGE_SIGNER));
	unsigned char digest[SM3_SIZE], z[SM3_SIZE];
	enum message_id id = recipe_value(recipe, MESSAGE_ID);

	s->work += size + WORK_EACH;
	if (!signer->known)
		return false;
	switch (id) {
	case ID_RIGHT:
		sm2_e_from(signer->z, bytes, size, s->e);
		break;
	case ID_OTHER:
	case ID_PLATFORM:
		sm2_z_of(id == ID_OTHER ? signer->key : s->signers[SIGNER_PLATFORM].key,
		    id == ID_OTHER ? recipe->ways[MESSAGE_ID]->text : user_id, z);
		sm2_e_from(z, bytes, size, s->e);
		break;
	case ID_NO_Z:
		sm3(bytes, size, digest);
		sm2_e_reduce(digest, sizeof(digest), s->e);
		break;
	case ID_SHA256:
		sha256(bytes, size, digest);
		sm2_e_reduce(digest, sizeof(digest), s->e);
		break;
	case ID_RAW:
		sm2_e_reduce(bytes, size, s->e);
		break;
	case ID_ECDSA:
	case ID_ECDSA_SHA256:
	case ID_ECDSA_Z:
		return is_ecdsa(s, signer, bytes, size, id);
	}
	return is_signed(s, signer, s->e);
}

struct message {
	const void *bytes;
	size_t size;
};

/* The string, or a digest of it that was taken for the message: as text in either case, or as bytes. */
static struct message
message_of(struct search *s)
{
	enum digest_form form = recipe_value(&s->recipe, MESSAGE_DIGEST);
	struct arena *scratch = s->from.scratch;

	if (form == DIGEST_NOT)
		return (struct message){ s->bytes.bytes, s->bytes.size };
	s->work += s->bytes.size;
	(form > DIGEST_FORMS ? sha256 : sm3)(s->bytes.bytes, s->bytes.size, s->digest);
	form %= DIGEST_FORMS;
	if (form == DIGEST_BYTES)
		return (struct message){ s->digest, SM3_SIZE };
	const char *text = form == DIGEST_HEX     ? bytes_hex(scratch, s->digest, SM3_SIZE)
			   : form == DIGEST_UPPER ? bytes_hex_upper(scratch, s->digest, SM3_SIZE)
						  : bytes_base64(scratch, s->digest, SM3_SIZE);
	return (struct message){ text, strlen(text) };
}

/* ---- trying ---- */

/* Do they differ in one of these families? */
static bool
differ(const struct search *s, enum family from, enum family to)
{
	return !s->written || memcmp(&s->recipe.ways[from], &s->last.ways[from],
				  (to - from) * sizeof(s->recipe.ways[0])) != 0;
}

/* The bytes of the recipe in hand; what the one before has in common with it is used again. */
static void
write_recipe(struct search *s)
{
	bool other = differ(s, 0, DATA_FAMILIES);

	if (!differ(s, 0, STRING_FAMILIES))
		return;
	if (s->recipes++ % SCRATCH_RECIPES == 0 || s->string.size > SCRATCH / 1024)
		arena_reset(s->from.scratch);
	if (other) {
		s->has_data = sign_data(&s->data, &s->recipe, &s->from);
		s->work += 3 * s->data.size; /* leaf by leaf */
	}
	sign_string(&s->string, s->has_data ? &s->data : NULL, &s->recipe, &s->from);
	s->has_bytes = sign_bytes(&s->bytes, &s->string, &s->recipe);
	s->work += s->string.size + s->from.count * WORK_FIELD;
	s->last = s->recipe;
	s->written = true;
}

static void
found(struct search *s)
{
	const struct sign_form *form = &s->forms[s->form];
	struct diagnosis *d = s->d;

	for (size_t i = 0; i < form->count; i++)
		diagnosis_add(d, form->mistakes[i]);
	for (size_t i = 0; i < FAMILIES; i++)
		if (s->recipe.ways[i]) {
			diagnosis_add(d, s->recipe.ways[i]->mistake);
			if (s->recipe.ways[i]->note)
				d->note = s->recipe.ways[i]->note;
		}
	memcpy(d->e, s->e, sizeof(d->e));
	d->has_e = true;
	d->inferred = arena_strndup(s->arena, s->string.bytes, s->string.size);
}

/* The digests of what waits. */
static bool
flush(struct search *s)
{
	size_t count = s->nqueued;

	s->nqueued = 0;
	if (count)
		sm3_lanes(s->lanes, count);
	for (size_t i = 0; i < count; i++) {
		const struct recipe *recipe = &s->queue[i].recipe;

		sm2_e_reduce(s->lanes[i].digest, SM3_SIZE, s->e);
		if (!is_signed(s, signer_of(s, recipe_value(recipe, MESSAGE_SIGNER)), s->e))
			continue;
		s->recipe = *recipe;
		write_recipe(s);
		found(s);
		return true;
	}
	return false;
}

/* What comes before the bytes when they are digested; NULL: nothing. */
static const unsigned char *
z_of(struct search *s, const struct signer *signer, enum message_id id,
    unsigned char other[SM3_SIZE])
{
	const struct sign_way *way = s->recipe.ways[MESSAGE_ID];

	if (id == ID_RIGHT)
		return signer->z;
	if (id == ID_NO_Z)
		return NULL;
	if (id == ID_OTHER && signer == &s->signers[SIGNER_CHANNEL])
		return s->z[way - s->ways.list];
	sm2_z_of(id == ID_OTHER ? signer->key : s->signers[SIGNER_PLATFORM].key,
	    id == ID_OTHER ? way->text : user_id, other);
	return other;
}

/* Takes its place among those that wait; a full queue is emptied. */
static bool
enqueue(struct search *s, enum message_id id, const void *bytes, size_t size)
{
	const struct signer *signer = signer_of(s, recipe_value(&s->recipe, MESSAGE_SIGNER));
	struct queued *queued = &s->queue[s->nqueued];
	struct sm3_lane *lane = &s->lanes[s->nqueued];
	unsigned char other[SM3_SIZE];
	const unsigned char *z = signer->known ? z_of(s, signer, id, other) : NULL;
	size_t front = z ? SM3_SIZE : 0, room = sm3_lane_room(front + size);

	s->work += size / 2 + WORK_EACH; /* four at once */
	if (!signer->known)
		return false;
	if (queued->cap < room) {
		queued->cap = 2 * room;
		lane->bytes = arena_alloc(s->arena, queued->cap);
	}
	if (z)
		memcpy(lane->bytes, z, SM3_SIZE);
	if (size)
		memcpy(lane->bytes + front, bytes, size);
	sm3_lane_pad(lane, front + size);
	queued->recipe = s->recipe;
	return ++s->nqueued == SM3_LANES && flush(s);
}

/* At once: what it would sign is in s->e then. */
static bool
try_now(struct search *s)
{
	write_recipe(s);
	if (!s->has_bytes)
		return false;
	const struct message m = message_of(s);
	bool good = matches(s, m.bytes, m.size);
	if (good)
		found(s);
	return good;
}

/* Now or with others. */
static bool
try_recipe(struct search *s)
{
	enum message_id id = recipe_value(&s->recipe, MESSAGE_ID);

	if (id == ID_RAW || id == ID_SHA256 || id >= ID_ECDSA) {
		const struct recipe recipe = s->recipe;

		if (flush(s))
			return true;
		s->recipe = recipe;
		return try_now(s);
	}
	write_recipe(s);
	if (!s->has_bytes)
		return false;
	const struct message m = message_of(s);
	return enqueue(s, id, m.bytes, m.size);
}

/* By itself: also what it changes, told by the e that would be signed. */
static bool
try_alone(struct search *s, size_t at)
{
	const struct sign_way *way = &s->ways.list[at];
	uint64_t id;

	s->recipe.ways[way->family] = way;
	bool good = way->cost == COST_MAX ? try_recipe(s) : try_now(s);
	if (good)
		return true;
	s->recipe.ways[way->family] = NULL;
	memcpy(&id, s->e, sizeof(id));
	s->ids[at] = s->has_bytes ? id | 1 : 0;
	if (way->cost == COST_MAX)
		s->ids[at] = 0; /* for their number, or for what it takes */
	if (way->family >= MESSAGE_DIGEST)
		return false;
	if (s->ids[at] == s->ids[s->ways.count])
		s->ids[at] = 0;
	for (unsigned cost = 1; cost <= way->cost && s->ids[at]; cost++) {
		size_t end = s->ways.start[cost][way->family + 1];

		for (size_t i = s->ways.start[cost][way->family]; i < end && i < at; i++)
			if (s->ids[i] == s->ids[at])
				s->ids[at] = 0;
	}
	return false;
}

/* Would one of them do nothing beside the other? */
static bool
is_idle(const struct search *s, const struct sign_way *way)
{
	for (unsigned i = 0; i < way->family; i++) {
		const struct sign_way *other = s->recipe.ways[i];

		if (other && ((way->idles >> i & 1) || (other->idles >> way->family & 1)))
			return true;
	}
	return false;
}

/* Recipes of `depth` more ways, of families from this one on, that cost so much. */
static bool
walk(struct search *s, unsigned depth, unsigned cost, unsigned family)
{
	for (unsigned part = 1; part + depth <= cost + 1; part++)
		for (unsigned hidden = 0; hidden <= HIDDEN && hidden < part; hidden += HIDDEN) {
			unsigned own = part - hidden; /* of the way itself */

			if (own > COST_MAX || (depth == 1 && part != cost))
				continue;
			for (size_t i = s->ways.start[own][family];
			     i < s->ways.start[own][FAMILIES] && s->work <= WORK_MAX; i++) {
				const struct sign_way *way = &s->ways.list[i];

				if (!s->ids[i] != (hidden > 0) || is_idle(s, way))
					continue;
				s->recipe.ways[way->family] = way;
				if (depth == 1 ? try_recipe(s)
					       : walk(s, depth - 1, cost - part, way->family + 1))
					return true;
				s->recipe.ways[way->family] = NULL;
			}
		}
	return false;
}

static bool
walk_alone(struct search *s, unsigned cost)
{
	for (size_t i = cost > COST_MAX ? s->ways.count : s->ways.start[cost][0];
	     i < s->ways.count && s->ways.list[i].cost == cost && s->work <= WORK_MAX; i++)
		if (try_alone(s, i))
			return true;
	return false;
}

static bool
search(struct search *s)
{
	uint64_t id;

	if (try_now(s))
		return true;
	memcpy(&id, s->e, sizeof(id));
	s->ids[s->ways.count] = id | 1; /* of what is right */
	for (unsigned cost = 1; cost <= COST_ALL; cost++)
		if (walk_alone(s, cost) || walk(s, 2, cost, 0) ||
		    (cost > THIRD && walk(s, 3, cost - THIRD, 0)) || flush(s))
			return true;
	return false;
}

bool
search_sign_string(struct arena *arena, const struct selftest_keys *keys,
    const struct selftest_keys *wrong, const struct sign_form *forms, size_t nforms,
    struct diagnosis *d)
{
	struct search *s = ARENA_NEW(arena, struct search);

	*s = (struct search){
		.arena = arena,
		.from = { .scratch = arena_new(SCRATCH), .keys = keys, .d = d },
		.forms = forms,
		.nforms = nforms,
		.d = d,
		.data.arena = arena,
		.string.arena = arena,
		.bytes.arena = arena,
	};
	sign_prepare(arena, &s->from);
	find_signers(s, wrong);
	ways_of(arena, keys, wrong, d, &s->ways);
	s->ids = ARENA_ARRAY(arena, uint64_t, s->ways.count + 1);
	s->z = arena_alloc(arena, s->ways.count * SM3_SIZE);
	for (size_t i = 0; i < s->ways.count; i++)
		if (s->ways.list[i].family == MESSAGE_ID && s->ways.list[i].value == ID_OTHER)
			sm2_z_of(keys->channel_public, s->ways.list[i].text, s->z[i]);
	bool good = search(s);
	arena_free(s->from.scratch);
	return good;
}
