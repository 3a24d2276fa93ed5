#ifndef HANDLERS_ACCOUNT_OPEN_H
#define HANDLERS_ACCOUNT_OPEN_H

#include "fcgi/http/answer.h"

/* What pages need before anybody signs in. */

/* GET /regions - those below one; provinces without. */
extern const struct answer regions_answer;
extern const struct form region_query;
MUST_CHECK enum err region_show(struct req *q);
/* GET /site - the texts of head and foot, from PORTAL_SITE_FILE (G-11). */
extern const struct answer site_answer;
MUST_CHECK enum err site_show(struct req *q);

#endif
