#ifndef SQL_CHANNEL_KEY_H
#define SQL_CHANNEL_KEY_H

#include "sql/db.h"

/* 上报渠道公钥: all of them are kept, the newest counts. */
struct channel_key {
	const char *public_key; /* base64 of 65 bytes */
	int64_t created_at;
};

MUST_CHECK enum err channel_key_add(struct sql_tx *tx, int64_t application_id,
    const char *public_key, int64_t operator_id, int64_t now);
/* All that were reported, newest first, at most 20. */
MUST_CHECK enum err channel_key_list(struct sql *db, struct arena *arena, int64_t application_id,
    const struct channel_key **ret, size_t *ret_count);
/* ERR_NOT_FOUND: none was reported. */
MUST_CHECK enum err channel_key_current(struct sql *db, struct arena *arena, int64_t application_id,
    struct channel_key *ret);

#endif
