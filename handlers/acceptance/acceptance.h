#ifndef HANDLERS_ACCEPTANCE_ACCEPTANCE_H
#define HANDLERS_ACCEPTANCE_ACCEPTANCE_H

#include "fcgi/http/request.h"

/* 验收单 on the public site (ACC, ACR): part of its 申请单, so the same people may. */

/* PUT /applications/{key}/acceptance - 保存; the status stays. 200 saved_answer */
MUST_CHECK enum err acceptance_save(struct req *q);
/* POST /applications/{key}/acceptance/submission - 提交审核. 200 step_answer */
MUST_CHECK enum err acceptance_submit(struct req *q);

#endif
