#ifndef SQL_APPLICATION_APPLICATION_EVENT_H
#define SQL_APPLICATION_APPLICATION_EVENT_H

#include "sql/db/db.h"

/* 审核记录: one row per step, never changed. */
struct application_event {
	int64_t id;
	unsigned event; /* enum event */
	unsigned from_state, to_state;
	unsigned desk;     /* enum desk: who did it; DESK_NONE the applicant */
	int64_t bureau_id; /* 0: the applicant */
	unsigned actor_role;
	int64_t actor_id;
	const char *actor_name; /* as shown: the unit or the bureau */
	const char *remark;     /* or NULL */
	bool security_checked;  /* */
	int64_t round;
	int64_t created_at;
};

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

#endif
