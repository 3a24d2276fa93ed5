#ifndef SQL_KEY_PLATFORM_KEY_H
#define SQL_KEY_PLATFORM_KEY_H

#include "sql/db/db.h"

/* Keys the platform itself signs with. private_sealed has PURPOSE_PLATFORM_KEY_PRIVATE. */
struct platform_key {
	const char *public_key; /* base64 of 65 bytes */
	const char *private_sealed;
};

#define PLATFORM_KEY_SHEET "sheet" /* signs 反馈单 */

/* The newest. ERR_NOT_FOUND: none was made. */
MUST_CHECK enum err platform_key_get(struct sql *db, struct arena *arena, const char *purpose,
    struct platform_key *ret);
MUST_CHECK enum err platform_key_add(struct sql_tx *tx, const char *purpose,
    const struct platform_key *key, int64_t now);

#endif
