#ifndef SQL_APPLICATION_APPLICATION_EVENT_H
#define SQL_APPLICATION_APPLICATION_EVENT_H

#include "sql/db/db.h"

/* 审核记录: one row per step, never changed. */
#define APPLICATION_EVENT_COLUMNS(C, E)                                                            \
	C(INT, a, id)                                                                              \
	C(CODE, a, event) /* enum event */                                                         \
	C(CODE, a, from_state)                                                                     \
	C(CODE, a, to_state)                                                                       \
	C(CODE, a, desk)     /* enum desk: who did it; DESK_NONE the applicant */                  \
	C(INT, a, bureau_id) /* 0: the applicant */                                                \
	C(CODE, a, actor_role)                                                                     \
	C(INT, a, actor_id)                                                                        \
	C(TEXT, a, actor_name)       /* as shown: the unit or the bureau */                        \
	C(TEXT, a, remark)           /* or NULL */                                                 \
	C(BOOL, a, security_checked) /* A-73 */                                                    \
	C(INT, a, round)                                                                           \
	C(INT, a, created_at)
SQL_ROW(application_event, APPLICATION_EVENT_COLUMNS)

/* e->id is ignored. */
MUST_CHECK enum err
application_event_add(struct sql_tx *tx, int64_t application_id, const struct application_event *e);
/* In the order they happened; the first APPLICATION_EVENTS_MAX. */
#define APPLICATION_EVENTS_MAX 500
MUST_CHECK enum err application_events(struct sql *db, struct arena *arena, int64_t application_id,
    const struct application_event **ret, size_t *ret_count);
/* When it last came into that state. ERR_NOT_FOUND: never. */
MUST_CHECK enum err application_entered(struct sql *db, struct arena *arena, int64_t application_id,
    unsigned state, int64_t *ret);

/*
 * Has the person behind a staff account of that index (`also` NULL: one) done a step of it at
 * another desk than this one?
 */
MUST_CHECK enum err application_decided_elsewhere(struct sql *db, struct arena *arena,
    int64_t application_id, unsigned desk, const char *index, const char *also, bool *ret);

#endif
