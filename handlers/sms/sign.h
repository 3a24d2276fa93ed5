#ifndef HANDLERS_SMS_SIGN_H
#define HANDLERS_SMS_SIGN_H

#include <stdint.h>

#include "fcgi/base/arena.h"

/*
 * Values of the header Authorization, by the rules of the two clouds. Pure:
 * the same arguments, the same text, in the arena.
 */

/* 阿里云 V3 (ACS3-HMAC-SHA256): a POST to / with all parameters in the query and no body. */
struct acs3 {
	const char *host, *action, *version;
	const char *query; /* sorted by name, escaped by bytes_percent() */
	const char *date;  /* yyyy-MM-ddTHH:mm:ssZ */
	const char *nonce; /* never used before */
	const char *key_id, *key_secret;
};
const char *acs3_authorization(struct arena *arena, const struct acs3 *request);
/* The value of x-acs-content-sha256 that belongs to it. */
#define ACS3_NO_BODY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

/* 腾讯云 v3 (TC3-HMAC-SHA256): a POST of JSON to /. */
struct tc3 {
	const char *host, *service;
	const char *payload;
	int64_t timestamp; /* Unix seconds, also in X-TC-Timestamp */
	const char *secret_id, *secret_key;
};
#define TC3_CONTENT_TYPE "application/json; charset=utf-8"
const char *tc3_authorization(struct arena *arena, const struct tc3 *request);

#endif
