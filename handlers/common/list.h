#ifndef HANDLERS_COMMON_LIST_H
#define HANDLERS_COMMON_LIST_H

#include "fcgi/http/answer.h"

/* What lists that people keep row by row answer alike. */

/* ---- page by page ---------------------------------------------------------- */

/*
 * A handler asks its statement for one row more than a page holds: where there
 * is one, another page follows.
 */
#define ANSWER_NEXT(type)                                                                          \
	ANSWER(type, next, .null = true,                                                           \
	    .about = "?cursor= of the next page; null: this is the last")

/* How many of `found` rows are on a page. */
size_t page_rows(size_t found, size_t page);
/* A cursor that is the last id of a page; NULL for 0. */
const char *page_next(struct arena *arena, int64_t id);

/* ---- one row ---------------------------------------------------------------- */

/* 201, or 202 where its work is done later: the id it has. */
struct row_added_answer {
	int64_t id;
};
extern const struct answer row_added_answer;

/* 200: the version it has now, which the next change names. */
struct row_changed_answer {
	int64_t version;
};
extern const struct answer row_changed_answer;

#endif
