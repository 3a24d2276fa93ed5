#include "handlers/common/list.h"

#include <stdio.h>

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

static const struct field page_fields[] = {
	CURSOR_FIELD(struct page_query),
};
const struct form page_query = FORM("page", page_fields);

static const struct field search_fields[] = {
	CURSOR_FIELD(struct search_query),
	FIELD(struct search_query, search, .label = "what is looked for", .max = SEARCH_MAX,
	    .hint = "搜索内容过长，请缩短后再试"),
};
const struct form search_query = FORM("search", search_fields);

static const struct field file_fields[] = {
	FIELD(struct file_query, file, .label = "its name", .max = 255,
	    .hint = "文件名过长，请改短后再上传"),
};
const struct form file_query = FORM("file", file_fields);

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

bool
page_place_read(const char *cursor, int64_t *ret_order, int64_t *ret_id)
{
	long long order, id;
	char end;

	if (!cursor || sscanf(cursor, "%lld-%lld%c", &order, &id, &end) != 2 || order < 0 || id < 0)
		return false;
	*ret_order = order;
	*ret_id = id;
	return true;
}

const char *
page_place(struct arena *arena, int64_t order, int64_t id)
{
	return arena_printf(arena, "%lld-%lld", (long long)order, (long long)id);
}
