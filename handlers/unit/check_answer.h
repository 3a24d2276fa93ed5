#ifndef HANDLERS_UNIT_CHECK_ANSWER_H
#define HANDLERS_UNIT_CHECK_ANSWER_H

#include "fcgi/http/answer.h"

/* What 资质认证 compared of a unit, side by side, and what was read of its licence, as an officer sees it. */
struct field_check_answer {
	const char *field, *label;
	const char *given, *catalogue;
	const char *by_catalogue, *by_registry, *by_licence; /* NULL: nobody was asked */
};

struct unit_checks_answer {
	ANSWER_ITEMS(struct field_check_answer) items;
	const char *licence_text;
	int64_t checked_at;
};
extern const struct answer unit_checks_answer;

/* *ret NULL: nothing was compared yet. */
MUST_CHECK enum err
unit_checks_answer_fill(struct req *q, int64_t unit_id, const struct unit_checks_answer **ret);

#endif
