#include "handlers/account/device.h"

#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "fcgi/crypto/sm.h"
#include "fcgi/http/config.h"
#include "fcgi/http/cookie.h"
#include "fcgi/http/network.h"
#include "sql/account/known_device.h"

#define BYTES 32

static const char *
cookie_name(struct req *q)
{
	return arena_printf(q->arena, "%s_device", q->config->cookie);
}

static const char *
digest_of(struct req *q, const char *value)
{
	unsigned char digest[SM3_SIZE];

	sm3(value, strlen(value), digest);
	return bytes_hex(q->arena, digest, sizeof(digest));
}

const char *
device_of(struct req *q)
{
	const char *value = cookie_hex(q, cookie_name(q), (size_t)BYTES * 2);

	return value ? digest_of(q, value) : NULL;
}

enum err
device_remember(struct req *q, struct sql_tx *tx, enum role role, int64_t user_id)
{
	const char *value = cookie_hex(q, cookie_name(q), (size_t)BYTES * 2);
	unsigned char raw[BYTES];
	bool ours = false;

	if (value)
		TRY(known_device_exists(tx->db, q->arena, digest_of(q, value), &ours));
	if (!ours) {
		random_bytes(raw, sizeof(raw));
		value = bytes_hex(q->arena, raw, sizeof(raw));
	}
	TRY(known_device_put(tx, q->arena, role, user_id, digest_of(q, value),
	    network_of(q->arena, q->address), q->now));
	cookie_send(q, cookie_name(q), value, DEVICE_AGE);
	return ERR_OK;
}
