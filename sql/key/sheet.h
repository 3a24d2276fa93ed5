#ifndef SQL_KEY_SHEET_H
#define SQL_KEY_SHEET_H

#include "sql/db/db.h"

/* 反馈单 that were issued. The paper is drawn from the credential whenever it is read. */
#define ISSUED_SHEET_COLUMNS(C, E)                                                                 \
	C(TEXT, s, number) /* 32 lower-case hex digits */                                          \
	C(CODE, s, environment)                                                                    \
	C(CODE, s, kind)      /* enum sheet_kind */                                                \
	C(INT, s, serial)     /* of the credential it shows */                                     \
	C(INT, s, replied_at) /* 回复时间: when the nation passed (A-68), or issued anew */
SQL_ROW(issued_sheet, ISSUED_SHEET_COLUMNS)

/* ERR_EXISTS: issued already. */
MUST_CHECK enum err issued_sheet_insert(struct sql_tx *tx, int64_t application_id,
    const struct issued_sheet *s, int64_t now);
/* All of an application, at most one per environment, kind and serial; the highest serial counts. */
MUST_CHECK enum err issued_sheet_list(struct sql *db, struct arena *arena, int64_t application_id,
    const struct issued_sheet **ret, size_t *ret_count);

/* What anyone may know of a sheet whose number they have; no secret of it. */
#define SHEET_STANDING_COLUMNS(C, E)                                                               \
	C(CODE, s, environment)                                                                    \
	C(CODE, s, kind)                                                                           \
	C(INT, s, replied_at)                                                                      \
	E(TEXT, initiator, "b.name") /* 发起申请单位 */                                      \
	C(TEXT, a, institution_name)                                                               \
	C(TEXT, a, institution_code)                                                               \
	C(TEXT, a, shown_app_name)                                                                 \
	C(TEXT, c, app_id)                                                                         \
	C(TEXT, c, channel_public) /* or NULL */                                                   \
	C(TEXT, c, platform_public)                                                                \
	C(TEXT, c, channel_code) /* or NULL */                                                     \
	C(INT, c, disabled_at)   /* its keys are no longer in force since; 0: they are */          \
	C(INT, c, valid_until)   /* they have been replaced, and stay in force until then; or 0 */ \
	C(TEXT, f, sm3)          /* of the file as it was given out last; NULL: never */           \
	C(TEXT, f, sha256)
SQL_ROW(sheet_standing, SHEET_STANDING_COLUMNS)

/* ERR_NOT_FOUND. */
MUST_CHECK enum err issued_sheet_standing(struct sql *db, struct arena *arena, const char *number,
    struct sheet_standing *ret);

/* A sheet as a file. */
#define SHEET_FILE_COLUMNS(C, E)                                                                   \
	C(TEXT, f, number)                                                                         \
	C(TEXT, f, digest)    /* SM3 of all bytes but those of the seal */                         \
	C(TEXT, f, signature) /* base64 */                                                         \
	C(TEXT, f, sm3)       /* of the whole file, as the next */                                 \
	C(TEXT, f, sha256)
SQL_ROW(sheet_file, SHEET_FILE_COLUMNS)

/* ERR_NOT_FOUND: not given out yet. */
MUST_CHECK enum err sheet_file_get(struct sql *db, struct arena *arena, const char *number,
    const char *digest, struct sheet_file *ret);
/* ERR_EXISTS: it was given out meanwhile. */
MUST_CHECK enum err sheet_file_add(struct sql_tx *tx, const struct sheet_file *f, int64_t now);

#endif
