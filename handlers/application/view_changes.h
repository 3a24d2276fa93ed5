#ifndef HANDLERS_APPLICATION_VIEW_CHANGES_H
#define HANDLERS_APPLICATION_VIEW_CHANGES_H

#include "fcgi/http/answer.h"
#include "sql/application/application.h"

/* What a 提交 changed in one field against the one before in its phase. */
struct change_item_answer {
	const char *field;
	bool file;
	json_t *before, *after, *before_file, *after_file;
};
struct change_answer {
	int64_t round, at;
	const char *phase;
	ANSWER_ITEMS(struct change_item_answer) items;
};
extern const struct answer change_answer;
/* Of each 提交 but the first in its phase. Personal values are masked. */
MUST_CHECK enum err view_changes(struct req *q, const struct application *app,
    const struct change_answer **ret, size_t *ret_count);

#endif
