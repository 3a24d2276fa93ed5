#ifndef HANDLERS_REVIEW_CLAIM_H
#define HANDLERS_REVIEW_CLAIM_H

#include "fcgi/http/answer.h"
#include "sql/application/application.h"

/*
 * 领取: an officer takes an application from the list of his desk, so that two
 * do not read the same one. Nobody has to: what nobody has claimed anyone of
 * the bureau decides. All of this happens under the application's row lock.
 */

/* PUT /applications/{key}/claim - 200; 409 a colleague has it and no reason was given,
   or another one than `holder` took it meanwhile.
   What the colleague was drafting passes on with it. */
extern const struct answer claimed_answer;
MUST_CHECK enum err claim_take(struct req *q);
/* DELETE /applications/{key}/claim - 204, also when nobody had it; 409 a colleague has it. */
MUST_CHECK enum err claim_release(struct req *q);

/* ERR_CONFLICT, saying who, when a colleague of the person asking has claimed it. */
MUST_CHECK enum err claim_check(struct req *q, struct sql *db, const struct application *app);

/* q->key's application as it is while tx holds it; ERR_WRONG_STATE when not at this desk. */
MUST_CHECK enum err claim_hold(struct req *q, struct sql_tx *tx, struct application *ret);

/* Who has taken it from the desk's list. */
struct claim_answer {
	const char *by;
	bool mine;
	int64_t at;
};
extern const struct answer claim_answer;
/* For answers about the application; NULL: nobody has it. */
MUST_CHECK enum err
claim_shown(struct req *q, const struct application *app, const struct claim_answer **ret);

#endif
