#ifndef SQL_UPLOAD_H
#define SQL_UPLOAD_H

#include "sql/db.h"

/* One file of one slot (handlers/rules/upload.def), from its first byte to its place in the store. */
enum upload_state { UPLOAD_PARTIAL = 1, UPLOAD_STORED = 2, UPLOAD_REFUSED = 3 };

struct upload {
	const char *id; /* 32 lower-case hex digits */
	int64_t unit_id;
	unsigned role; /* of the uploader */
	int64_t user_id;
	const char *slot;
	const char *name;   /* for display only */
	int64_t length;     /* bytes, as declared */
	int64_t received;   /* bytes, durable */
	unsigned state;     /* enum upload_state */
	const char *type;   /* media type, by content; NULL until stored */
	const char *sm3;    /* 64 hex digits: where it lies in the store; NULL until stored */
	const char *reason; /* why refused; or NULL */
	int64_t created_at, updated_at;
};

MUST_CHECK enum err upload_insert(struct sql_tx *tx, const struct upload *u);
/* ERR_NOT_FOUND. */
MUST_CHECK enum err
upload_get(struct sql *db, struct arena *arena, const char *id, struct upload *ret);
/* As upload_get, and nobody else changes it until tx ends; ERR_UPLOAD_BUSY when someone does. */
MUST_CHECK enum err
upload_lock(struct sql_tx *tx, struct arena *arena, const char *id, struct upload *ret);
MUST_CHECK enum err
upload_advance(struct sql_tx *tx, const char *id, int64_t received, int64_t now);
MUST_CHECK enum err
upload_finish(struct sql_tx *tx, const char *id, const char *type, const char *sm3, int64_t now);
MUST_CHECK enum err
upload_refuse(struct sql_tx *tx, const char *id, const char *reason, int64_t now);
MUST_CHECK enum err upload_delete(struct sql_tx *tx, const char *id);
/* Partial ones untouched since `before`, for the janitor; at most `limit`. */
MUST_CHECK enum err upload_stale(struct sql *db, struct arena *arena, int64_t before, int64_t limit,
    const struct upload **ret, size_t *ret_count);
/* Open (partial) uploads of a person. */
MUST_CHECK enum err upload_open_count(struct sql *db, struct arena *arena, unsigned role,
    int64_t user_id, int64_t *ret);
/* Bytes of all uploads a person began since then, as declared. */
MUST_CHECK enum err upload_declared_since(struct sql *db, struct arena *arena, unsigned role,
    int64_t user_id, int64_t since, int64_t *ret);
/* Is there a row whose file lies in the store under this SM3? */
MUST_CHECK enum err upload_keeps(struct sql *db, struct arena *arena, const char *sm3, bool *ret);

#endif
