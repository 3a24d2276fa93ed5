#ifndef HANDLERS_SANDBOX_SANDBOX_H
#define HANDLERS_SANDBOX_SANDBOX_H

#include "fcgi/http/answer.h"

/*
 * The platform's test environment in small (handlers/rules/table/sandbox.def), for
 * integrators to develop against. Whoever can make the envelope is the channel.
 */

/*
 * POST /sandbox/{word} - a service of sandbox.def. 200, signed with the
 * platform's test key, and encData when it succeeded.
 * Not signed while it is not known who asks: no JSON, or no such 应用ID.
 */
extern const struct answer sandbox_reply_answer;
MUST_CHECK enum err sandbox_call(struct req *q);

/*
 * GET /sandbox - what 联调说明 shows: services and their fields, codes, the
 * selftest's mistakes, and code that does it right.
 */
extern const struct answer sandbox_guide_answer;
MUST_CHECK enum err sandbox_show(struct req *q);

#endif
