#ifndef HANDLERS_SITE_GATES_H
#define HANDLERS_SITE_GATES_H

#include "handlers/common/gate.h"

/* What each of them asks. */
extern const struct gate_row domain_gates[];
extern const size_t domain_gates_count;

/* After the answer: a captcha that was right, before a handler that was BUSY, is good once more. */
void captcha_unused(struct req *q);

#endif
