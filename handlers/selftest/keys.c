#include "handlers/selftest/keys.h"

#include <stdint.h>
#include <string.h>

#include "handlers/common/sealing.h"
#include "handlers/key/credential_row.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/selftest/envelope.h"

enum err
selftest_keys_of(struct req *q, const struct channel_credential *c, struct selftest_keys *ret)
{
	char *secret, *channel_private;

	*ret = (struct selftest_keys){ .app_id = c->app_id };
	/* formal: nothing was reported yet; a key that is no point finds nothing */
	if (c->channel_public)
		TRY(sm2_read_public(c->channel_public, ret->channel_public));
	TRY(sm2_read_public(c->platform_public, ret->platform_public));
	TRY(unseal_text(q, PURPOSE_CREDENTIAL_SECRET, credential_row(q, c), c->secret_sealed,
	    &secret));
	ret->app_secret = secret;
	TRY(unseal_text(q, PURPOSE_CREDENTIAL_CHANNEL_PRIVATE, credential_row(q, c),
	    c->channel_private_sealed, &channel_private));
	if (!channel_private)
		return ERR_OK;
	ret->has_private = true;
	enum err e = sm2_read_private(channel_private, ret->channel_private);
	explicit_bzero(channel_private, strlen(channel_private));
	return e;
}

void
selftest_keys_forget(struct selftest_keys *keys)
{
	char *secret =
	    (char *)(uintptr_t)keys->app_secret; /* the arena's, see selftest_keys_of() */

	if (secret)
		explicit_bzero(secret, strlen(secret));
	explicit_bzero(keys, sizeof(*keys));
}

static bool
opens(struct req *q, const struct selftest_keys *keys, const char *envelope, size_t size)
{
	struct envelope_keys theirs = { .app_id = keys->app_id, .app_secret = keys->app_secret };
	struct opened_envelope opened;

	memcpy(theirs.peer_public, keys->channel_public, sizeof(theirs.peer_public));
	return envelope_open(q->arena, &theirs, envelope, size, &opened) == ERR_OK;
}

enum err
selftest_keys_for(struct req *q, const char *app_id, const char *envelope, size_t size,
    struct channel_credential *ret, struct selftest_keys *ret_keys)
{
	struct channel_credential older;
	struct selftest_keys keys = { 0 };

	TRY(channel_credential_of_app(q->db, q->arena, app_id, ENVIRONMENT_TEST, ret));
	if (!channel_credential_in_force(ret, q->now))
		return ERR_NOT_FOUND;
	TRY(selftest_keys_of(q, ret, ret_keys));
	enum err e =
	    channel_credential_replaced(q->db, q->arena, app_id, ENVIRONMENT_TEST, q->now, &older);
	if (e == ERR_NOT_FOUND || (e == ERR_OK && opens(q, ret_keys, envelope, size)))
		return ERR_OK;
	TRY(e);
	e = selftest_keys_of(q, &older, &keys);
	if (e == ERR_OK && opens(q, &keys, envelope, size)) {
		selftest_keys_forget(ret_keys);
		*ret = older;
		*ret_keys = keys;
		return ERR_OK;
	}
	selftest_keys_forget(&keys);
	return e;
}
