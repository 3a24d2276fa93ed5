#include "handlers/common/who.h"
#include "handlers/message/message.h"
#include "sql/account/operator.h"
#include "sql/record/message.h"

#define PAGE 20
#define PAGE_MAX 50

static json_t *
message_json(const struct message *m)
{
	return json_pack("{sI ss ss ss? ss? sI sb}", "id", (json_int_t)m->id, "title", m->title,
	    "text", m->text, "application", m->application, "file", m->file, "at",
	    (json_int_t)m->created_at, "read", m->read_at != 0);
}

/* Whether notices come by SMS too; null for those who get none. */
static enum err
sms_json(struct req *q, json_t **ret)
{
	struct operator person;

	if (who_role(q) != ROLE_OPERATOR) {
		*ret = json_null();
		return ERR_OK;
	}
	TRY(operator_get(q->db, q->arena, who_user(q), &person));
	*ret = json_boolean(!person.sms_off);
	return ERR_OK;
}

enum err
message_index(struct req *q)
{
	unsigned role = (unsigned)who_role(q);
	const struct message *list;
	int64_t unread;
	size_t count;

	TRY(message_list(q->db, q->arena, role, who_user(q),
	    query_int(q, "before", 1, INT64_MAX, 0), query_int(q, "limit", 1, PAGE_MAX, PAGE),
	    &list, &count));
	TRY(message_unread(q->db, q->arena, role, who_user(q), &unread));
	json_t *sms;
	TRY(sms_json(q, &sms));
	json_t *items = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(items, message_json(&list[i]));
	return reply_json(q, 200,
	    json_pack("{so sI so}", "items", items, "unread", (json_int_t)unread, "sms", sms));
}
