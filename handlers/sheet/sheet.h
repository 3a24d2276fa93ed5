#ifndef HANDLERS_SHEET_SHEET_H
#define HANDLERS_SHEET_SHEET_H

#include "fcgi/http/request.h"

/* 反馈单 and the channel's public key on the public site (APR, FB, A-67 … A-75). */

/*
 * GET /applications/{key}/sheets/{test|formal}/{payment|identity}.pdf
 * Drawn from the credential at every reading; each reading is audited.
 * 404 a sheet the application does not have, 409 one that may not be read now.
 */
MUST_CHECK enum err sheet_show(struct req *q);

/*
 * GET /applications/{key}/sheets/{test|formal} - {title, number, serial, app_id, channel_public,
 * platform_public, channel_code, hidden: [which may be revealed]}: the payment sheet on screen,
 * without its secrets. 409 while it may not be read.
 */
MUST_CHECK enum err sheet_values(struct req *q);
/* POST …/sheets/{test|formal}/reveal {field: "secret"|"channel_private"} - 200 {value}; audited. */
MUST_CHECK enum err sheet_reveal(struct req *q);

/*
 * GET /applications/{key}/channel-key - {challenge, expires_at, current, history}: what to sign, and
 * the keys that were reported, newest first. A challenge is good for one report of one application
 * in one session, for 15 minutes; null when nothing can be reported any more, which without a
 * history is a 409.
 */
MUST_CHECK enum err channel_key_show(struct req *q);
/* POST /applications/{key}/channel-key - 上报渠道公钥. 200 {public_key, reported_at} */
MUST_CHECK enum err channel_key_report(struct req *q);

#endif
