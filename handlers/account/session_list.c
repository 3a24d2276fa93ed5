#include <string.h>

#include "fcgi/http/session.h"
#include "handlers/account/session.h"
#include "handlers/common/deed.h"
#include "handlers/common/list.h"
#include "handlers/common/who.h"

#define HANDLE_SIZE 32 /* hex digits people send back: as {key} takes them */

static const struct answer_row session_row_rows[] = {
	ANSWER_AS(struct session_info, key, "id", .about = "to end it by"),
	ANSWER_AS(struct session_info, created, "at", .about = "Unix seconds, of the login"),
	ANSWER(struct session_info, address, .null = true),
	ANSWER(struct session_info, current, .about = "the one that asks"),
};
static const struct answer session_row_answer =
    ANSWER_TABLE("session_row", struct session_info, session_row_rows);

LIST_ANSWER(sessions, struct session_info, &session_row_answer);

enum err
session_index(struct req *q)
{
	const struct session_info *list;
	size_t count;

	TRY(session_list(q, &list, &count));
	struct session_info *items = ARENA_ARRAY(q->arena, struct session_info, count);
	for (size_t i = 0; i < count; i++) {
		items[i] = list[i];
		items[i].key = arena_strndup(q->arena, list[i].key, HANDLE_SIZE);
	}
	const struct sessions_answer answer = { .items = { items, count } };
	return reply(q, 200, &sessions_answer, &answer);
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
