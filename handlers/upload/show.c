#include "handlers/upload/access.h"
#include "handlers/upload/upload.h"

static const char *
state_text(const struct upload *u)
{
	switch ((enum upload_state)u->state) {
	case UPLOAD_PARTIAL:
		return "partial";
	case UPLOAD_STORED:
		return "stored";
	case UPLOAD_REFUSED:
		return "refused";
	}
	return NULL;
}

enum err
upload_show(struct req *q)
{
	struct upload u;

	TRY(upload_to_read(q, &u));
	return reply_json(q, 200,
	    json_pack("{ss ss ss sI sI ss? ss ss?}", "id", u.id, "slot", u.slot, "name", u.name,
		"size", (json_int_t)u.length, "offset", (json_int_t)u.received, "type", u.type,
		"state", state_text(&u), "reason", u.reason));
}
