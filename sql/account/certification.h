#ifndef SQL_ACCOUNT_CERTIFICATION_H
#define SQL_ACCOUNT_CERTIFICATION_H

#include "sql/account/unit.h"

/*
 * 资质认证 of units over time. What was passed holds while the catalogue
 * has an agreement in force for the unit, or until the day a bureau confirmed;
 * this is judged at every reading, so an agreement that ends or a row that
 * changes acts on the next request. The janitor writes it down afterwards.
 */

/* What its certification needs a person for. ERR_CONFLICT: somebody changed the unit since `version`. */
MUST_CHECK enum err certification_ask(struct sql_tx *tx, int64_t unit_id, int64_t version,
    const char *reason, int64_t bureau_id, int64_t now);
/*
 * What the bureau says of it. until: Unix second from which it holds no more,
 * 0 when it refuses. ERR_CONFLICT as above.
 */
MUST_CHECK enum err certification_confirm(struct sql_tx *tx, int64_t unit_id, int64_t version,
    unsigned certification, const char *reason, int64_t at, int64_t until);

/*
 * Units that asked the bureau: those waiting in order of their ids after
 * `cursor`; those answered in the reverse order before it (0: from the newest).
 * region: first digits of the units' 区划; NULL any.
 */
MUST_CHECK enum err certification_waiting(struct sql *db, struct arena *arena, int64_t bureau_id,
    const char *region, int64_t cursor, int64_t limit, const struct unit **ret, size_t *ret_count);
MUST_CHECK enum err certification_answered(struct sql *db, struct arena *arena, int64_t bureau_id,
    const char *region, int64_t cursor, int64_t limit, const struct unit **ret, size_t *ret_count);
/* CERTIFICATION_COUNTED at most: nobody reads more than "99+". */
#define CERTIFICATION_COUNTED 100
MUST_CHECK enum err certification_waiting_count(struct sql *db, struct arena *arena,
    int64_t bureau_id, const char *region, int64_t *ret);

/*
 * May the bureau read this 营业执照, in a region of `scope`: did its unit come to that bureau with it, or was it
 * certified in the bureau's region, or is it of an 申诉 the bureau has to decide?
 */
MUST_CHECK enum err certification_shows(struct sql *db, struct arena *arena, const char *upload,
    int64_t bureau_id, const char *scope, bool *ret);

/*
 * Units below a region's prefix that have been certified, as they stand now: PASSED, EXPIRED or
 * REVOKED; newest first before `cursor` (0: from the newest). search: how the name or the
 * 统一社会信用代码 begins; NULL: any.
 */
MUST_CHECK enum err
certified_units(struct sql *db, struct arena *arena, const char *prefix, unsigned certification,
    const char *search, int64_t cursor, int64_t limit, const struct unit **ret, size_t *ret_count);
/* A bureau takes it back. ERR_CONFLICT as above. */
MUST_CHECK enum err certification_revoke(struct sql_tx *tx, int64_t unit_id, int64_t version,
    const char *reason, int64_t now);
/*
 * The same, for good: the code is free for who it belongs to, and the account's sessions end. ERR_CONFLICT:
 * it holds the code no more.
 */
MUST_CHECK enum err
unit_release(struct sql_tx *tx, int64_t unit_id, const char *reason, int64_t now);

/*
 * Units with ids in (after, after + span] whose certification has run out and
 * is still kept as passed. *ret_more: there are units beyond.
 */
MUST_CHECK enum err certification_lapsed(struct sql *db, struct arena *arena, int64_t after,
    int64_t span, const struct unit **ret, size_t *ret_count, bool *ret_more);

#endif
