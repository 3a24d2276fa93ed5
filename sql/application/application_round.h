#ifndef SQL_APPLICATION_APPLICATION_ROUND_H
#define SQL_APPLICATION_APPLICATION_ROUND_H

#include "sql/db/db.h"

/* What was filed at each 提交: the answers as JSON, sealed (keyring purpose "application_round.answers"). */
#define APPLICATION_ROUND_COLUMNS(C, E)                                                            \
	C(INT, a, round)                                                                           \
	C(CODE, a, phase) /* enum phase */                                                         \
	C(TEXT, a, answers_sealed)                                                                 \
	C(INT, a, created_at)
SQL_ROW(application_round, APPLICATION_ROUND_COLUMNS)

MUST_CHECK enum err
application_round_add(struct sql_tx *tx, int64_t application_id, const struct application_round *r);
/* The newest of a phase. ERR_NOT_FOUND. */
MUST_CHECK enum err application_round_last(struct sql *db, struct arena *arena,
    int64_t application_id, unsigned phase, struct application_round *ret);

/* All of an application, in their order; the first APPLICATION_ROUNDS_MAX. */
#define APPLICATION_ROUNDS_MAX 100
MUST_CHECK enum err application_rounds(struct sql *db, struct arena *arena, int64_t application_id,
    const struct application_round **ret, size_t *ret_count);

#endif
