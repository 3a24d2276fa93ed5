#include "fcgi/http/query.h"
#include "handlers/application/application.h"
#include "handlers/application/filter.h"
#include "handlers/common/list.h"
#include "handlers/rules/table/dictionary.h"

#define PAGE_DEFAULT 20

struct application_row_answer {
	const char *number, *app_name, *business_type, *state, *status, *status_text,
	    *province_city, *third_channel, *next;
	int64_t updated_at, version;
};
static const struct answer_row item_rows[] = {
	ANSWER(struct application_row_answer, number),
	ANSWER(struct application_row_answer, app_name, .null = true),
	ANSWER(struct application_row_answer, business_type, .null = true,
	    .words = BUSINESS_TYPE_WORDS),
	ANSWER(struct application_row_answer, state, .words = state_words),
	ANSWER(struct application_row_answer, status, .words = status_words),
	ANSWER(struct application_row_answer, status_text),
	ANSWER(struct application_row_answer, province_city),
	ANSWER(struct application_row_answer, third_channel, .null = true),
	ANSWER(struct application_row_answer, updated_at, .about = "Unix seconds"),
	ANSWER(struct application_row_answer, version),
	ANSWER(struct application_row_answer, next,
	    .words = "continue detail accept resubmit accept_resubmit accept_continue",
	    .about = "what its row offers first"),
};
static const struct answer item_answer =
    ANSWER_TABLE("application_row", struct application_row_answer, item_rows);

struct applications_answer {
	ANSWER_ITEMS(struct application_row_answer) items;
	const char *next;
	int64_t total;
};
static const struct answer_row rows[] = {
	ANSWER_MANY(struct applications_answer, items, &item_answer),
	ANSWER(struct applications_answer, next, .null = true,
	    .about = "cursor of the next page; null: this is the last"),
	ANSWER(struct applications_answer, total),
};
const struct answer applications_answer =
    ANSWER_TABLE("applications", struct applications_answer, rows);

struct applications_query {
	const char *state, *business_type;
	int64_t cursor, limit;
};
static const struct field query_fields[] = {
	APPLICATION_FILTER_FIELDS(struct applications_query),
	CURSOR_FIELD(struct applications_query),
	FIELD(struct applications_query, limit, .label = "rows of a page: 10, 20 or 50", .min = 1,
	    .max = 50),
};
const struct form applications_query = FORM("applications_query", query_fields);

static int64_t
page_size(int64_t limit)
{
	return limit == 10 || limit == 50 ? limit : PAGE_DEFAULT; /* */
}

/* What the row offers first (UI-21). */
static const char *
next_of(const struct application_item *item)
{
	switch ((enum state)item->state) {
	case STATE_DRAFT:
		return "continue";
	case STATE_APPLY_REJECTED:
		return "resubmit";
	case STATE_APPLIED:
		return item->acceptance_saved_at ? "accept_continue" : "accept";
	case STATE_ACCEPT_REJECTED:
		return "accept_resubmit";
	case STATE_APPLY_LOCAL:
	case STATE_APPLY_PROVINCE:
	case STATE_APPLY_NATION:
	case STATE_ACCEPT_LOCAL:
	case STATE_ACCEPT_PROVINCE:
	case STATE_ACCEPT_NATION:
	case STATE_ACCEPTED:
	case STATE_DISCARDED:
		break;
	}
	return "detail";
}

static struct application_row_answer
row_of(const struct application_item *item)
{
	const struct status_info *status = status_info(state_status((enum state)item->state));

	return (struct application_row_answer){
		.number = item->number,
		.app_name = item->shown_app_name,
		.business_type = item->business_type,
		.state = state_name((enum state)item->state),
		.status = status->wire,
		.status_text = status->text,
		.province_city = item->province_city,
		.third_channel = item->third_channel,
		.updated_at = item->updated_at,
		.version = item->version,
		.next = next_of(item),
	};
}

enum err
application_index(struct req *q)
{
	struct applications_query in = { 0 };
	const struct application_item *items;
	struct applications_answer answer = { 0 };
	size_t count;

	TRY(query_bind(q, &applications_query, &in));
	const struct application_filter filter = application_filter(q, in.state, in.business_type);
	int64_t limit = page_size(in.limit);
	/* one more than shown tells whether there is a next page */
	TRY(application_list(q->db, q->arena, &filter, in.cursor, limit + 1, &items, &count));
	TRY(application_count(q->db, q->arena, &filter, &answer.total));

	size_t shown = page_rows(count, (size_t)limit);
	struct application_row_answer *list =
	    ARENA_ARRAY(q->arena, struct application_row_answer, shown);
	for (size_t i = 0; i < shown; i++)
		list[i] = row_of(&items[i]);
	answer.items.items = list;
	answer.items.count = shown;
	answer.next = page_next(q->arena, count > shown ? items[shown - 1].cursor : 0);
	return reply(q, 200, &applications_answer, &answer);
}
