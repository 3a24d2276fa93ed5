#ifndef HANDLERS_REVIEW_DRAFT_H
#define HANDLERS_REVIEW_DRAFT_H

#include "handlers/application/view_records.h"

/*
 * What an officer writes while he reviews: the opinion so far, and 批注 pinned to fields and
 * files. His own, kept at once, so that a reload loses nothing; sent with his decision;
 * passed on to the colleague who takes over; gone when the application leaves the desk.
 * All of them: ERR_WRONG_STATE when it is not at his desk, ERR_CONFLICT when a colleague
 * has claimed it.
 */

/* PUT /applications/{key}/draft - 204. No deed yet, so no audit. */
MUST_CHECK enum err draft_save(struct req *q);
/* POST /applications/{key}/pins - 201 the pin */
MUST_CHECK enum err pin_add(struct req *q);
/* PUT /applications/{key}/pins/{id} - 200 the pin */
MUST_CHECK enum err pin_change(struct req *q);
/* DELETE /applications/{key}/pins/{id} - 204 */
MUST_CHECK enum err pin_remove(struct req *q);

/* What an officer was writing. */
struct draft_answer {
	const char *event, *remark;
	int64_t updated_at;
	ANSWER_ITEMS(struct pin_answer) pins;
};
extern const struct answer draft_answer;
/* For answers about the application. */
MUST_CHECK enum err
draft_shown(struct req *q, const struct application *app, struct draft_answer *ret);

#endif
