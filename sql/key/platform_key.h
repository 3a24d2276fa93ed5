#ifndef SQL_KEY_PLATFORM_KEY_H
#define SQL_KEY_PLATFORM_KEY_H

#include "sql/db/db.h"

/* Keys the platform itself signs with. private_sealed has purpose "platform_key.private". */
#define PLATFORM_KEY_COLUMNS(C, E)                                                                 \
	C(TEXT, p, public_key) /* base64 of 65 bytes */                                            \
	C(TEXT, p, private_sealed)                                                                 \
	C(INT, p, created_at) /* as it is added: of platform_key_add() */
SQL_ROW(platform_key, PLATFORM_KEY_COLUMNS)

#define PLATFORM_KEY_SHEET "sheet" /* signs 反馈单 */

/* The newest. ERR_NOT_FOUND: none was made. */
MUST_CHECK enum err platform_key_get(struct sql *db, struct arena *arena, const char *purpose,
    struct platform_key *ret);
MUST_CHECK enum err platform_key_add(struct sql_tx *tx, const char *purpose,
    const struct platform_key *key, int64_t now);

#endif
