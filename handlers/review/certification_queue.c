#include <string.h>

#include "fcgi/http/query.h"
#include "handlers/common/list.h"
#include "handlers/common/reach.h"
#include "handlers/common/who.h"
#include "handlers/review/review.h"
#include "sql/account/certification.h"
#include "sql/catalogue/region.h"

#define PAGE 20

struct certification_row_answer {
	struct unit unit;
	const char *region_name, *certification;
};
static const struct answer_row row_rows[] = {
	ANSWER_AS(struct certification_row_answer, unit.id, "id", .about = "of the unit"),
	ANSWER_AS(struct certification_row_answer, unit.name, "name"),
	ANSWER_AS(struct certification_row_answer, unit.uscc, "uscc"),
	ANSWER_AS(struct certification_row_answer, unit.kind, "kind",
	    .words = INSTITUTION_KIND_WORDS),
	ANSWER(struct certification_row_answer, region_name),
	ANSWER(struct certification_row_answer, certification, .words = certification_words),
	ANSWER_AS(struct certification_row_answer, unit.manual_at, "since",
	    .about = "Unix seconds; when it asked"),
};
static const struct answer row_answer =
    ANSWER_TABLE("certification_row", struct certification_row_answer, row_rows);

struct certification_counts_answer {
	int64_t pending;
};
static const struct answer_row counts_rows[] = {
	ANSWER(struct certification_counts_answer, pending),
};
static const struct answer counts_answer =
    ANSWER_TABLE("certification_counts", struct certification_counts_answer, counts_rows);

struct certifications_answer {
	ANSWER_ITEMS(struct certification_row_answer) items;
	const char *next;
	const struct certification_counts_answer *counts;
};
static const struct answer_row rows[] = {
	ANSWER_MANY(struct certifications_answer, items, &row_answer),
	ANSWER(struct certifications_answer, next, .null = true,
	    .about = "cursor; null on the last page"),
	ANSWER_ONE(struct certifications_answer, counts, &counts_answer),
};
const struct answer certifications_answer =
    ANSWER_TABLE("certifications", struct certifications_answer, rows);

static enum err
fill_items(struct req *q, const struct unit *list, size_t count, struct certifications_answer *ret)
{
	struct certification_row_answer *items =
	    ARENA_ARRAY(q->arena, struct certification_row_answer, count);
	const char *codes[PAGE], *regions[PAGE];

	for (size_t i = 0; i < count; i++)
		codes[i] = list[i].region_code;
	TRY(region_full_names(q->db, q->arena, codes, count, regions));
	for (size_t i = 0; i < count; i++)
		items[i] = (struct certification_row_answer){
			.unit = list[i],
			.region_name = regions[i],
			.certification =
			    kind_by_code(certifications, (int)list[i].certification)->wire,
		};
	ret->items.items = items;
	ret->items.count = count;
	return ERR_OK;
}

struct certification_query {
	const char *view;
	int64_t cursor;
};
static const struct choice views[] = {
	{ "pending", "待确认", NULL },
	{ "done", "已确认", NULL },
	{ NULL, NULL, NULL },
};
static const struct field query_fields[] = {
	FIELD(struct certification_query, view, .label = "pending without", .max = 10,
	    .choices = views, .hint = "没有这个列表"),
	CURSOR_FIELD(struct certification_query),
};
const struct form certification_query = FORM("certification_query", query_fields);

enum err
certification_queue(struct req *q)
{
	struct certification_query in = { .view = "pending" };
	struct certification_counts_answer counts;
	struct certifications_answer answer = { .counts = &counts };
	const struct unit *list;
	size_t count;

	TRY(query_bind(q, &certification_query, &in));
	if (strcmp(in.view, "done") == 0)
		TRY(certification_answered(q->db, q->arena, who_bureau(q), reach_region(q),
		    in.cursor, PAGE + 1, &list, &count));
	else
		TRY(certification_waiting(q->db, q->arena, who_bureau(q), reach_region(q),
		    in.cursor, PAGE + 1, &list, &count));
	TRY(certification_waiting_count(q->db, q->arena, who_bureau(q), reach_region(q),
	    &counts.pending));
	size_t shown = page_rows(count, PAGE);
	TRY(fill_items(q, list, shown, &answer));
	answer.next = page_next(q->arena, count > shown ? list[shown - 1].id : 0);
	return reply(q, 200, &certifications_answer, &answer);
}
