#include "handlers/message/message.h"
#include "handlers/who.h"
#include "sql/message.h"

#define PAGE 20
#define PAGE_MAX 50

static json_t *
message_json(const struct message *m)
{
	return json_pack("{sI ss ss ss? ss? sI sb}", "id", (json_int_t)m->id, "title", m->title,
	    "text", m->text, "application", m->application, "file", m->file, "at",
	    (json_int_t)m->created_at, "read", m->read_at != 0);
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
	json_t *items = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(items, message_json(&list[i]));
	return reply_json(q, 200,
	    json_pack("{so sI}", "items", items, "unread", (json_int_t)unread));
}
