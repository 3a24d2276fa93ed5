#ifndef SQL_APPLICATION_APPLICATION_SEEN_H
#define SQL_APPLICATION_APPLICATION_SEEN_H

#include "sql/db/db.h"

/* When an officer last opened an application (Unix seconds). */
MUST_CHECK enum err
application_seen_put(struct sql_tx *tx, int64_t application_id, int64_t staff_id, int64_t now);

#endif
