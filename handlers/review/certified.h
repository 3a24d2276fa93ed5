#ifndef HANDLERS_REVIEW_CERTIFIED_H
#define HANDLERS_REVIEW_CERTIFIED_H

#include "fcgi/http/answer.h"

/*
 * Units of a bureau's region that have been certified, for spot checks (抽查), and taking a
 * certification back.
 */

/* GET /units */
extern const struct form certified_query;
extern const struct answer certified_units_answer;
MUST_CHECK enum err certified_index(struct req *q);
/* GET /units/{id} - masked, with its 营业执照 and what was compared. */
extern const struct answer certified_unit_answer;
MUST_CHECK enum err certified_show(struct req *q);
/*
 * POST /units/{id}/revocation - 204. The unit and its operators are told and can do nothing from the
 * next request on; what lies at a desk can be refused but not passed. 409 when it is revoked already.
 */
MUST_CHECK enum err certified_revoke(struct req *q);

#endif
