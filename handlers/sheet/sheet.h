#ifndef HANDLERS_SHEET_SHEET_H
#define HANDLERS_SHEET_SHEET_H

#include "fcgi/http/request.h"

/* 反馈单 on the public site (APR, FB, A-67 … A-75). */

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

#endif
