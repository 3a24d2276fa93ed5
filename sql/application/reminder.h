#ifndef SQL_APPLICATION_REMINDER_H
#define SQL_APPLICATION_REMINDER_H

#include "sql/db/db.h"
#include "sql/record/message.h"

/* The daily 站内消息 to officers about what waits: once per day and officer. */

/* What waits at one bureau's desk, or of that what is of some regions. */
struct reminder_load {
	int64_t bureau_id;
	const char *scope;           /* first digits of the regions; "" all */
	int64_t pending, late, soon; /* soon: the late ones included */
	int64_t oldest;              /* Unix seconds it came */
};

/*
 * Bureaus after `bureau_id` that have something since before the time of `soon`, by id.
 * late, soon: Unix seconds for the desks 地方, 省, 国家.
 */
MUST_CHECK enum err
reminder_loads(struct sql *db, struct arena *arena, int64_t bureau_id, const int64_t late[3],
    const int64_t soon[3], int64_t limit, const struct reminder_load **ret, size_t *ret_count);

/* Of the bureau what is of regions only some of its people of that role work on, each once. */
MUST_CHECK enum err reminder_parts(struct sql *db, struct arena *arena, int64_t bureau_id,
    unsigned role, const int64_t late[3], const int64_t soon[3], const struct reminder_load **ret,
    size_t *ret_count);

/*
 * The message to every officer of the bureau who works on the load's regions, may sign in and was
 * not reminded that day (yyyymmdd), by whichever process. round: 32 hex digits nobody else uses.
 * *ret_told: how many.
 */
MUST_CHECK enum err
reminder_send(struct sql_tx *tx, int64_t day, unsigned role, const struct reminder_load *load,
    const char *round, const struct message *m, int64_t *ret_told);

/* Days before `day` are forgotten. */
MUST_CHECK enum err reminder_purge(struct sql_tx *tx, int64_t day);

#endif
