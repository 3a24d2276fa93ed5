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

/* What is bound beside the value: purposes hold no '#'. */
static const char *
bound(const struct req *q, enum purpose purpose, const char *row)
{
	return row ? arena_printf(q->arena, "%s#%s", purposes[purpose].text, row)
		   : purposes[purpose].text;
}

char *
seal_text(const struct req *q, enum purpose purpose, const char *row, const char *text)
{
	return keyring_seal(ring_of(q, purpose), q->arena, bound(q, purpose, row), text);
}

enum err
unseal_text(const struct req *q, enum purpose purpose, const char *row, const char *sealed,
    char **ret_text)
{
	return keyring_unseal(ring_of(q, purpose), q->arena, bound(q, purpose, row), sealed,
	    ret_text);
}

const char *
row_number(const struct req *q, int64_t id)
{
	return arena_printf(q->arena, "%lld", (long long)id);
}

const char *
row_pair(const struct req *q, const char *key, const char *key2)
{
	return arena_printf(q->arena, "%s/%s", key, key2);
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
