#ifndef CHANNEL_H
#define CHANNEL_H

#include "json.h"
#include "sm.h"

/* Envelopes of the mobile-payment platform, as a channel makes and opens them. */

/* KEYS.json: the values of the 反馈单, as printed there. */
struct channel_keys {
	struct json *values;             /* as read */
	const char *app_id, *app_secret; /* 应用ID, 数字密钥 */
	EVP_PKEY *own;                   /* 渠道私钥: signs requests */
	EVP_PKEY *platform;              /* 平台公钥: verifies answers */
};

/* Afterwards channel_keys_free(), also when false. */
bool channel_keys_read(const char *json, struct channel_keys *ret);
void channel_keys_free(struct channel_keys *keys);

/* data: an object. The envelope as JSON, free(); NULL when it cannot be signed. */
char *channel_seal(const struct channel_keys *keys, const struct json *data);

struct channel_answer {
	struct json *envelope;
	struct json *data; /* NULL when there is none */
};

/* false unless the platform signed it. json_free() both, also then. */
bool channel_open(const struct channel_keys *keys, const char *json, struct channel_answer *ret);

#endif
