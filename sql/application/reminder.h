#ifndef SQL_APPLICATION_REMINDER_H
#define SQL_APPLICATION_REMINDER_H

#include "sql/db/db.h"
#include "sql/record/message.h"

/* The daily 站内消息 to officers about what waits: once per day and officer. */

/* What waits at one bureau's desk, or of that what is of some regions. */
#define REMINDER_BEFORE                                                                            \
	"SUM(a.desk_since < CASE WHEN a.state IN (?, ?) THEN ?"                                    \
	" WHEN a.state IN (?, ?) THEN ? ELSE ? END)"
#define REMINDER_LOAD_LIST(C, E, regions)                                                          \
	E(INT, bureau_id, "a.desk_bureau")                                                         \
	E(TEXT, scope, regions) /* first digits of the regions; "" all */                          \
	E(INT, pending, "COUNT(*)")                                                                \
	E(INT, late, REMINDER_BEFORE)                                                              \
	E(INT, soon, REMINDER_BEFORE)       /* the late ones included */                           \
	E(INT, oldest, "MIN(a.desk_since)") /* Unix seconds it came */
#define REMINDER_LOAD_COLUMNS(C, E) REMINDER_LOAD_LIST(C, E, "''")
#define REMINDER_PART_COLUMNS(C, E) REMINDER_LOAD_LIST(C, E, "p.scope")
SQL_ROW(reminder_load, REMINDER_LOAD_COLUMNS)
SQL_SHAPE(reminder_part, reminder_load, REMINDER_PART_COLUMNS)

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
