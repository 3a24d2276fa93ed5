#ifndef SQL_KEY_SHEET_H
#define SQL_KEY_SHEET_H

#include "sql/db/db.h"

/* 反馈单 that were issued. The paper is drawn from the credential whenever it is read. */
struct issued_sheet {
	const char *number; /* 32 lower-case hex digits */
	unsigned environment;
	unsigned kind;      /* enum sheet_kind */
	int64_t serial;     /* of the credential it shows */
	int64_t replied_at; /* 回复时间: when the nation passed, or issued anew */
};

/* ERR_EXISTS: issued already. */
MUST_CHECK enum err issued_sheet_insert(struct sql_tx *tx, int64_t application_id,
    const struct issued_sheet *s, int64_t now);
/* All of an application, at most one per environment, kind and serial; the highest serial counts. */
MUST_CHECK enum err issued_sheet_list(struct sql *db, struct arena *arena, int64_t application_id,
    const struct issued_sheet **ret, size_t *ret_count);

/* What anyone may know of a sheet whose number they have. */
struct sheet_standing {
	unsigned environment;
	unsigned kind;
	int64_t replied_at;
	const char *initiator; /* 发起申请单位 */
	int64_t disabled_at;   /* its keys are no longer in force since; 0: they are */
	int64_t valid_until;   /* they have been replaced, and stay in force until then; or 0 */
};

/* ERR_NOT_FOUND. */
MUST_CHECK enum err issued_sheet_standing(struct sql *db, struct arena *arena, const char *number,
    struct sheet_standing *ret);

#endif
