#include <string.h>

#include "fcgi/http/session.h"
#include "handlers/account/session.h"
#include "handlers/common/deed.h"
#include "handlers/common/who.h"

#define HANDLE_SIZE 32 /* hex digits people send back: as {key} takes them */

enum err
session_index(struct req *q)
{
	const struct session_info *list;
	size_t count;

	TRY(session_list(q, &list, &count));
	json_t *items = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(items,
		    json_pack("{so sI ss? sb}", "id", json_stringn(list[i].key, HANDLE_SIZE), "at",
			(json_int_t)list[i].created, "address", list[i].address, "current",
			list[i].current));
	return reply_json(q, 200, json_pack("{so}", "items", items));
}

/* First the sessions, then what is written of it: nobody reads of an end that did not happen. */
static enum err
note(struct req *q, const char *detail)
{
	SQL_TX(tx, q->db);
	return deed_done(q, &tx, DEED_SESSION_END,
	    arena_printf(q->arena, "session/%u/%lld", (unsigned)who_role(q),
		(long long)who_user(q)),
	    detail, 204, NULL);
}

enum err
session_end_one(struct req *q)
{
	const struct session_info *list;
	size_t count;

	TRY(session_list(q, &list, &count));
	for (size_t i = 0; i < count; i++) {
		if (strncmp(list[i].key, q->key, HANDLE_SIZE) != 0)
			continue;
		if (list[i].current)
			return refuse(q, ERR_WRONG_STATE, "这是当前登录，请使用退出登录");
		TRY(session_end_listed(q, &list[i]));
		return note(q, "one");
	}
	return ERR_NOT_FOUND;
}

enum err
session_end_others(struct req *q)
{
	TRY(session_end_all(q, who_role(q), who_user(q), NULL, 0, q->session->id));
	return note(q, "others");
}
