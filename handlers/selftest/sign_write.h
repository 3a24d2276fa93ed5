#ifndef HANDLERS_SELFTEST_SIGN_WRITE_H
#define HANDLERS_SELFTEST_SIGN_WRITE_H

#include "handlers/selftest/ways.h"

struct sign_field;
struct sign_pair;
struct sign_source {
	struct arena *scratch; /* for what is needed meanwhile */
	const struct selftest_keys *keys;
	const struct diagnosis *d;
	/* by sign_prepare() */
	const struct sign_field *fields, *sorted; /* as they came; by name */
	size_t count;
	struct sign_pair *pairs; /* of the string in hand */
};
/* Once for an envelope, whose scratch, keys and d are there. */
void sign_prepare(struct arena *arena, struct sign_source *from);

/* What is signed by a recipe: each over what out held. */
/* The data as text. false: it is left out. */
bool sign_data(struct written *out, const struct recipe *recipe, const struct sign_source *from);
/* The string, in UTF-8; data: what sign_data() wrote, or NULL. */
void sign_string(struct written *out, const struct written *data, const struct recipe *recipe,
    const struct sign_source *from);
/* Its bytes; false when it cannot be written in the recipe's charset. */
bool sign_bytes(struct written *out, const struct written *string, const struct recipe *recipe);

#endif
