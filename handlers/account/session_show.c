#include "fcgi/http/session.h"
#include "handlers/account/session_answer.h"

enum err
session_show(struct req *q)
{
	const struct session_answer *answer;

	TRY(session_answer_read(q, &answer));
	return reply(q, 200, &session_answer, answer);
}

enum err
session_close(struct req *q)
{
	TRY(session_end(q));
	return reply_empty(q, 204);
}
