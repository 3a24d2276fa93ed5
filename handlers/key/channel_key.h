#ifndef HANDLERS_KEY_CHANNEL_KEY_H
#define HANDLERS_KEY_CHANNEL_KEY_H

#include "fcgi/http/answer.h"

/* The channel's own public key, on the public site (A-67 … A-75). */

/*
 * GET /applications/{key}/channel-key - what to sign, and the keys that were reported, newest
 * first. A challenge is good for one report of one application in one login, for 15 minutes;
 * null when nothing can be reported any more, which without a history is a 409.
 */
extern const struct answer channel_keys_answer;
MUST_CHECK enum err channel_key_show(struct req *q);
/* POST /applications/{key}/channel-key - 上报渠道公钥. 200 */
extern const struct answer channel_key_answer;
MUST_CHECK enum err channel_key_report(struct req *q);

#endif
