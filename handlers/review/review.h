#ifndef HANDLERS_REVIEW_REVIEW_H
#define HANDLERS_REVIEW_REVIEW_H

#include "fcgi/http/answer.h"

/*
 * The bureaus' work on the intranet site (A-44 … A-48). An officer reads what
 * passes his bureau and decides what lies at its desk; anything else does not
 * exist for him.
 */

/*
 * GET /queue?view=pending|done|all|overdue - each also by kind, business_type, region (a code of
 * the 医保区划), phase; done by result=pass|reject and mine=1; search begins the number, the
 * institution's or the unit's name as `by` says, and gives the first 50: `more` tells of others.
 * overdue: what the bureaus one level below have kept too long.
 */
extern const struct answer queue_answer;
MUST_CHECK enum err review_queue(struct req *q);
/* GET /queue/counts - how much is in each list */
extern const struct answer queue_counts_answer;
MUST_CHECK enum err review_queue_counts(struct req *q);
/* GET /applications/{key} */
MUST_CHECK enum err review_show(struct req *q);
/* POST /applications/{key}/decision - 通过 or 驳回, with the 批注 drafted. 200 {state, status,
   version}; 409 when a colleague has claimed it, or somebody was first: who, what and when */
MUST_CHECK enum err review_decide(struct req *q);
/*
 * POST /decisions (K) - the same decision for up to 100 applications, each in its own transaction.
 * 200, results in the order asked.
 */
extern const struct answer batch_answer;
MUST_CHECK enum err review_batch(struct req *q);
/* POST /applications/{key}/reveal - one masked value in full; leaves an audit row. 200 */
extern const struct answer revealed_answer;
MUST_CHECK enum err review_reveal(struct req *q);

/*
 * 人工认证 of units of the bureau's region.
 * GET /certifications
 */
extern const struct answer certifications_answer;
extern const struct form certification_query;
MUST_CHECK enum err certification_queue(struct req *q);
/* GET /certifications/{id} - the unit, masked, and its 营业执照. */
extern const struct answer certification_answer;
MUST_CHECK enum err certification_show(struct req *q);
/*
 * POST /certifications/{id}/decision - 200. The unit and its operators are told.
 * 409 when it does not wait any more.
 */
extern const struct answer certification_decided_answer;
MUST_CHECK enum err certification_decide(struct req *q);

#endif
