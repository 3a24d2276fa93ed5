#include "handlers/upload/access.h"
#include "handlers/upload/scan_text.h"
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
	case UPLOAD_QUARANTINED:
		return "quarantined";
	case UPLOAD_ABANDONED:
		return "abandoned";
	}
	return NULL;
}

enum err
upload_show(struct req *q)
{
	struct upload u;
	unsigned scan;

	TRY(upload_to_read(q, &u));
	TRY(upload_scan_state(q->db, q->arena, u.id, &scan));
	return reply_json(q, 200,
	    json_pack("{ss ss ss sI sI ss? ss ss? ss*}", "id", u.id, "slot", u.slot, "name", u.name,
		"size", (json_int_t)u.length, "offset", (json_int_t)u.received, "type", u.type,
		"state", state_text(&u), "reason", u.reason, "scan", scan_text(scan)));
}
