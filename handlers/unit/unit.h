#ifndef HANDLERS_UNIT_UNIT_H
#define HANDLERS_UNIT_UNIT_H

#include "fcgi/http/request.h"

/* 单位管理: the unit's own page and its 资质认证 (CERT, A-12, A-13, A-29). */

/* GET /unit - read-only, personal data masked, with the list of what to do next. */
MUST_CHECK enum err unit_show(struct req *q);
/*
 * POST /unit/certification - decided at once against the catalogue.
 * 200 {"certification", "reason"}; 422 when the 营业执照 is not an upload of this unit.
 */
MUST_CHECK enum err certification_run(struct req *q);
/* POST /unit/certification/manual - after it did not pass; else 409. As above. */
MUST_CHECK enum err certification_manual(struct req *q);

#endif
