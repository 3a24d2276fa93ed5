#include "handlers/common/list.h"

static const struct answer_row added_rows[] = {
	ANSWER(struct row_added_answer, id),
};
const struct answer row_added_answer =
    ANSWER_TABLE("row_added", struct row_added_answer, added_rows);

static const struct answer_row changed_rows[] = {
	ANSWER(struct row_changed_answer, version, .about = "what the next change names"),
};
const struct answer row_changed_answer =
    ANSWER_TABLE("row_changed", struct row_changed_answer, changed_rows);

size_t
page_rows(size_t found, size_t page)
{
	return found < page ? found : page;
}

const char *
page_next(struct arena *arena, int64_t id)
{
	return id ? arena_printf(arena, "%lld", (long long)id) : NULL;
}
