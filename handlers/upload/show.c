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

struct upload_answer {
	struct upload row;
	const char *state, *scan;
};
static const struct answer_row rows[] = {
	ANSWER_AS(struct upload_answer, row.id, "id"),
	ANSWER_AS(struct upload_answer, row.slot, "slot"),
	ANSWER_AS(struct upload_answer, row.name, "name"),
	ANSWER_AS(struct upload_answer, row.length, "size", .about = "bytes, as declared"),
	ANSWER_AS(struct upload_answer, row.received, "offset", .about = "bytes received"),
	ANSWER_AS(struct upload_answer, row.type, "type", .null = true,
	    .about = "media type by its content, once stored"),
	ANSWER(struct upload_answer, state,
	    .words = "partial stored refused quarantined abandoned"),
	ANSWER_AS(struct upload_answer, row.reason, "reason", .null = true, .about = "why refused"),
	ANSWER(struct upload_answer, scan, .optional = true, .words = SCAN_WORDS,
	    .about = "of the virus scanner, where there is one"),
};
const struct answer upload_answer = ANSWER_TABLE("upload", struct upload_answer, rows);

enum err
upload_show(struct req *q)
{
	struct upload_answer answer = { 0 };
	unsigned scan;

	TRY(upload_to_read(q, &answer.row));
	TRY(upload_scan_state(q->db, q->arena, answer.row.id, &scan));
	answer.state = state_text(&answer.row);
	answer.scan = scan_text(scan);
	return reply(q, 200, &upload_answer, &answer);
}
