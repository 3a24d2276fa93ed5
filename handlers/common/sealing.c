#include "handlers/common/sealing.h"

#include "fcgi/crypto/keyring.h"

const struct purpose_info purposes[PURPOSE_COUNT] = {
#define PURPOSE(NAME, ring, purpose) [PURPOSE_##NAME] = { RING_##ring, purpose },
#define SEALED(NAME, ring, purpose, table, column, key, key2)                                      \
	[PURPOSE_##NAME] = { RING_##ring, purpose },
#include "sql/db/sealed.def"
#undef PURPOSE
#undef SEALED
};

static struct keyring *
ring_of(const struct req *q, enum purpose purpose)
{
	return purposes[purpose].ring == RING_VAULT ? q->vault : q->keyring;
}

char *
seal_text(const struct req *q, enum purpose purpose, const char *text)
{
	return keyring_seal(ring_of(q, purpose), q->arena, purposes[purpose].text, text);
}

enum err
unseal_text(const struct req *q, enum purpose purpose, const char *sealed, char **ret_text)
{
	return keyring_unseal(ring_of(q, purpose), q->arena, purposes[purpose].text, sealed,
	    ret_text);
}

char *
index_text(const struct req *q, enum purpose purpose, const char *text)
{
	return keyring_index(ring_of(q, purpose), q->arena, purposes[purpose].text, text);
}

char *
index_text_also(const struct req *q, enum purpose purpose, const char *text)
{
	return keyring_index_also(ring_of(q, purpose), q->arena, purposes[purpose].text, text);
}
