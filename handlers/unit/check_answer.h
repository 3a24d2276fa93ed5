#ifndef HANDLERS_UNIT_CHECK_ANSWER_H
#define HANDLERS_UNIT_CHECK_ANSWER_H

#include "fcgi/http/answer.h"

/* What 资质认证 compared of a unit, side by side, and what was read of its licence, as an officer sees it. */
struct check_answer {
	const char *field, *label;
	const char *given, *catalogue;
	const char *by_catalogue, *by_registry, *by_licence; /* NULL: nobody was asked */
};

struct checks_answer {
	ANSWER_ITEMS(struct check_answer) items;
	const char *licence_text;
	int64_t checked_at;
};
extern const struct answer checks_answer;

/* *ret NULL: nothing was compared yet. */
MUST_CHECK enum err
checks_answer_fill(struct req *q, int64_t unit_id, const struct checks_answer **ret);

#endif
