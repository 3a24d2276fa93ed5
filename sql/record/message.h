#ifndef SQL_RECORD_MESSAGE_H
#define SQL_RECORD_MESSAGE_H

#include "sql/db/db.h"

/* 站内消息: to one person of one role. */
#define MESSAGE_COLUMNS(C, E)                                                                      \
	C(INT, m, id)                                                                              \
	C(TEXT, m, title)                                                                          \
	C(TEXT, m, text)                                                                           \
	C(TEXT, m, application) /* number, or NULL */                                              \
	C(TEXT, m, file)        /* code of an export it leads to, or NULL */                       \
	C(INT, m, read_at)      /* 0: unread */                                                    \
	C(INT, m, created_at)
SQL_ROW(message, MESSAGE_COLUMNS)

/* m->id and m->read_at are ignored. */
MUST_CHECK enum err
message_add(struct sql_tx *tx, unsigned role, int64_t user_id, const struct message *m);
/* The same to everybody of that role in a bureau who works on the region of that code; NULL: any. */
MUST_CHECK enum err message_add_bureau(struct sql_tx *tx, unsigned role, int64_t bureau_id,
    const char *region_code, const struct message *m);
/* The same to everybody bound to a unit, as `role`. */
MUST_CHECK enum err
message_add_operators(struct sql_tx *tx, unsigned role, int64_t unit_id, const struct message *m);
/* Newest first, at most `limit`, older than `before` (0: from the newest). */
MUST_CHECK enum err message_list(struct sql *db, struct arena *arena, unsigned role,
    int64_t user_id, int64_t before, int64_t limit, const struct message **ret, size_t *ret_count);
/* Counts no further than 100. */
MUST_CHECK enum err
message_unread(struct sql *db, struct arena *arena, unsigned role, int64_t user_id, int64_t *ret);
/* id 0: all of this person. Reading a stranger's message changes nothing. */
MUST_CHECK enum err
message_read(struct sql_tx *tx, unsigned role, int64_t user_id, int64_t id, int64_t now);

#endif
