#ifndef SQL_KEY_CHANNEL_KEY_H
#define SQL_KEY_CHANNEL_KEY_H

#include "sql/db/db.h"

/* SQL: had by formal keys that have ended, and by none that have not. */
#define CHANNEL_KEY_ENDED(key)                                                                     \
	"(EXISTS (SELECT 1 FROM credential WHERE channel_public = " key                            \
	" AND disabled_at IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM credential"                   \
	" WHERE channel_public = " key " AND disabled_at IS NULL))"

/* 上报渠道公钥: all of them are kept, the newest counts. */
#define CHANNEL_KEY_COLUMNS(C, E)                                                                  \
	C(TEXT, k, public_key) /* base64 of 65 bytes */                                            \
	C(INT, k, created_at)                                                                      \
	C(TEXT, o, name) /* of the operator who reported it */                                     \
	/* the formal keys that had it have, all of them */                                        \
	E(BOOL, ended, CHANNEL_KEY_ENDED("k.public_key"))
SQL_ROW(channel_key, CHANNEL_KEY_COLUMNS)

MUST_CHECK enum err channel_key_add(struct sql_tx *tx, int64_t application_id,
    const char *public_key, int64_t operator_id, int64_t now);
/* All that were reported, newest first, at most 100. */
MUST_CHECK enum err channel_key_list(struct sql *db, struct arena *arena, int64_t application_id,
    const struct channel_key **ret, size_t *ret_count);
/* ERR_NOT_FOUND: none was reported. */
MUST_CHECK enum err channel_key_current(struct sql *db, struct arena *arena, int64_t application_id,
    struct channel_key *ret);

/* Where a key is, or was, in use; what comes first counts. */
enum key_use {
	KEY_UNUSED, /* or the newest of this application */
	KEY_OF_PLATFORM,
	KEY_OF_TEST,  /* made by the platform for a test environment, whosever */
	KEY_SPENT,    /* the formal keys that had it have ended */
	KEY_REPLACED, /* this application reported another one since */
	KEY_OF_OTHERS /* another application reported it, with which this one shares no 应用ID */
};
MUST_CHECK enum err channel_key_use(struct sql *db, struct arena *arena, int64_t application_id,
    const char *public_key, enum key_use *ret);
/*
 * After channel_key_add(), in its transaction: has another application reported it at the same
 * time? ERR_CONFLICT: one just does.
 */
MUST_CHECK enum err channel_key_contested(struct sql_tx *tx, struct arena *arena,
    int64_t application_id, const char *public_key, bool *ret);

#endif
