#include "fcgi/http/session.h"
#include "handlers/account/session.h"
#include "handlers/account/session_json.h"

enum err
session_show(struct req *q)
{
	json_t *body;

	TRY(session_json(q, &body));
	return reply_json(q, 200, body);
}

enum err
session_close(struct req *q)
{
	TRY(session_end(q));
	return reply_empty(q, 204);
}
