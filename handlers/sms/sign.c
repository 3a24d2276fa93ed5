#include "handlers/sms/sign.h"

#include <string.h>
#include <time.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/digest.h"

#define ACS3_SIGNED                                                                                \
	"host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version"

const char *
acs3_authorization(struct arena *arena, const struct acs3 *r)
{
	const char *canonical = arena_printf(arena,
	    "POST\n/\n%s\nhost:%s\nx-acs-action:%s\nx-acs-content-sha256:" ACS3_NO_BODY
	    "\nx-acs-date:%s\nx-acs-signature-nonce:%s\nx-acs-version:%s\n\n" ACS3_SIGNED
	    "\n" ACS3_NO_BODY,
	    r->query, r->host, r->action, r->date, r->nonce, r->version);
	const char *to_sign = arena_printf(arena, "ACS3-HMAC-SHA256\n%s",
	    sha256_hex(arena, canonical, strlen(canonical)));
	unsigned char mac[SHA256_SIZE];

	sha256_hmac(r->key_secret, strlen(r->key_secret), to_sign, strlen(to_sign), mac);
	return arena_printf(arena,
	    "ACS3-HMAC-SHA256 Credential=%s,SignedHeaders=" ACS3_SIGNED ",Signature=%s", r->key_id,
	    bytes_hex(arena, mac, sizeof(mac)));
}

/* The key of one day, service and kind of request, from the secret. */
static void
tc3_key(struct arena *arena, const struct tc3 *r, const char *day, unsigned char key[SHA256_SIZE])
{
	const char *secret = arena_printf(arena, "TC3%s", r->secret_key);

	sha256_hmac(secret, strlen(secret), day, strlen(day), key);
	sha256_hmac(key, SHA256_SIZE, r->service, strlen(r->service), key);
	sha256_hmac(key, SHA256_SIZE, "tc3_request", strlen("tc3_request"), key);
}

const char *
tc3_authorization(struct arena *arena, const struct tc3 *r)
{
	time_t seconds = (time_t)r->timestamp;
	unsigned char mac[SHA256_SIZE];
	struct tm utc;
	char day[16];

	strftime(day, sizeof(day), "%Y-%m-%d", gmtime_r(&seconds, &utc));
	const char *canonical = arena_printf(arena,
	    "POST\n/\n\ncontent-type:" TC3_CONTENT_TYPE "\nhost:%s\n\ncontent-type;host\n%s",
	    r->host, sha256_hex(arena, r->payload, strlen(r->payload)));
	const char *scope = arena_printf(arena, "%s/%s/tc3_request", day, r->service);
	const char *to_sign = arena_printf(arena, "TC3-HMAC-SHA256\n%lld\n%s\n%s",
	    (long long)r->timestamp, scope, sha256_hex(arena, canonical, strlen(canonical)));

	tc3_key(arena, r, day, mac);
	sha256_hmac(mac, sizeof(mac), to_sign, strlen(to_sign), mac);
	return arena_printf(arena,
	    "TC3-HMAC-SHA256 Credential=%s/%s, SignedHeaders=content-type;host, Signature=%s",
	    r->secret_id, scope, bytes_hex(arena, mac, sizeof(mac)));
}
