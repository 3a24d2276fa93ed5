#ifndef HANDLERS_ACCOUNT_OPEN_H
#define HANDLERS_ACCOUNT_OPEN_H

#include "fcgi/http/request.h"

/* What pages need before anybody signs in. */

/* GET /regions[?parent=CODE] - {"items": [{code, name, level, kind, leaf}]}; provinces without. */
MUST_CHECK enum err region_show(struct req *q);
/* GET /site - the texts of head and foot, from PORTAL_SITE_FILE (G-11). */
MUST_CHECK enum err site_show(struct req *q);

#endif
