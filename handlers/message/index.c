#include "fcgi/http/answer.h"
#include "fcgi/http/query.h"
#include "handlers/common/who.h"
#include "handlers/message/message.h"
#include "sql/account/operator.h"
#include "sql/record/message.h"

#define PAGE 20
#define PAGE_MAX 50

struct message_answer {
	int64_t id, at;
	const char *title, *text, *application, *file;
	bool read;
};
static const struct answer_row message_rows[] = {
	ANSWER(struct message_answer, id),
	ANSWER(struct message_answer, title),
	ANSWER(struct message_answer, text),
	ANSWER(struct message_answer, application, .null = true, .about = "its number"),
	ANSWER(struct message_answer, file, .null = true, .about = "code of an export it leads to"),
	ANSWER(struct message_answer, at),
	ANSWER(struct message_answer, read),
};
static const struct answer message_answer =
    ANSWER_TABLE("message", struct message_answer, message_rows);

struct messages_answer {
	ANSWER_ITEMS(struct message_answer) items;
	int64_t unread;
	const bool *sms;
};
static const struct answer_row messages_rows[] = {
	ANSWER_MANY(struct messages_answer, items, &message_answer),
	ANSWER(struct messages_answer, unread),
	ANSWER(struct messages_answer, sms, .null = true,
	    .about = "whether notices come by SMS too; null for those who get none"),
};
const struct answer messages_answer =
    ANSWER_TABLE("messages", struct messages_answer, messages_rows);

/* Whether notices come by SMS too; NULL for those who get none. */
static enum err
sms_of(struct req *q, bool *on, const bool **ret)
{
	struct operator person;

	*ret = NULL;
	if (who_role(q) != ROLE_OPERATOR)
		return ERR_OK;
	TRY(operator_get(q->db, q->arena, who_user(q), &person));
	*on = !person.sms_off;
	*ret = on;
	return ERR_OK;
}

struct message_query {
	int64_t before, limit;
};
static const struct field query_fields[] = {
	FIELD(struct message_query, before, .label = "id of the last one there is", .min = 1,
	    .max = INT64_MAX),
	FIELD(struct message_query, limit, .label = "how many", .min = 1, .max = PAGE_MAX),
};
const struct form message_query = FORM("message_query", query_fields);

enum err
message_index(struct req *q)
{
	struct message_query in = { .limit = PAGE };
	unsigned role = (unsigned)who_role(q);
	const struct message *list;
	struct messages_answer answer = { 0 };
	size_t count;
	bool sms;

	TRY(query_bind(q, &message_query, &in));
	TRY(message_list(q->db, q->arena, role, who_user(q), in.before, in.limit, &list, &count));
	TRY(message_unread(q->db, q->arena, role, who_user(q), &answer.unread));
	TRY(sms_of(q, &sms, &answer.sms));
	struct message_answer *items = ARENA_ARRAY(q->arena, struct message_answer, count);
	for (size_t i = 0; i < count; i++)
		items[i] = (struct message_answer){
			.id = list[i].id,
			.title = list[i].title,
			.text = list[i].text,
			.application = list[i].application,
			.file = list[i].file,
			.at = list[i].created_at,
			.read = list[i].read_at != 0,
		};
	answer.items.items = items;
	answer.items.count = count;
	return reply(q, 200, &messages_answer, &answer);
}
