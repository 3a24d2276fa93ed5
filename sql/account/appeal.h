#ifndef SQL_ACCOUNT_APPEAL_H
#define SQL_ACCOUNT_APPEAL_H

#include "handlers/rules/table/kinds.h"
#include "sql/db/db.h"

/* 申诉: somebody else registered a 统一社会信用代码 first, and its bureau decides. */
#define APPEAL_COLUMNS(C, E)                                                                       \
	C(INT, p, id)                                                                              \
	C(INT, p, version)                                                                         \
	C(TEXT, p, uscc)                                                                           \
	C(TEXT, p, name)        /* in the catalogue, when it was made */                           \
	C(TEXT, p, region_code) /* likewise */                                                     \
	C(INT, p, bureau_id)    /* which decides */                                                \
	C(INT, p, unit_id)      /* that held the code */                                           \
	C(TEXT, p, contact_sealed)                                                                 \
	C(TEXT, p, phone_sealed)                                                                   \
	C(TEXT, p, statement)                                                                      \
	C(TEXT, p, licence_upload) /* or NULL */                                                   \
	C(CODE, p, state)          /* enum appeal_state */                                         \
	C(TEXT, p, reason)         /* why it was dismissed; or NULL */                             \
	C(INT, p, created_at)                                                                      \
	C(INT, p, decided_at) /* 0: not yet */
SQL_ROW(appeal, APPEAL_COLUMNS)

/* id, version, licence, state and what belongs to it are ignored; who it is comes by appeal_seal(). */
MUST_CHECK enum err appeal_add(struct sql_tx *tx, const struct appeal *appeal, int64_t *ret_id);
MUST_CHECK enum err
appeal_seal(struct sql_tx *tx, int64_t id, const char *contact_sealed, const char *phone_sealed);
/* ERR_NOT_FOUND. */
MUST_CHECK enum err appeal_get(struct sql *db, struct arena *arena, int64_t id, struct appeal *ret);
/* How many about this code wait for an answer. */
MUST_CHECK enum err
appeal_waiting_on(struct sql *db, struct arena *arena, const char *uscc, int64_t *ret);
/* With its licence it is whole. ERR_CONFLICT: it has one. */
MUST_CHECK enum err appeal_file(struct sql_tx *tx, int64_t id, const char *licence);
/* ERR_CONFLICT: somebody changed it since `version`. */
MUST_CHECK enum err appeal_decide(struct sql_tx *tx, int64_t id, int64_t version,
    enum appeal_state state, const char *reason, int64_t staff_id, int64_t now);

/*
 * Those a bureau has to decide, in order of their ids after `cursor`; with `done` those it decided, in
 * the reverse order before it (0: from the newest). region: first digits; NULL any.
 */
MUST_CHECK enum err
appeal_list(struct sql *db, struct arena *arena, int64_t bureau_id, bool done, const char *region,
    int64_t cursor, int64_t limit, const struct appeal **ret, size_t *ret_count);
/* Those nobody gave a licence to are forgotten. */
MUST_CHECK enum err appeal_purge(struct sql_tx *tx, int64_t before, int64_t limit);

#endif
