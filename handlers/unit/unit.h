#ifndef HANDLERS_UNIT_UNIT_H
#define HANDLERS_UNIT_UNIT_H

#include "fcgi/http/answer.h"

/* 单位管理: the unit's own page and its 资质认证 (CERT, A-12, A-13, A-29). */

/* GET /unit - read-only, personal data masked, with the list of what to do next. */
extern const struct answer own_unit_answer;
MUST_CHECK enum err unit_show(struct req *q);
/*
 * POST /unit/certification - looked at by a job (certify_job.c), which certifies it or asks its bureau.
 * 422 when the 营业执照 is not an upload of this unit; 409 while it is looked at, or certified.
 */
extern const struct answer certified_answer;
MUST_CHECK enum err certification_run(struct req *q);
/* PUT /unit/security {second_factor} - do logins for this unit take an SMS code, too? 200 */
extern const struct answer unit_security_answer;
MUST_CHECK enum err unit_security(struct req *q);

#endif
