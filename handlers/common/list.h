#ifndef HANDLERS_COMMON_LIST_H
#define HANDLERS_COMMON_LIST_H

#include "fcgi/http/answer.h"

/* What lists answer alike. */

/*
 * The answer {items} called `name`, of rows `row` that look as `of` says: defines name_answer, and
 * its struct of the same name.
 */
#define LIST_ANSWER(name, row, of)                                                                 \
	struct name##_answer {                                                                     \
		ANSWER_ITEMS(row) items;                                                           \
	};                                                                                         \
	static const struct answer_row name##_list_rows[] = {                                      \
		ANSWER_MANY(struct name##_answer, items, of),                                      \
	};                                                                                         \
	const struct answer name##_answer =                                                        \
	    ANSWER_TABLE(#name, struct name##_answer, name##_list_rows)

/* ---- page by page ---------------------------------------------------------- */

/*
 * A handler asks its statement for one row more than a page holds: where there
 * is one, another page follows.
 */
#define ANSWER_NEXT(type)                                                                          \
	ANSWER(type, next, .null = true,                                                           \
	    .about = "?cursor= of the next page; null: this is the last")

/* As LIST_ANSWER(): {items, next}. */
#define PAGE_ANSWER(name, row, of)                                                                 \
	struct name##_answer {                                                                     \
		ANSWER_ITEMS(row) items;                                                           \
		const char *next;                                                                  \
	};                                                                                         \
	static const struct answer_row name##_page_rows[] = {                                      \
		ANSWER_MANY(struct name##_answer, items, of),                                      \
		ANSWER_NEXT(struct name##_answer),                                                 \
	};                                                                                         \
	const struct answer name##_answer =                                                        \
	    ANSWER_TABLE(#name, struct name##_answer, name##_page_rows)

/* What such a list is asked with; cursor 0 is its beginning. */
struct page_query {
	int64_t cursor;
};
extern const struct form page_query;
/* The same of one that is searched; search NULL is all. */
struct search_query {
	int64_t cursor;
	const char *search;
};
extern const struct form search_query;
#define CURSOR_FIELD(type)                                                                         \
	FIELD(type, cursor, .label = "next of the page before", .min = 1, .max = INT64_MAX)
#define SEARCH_MAX 100 /* characters: as many as a name has */

/* The name of a file that comes as the body; NULL: none was given. */
struct file_query {
	const char *file;
};
extern const struct form file_query;

/* How many of `found` rows are on a page. */
size_t page_rows(size_t found, size_t page);
/* A cursor that is the last id of a page; NULL for 0. */
const char *page_next(struct arena *arena, int64_t id);

/*
 * A cursor of two numbers, "order-id": what a list is sorted by, then its id. false: it is none, or NULL,
 * and both are as they were.
 */
bool page_place_read(const char *cursor, int64_t *ret_order, int64_t *ret_id);
const char *page_place(struct arena *arena, int64_t order, int64_t id);

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
