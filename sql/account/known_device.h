#ifndef SQL_ACCOUNT_KNOWN_DEVICE_H
#define SQL_ACCOUNT_KNOWN_DEVICE_H

#include "sql/db/db.h"

/*
 * Where a person has signed in from. What a stranger's failures lock, they do
 * not lock for these (handlers/rules/table/attempt.def). role: role.def; device: 64
 * hex digits, SM3 of the browser's cookie.
 */
/* Browsers, by address, of one person; the one not seen for the longest goes first. */
#define KNOWN_DEVICES_MAX 50

#define KNOWN_DEVICE_COLUMNS(C, E)                                                                 \
	E(BOOL, browser, "COALESCE(MAX(device = ?), 0)")  /* he has signed in in this browser */   \
	E(BOOL, address, "COALESCE(MAX(address = ?), 0)") /* he has signed in from this address */ \
	E(BOOL, any, "COUNT(*) > 0")                      /* he has signed in somewhere before */
SQL_ROW(known_device, KNOWN_DEVICE_COLUMNS)

/* device: NULL for a browser without the cookie. user_id 0, nobody: none is known. */
MUST_CHECK enum err known_device_get(struct sql *db, struct arena *arena, unsigned role,
    int64_t user_id, const char *device, const char *address, struct known_device *ret);
/* Has anybody signed in in this browser? */
MUST_CHECK enum err
known_device_exists(struct sql *db, struct arena *arena, const char *device, bool *ret);
MUST_CHECK enum err known_device_put(struct sql_tx *tx, struct arena *arena, unsigned role,
    int64_t user_id, const char *device, const char *address, int64_t now);
/* All of a person's: he has a new password because somebody else may have had the old one. */
MUST_CHECK enum err known_device_clear(struct sql_tx *tx, unsigned role, int64_t user_id);
/* Forget those not seen since `before`, at most `limit`. */
MUST_CHECK enum err known_device_purge(struct sql_tx *tx, int64_t before, int64_t limit);

#endif
