#ifndef SQL_APPLICATION_UPLOAD_H
#define SQL_APPLICATION_UPLOAD_H

#include "sql/db/db.h"

/* One file of one slot (handlers/rules/table/upload.def), from its first byte to its place in the store. */
enum upload_state {
	UPLOAD_PARTIAL = 1,
	UPLOAD_STORED = 2,
	UPLOAD_REFUSED = 3,
	UPLOAD_QUARANTINED = 4, /* a virus was found: kept apart, for nobody to read */
	UPLOAD_ABANDONED =
	    5, /* nothing held it for long: as good as gone, unless something does now */
};

#define UPLOAD_COLUMNS(C, E)                                                                       \
	C(TEXT, u, id) /* 32 lower-case hex digits */                                              \
	C(INT, u, unit_id)                                                                         \
	C(CODE, u, role) /* of the uploader */                                                     \
	C(INT, u, user_id)                                                                         \
	C(TEXT, u, slot)                                                                           \
	C(TEXT, u, name)     /* for display only */                                                \
	C(TEXT, u, metadata) /* Upload-Metadata as it came; NULL for none */                       \
	C(INT, u, length)    /* bytes, as declared; once stored: of what is kept */                \
	C(INT, u, received)  /* bytes, durable */                                                  \
	C(CODE, u, state)    /* enum upload_state */                                               \
	C(TEXT, u, type)     /* media type, by content; NULL until stored */                       \
	C(TEXT, u, digest)   /* 64 hex digits: where it lies in the store; NULL until stored */    \
	C(TEXT, u, original_digest) /* of what came, when a mended copy is kept; or NULL */        \
	C(INT, u, original_length)  /* bytes, likewise; or 0 */                                    \
	C(TEXT, u, reason)          /* why refused; or NULL */                                     \
	C(INT, u, created_at)                                                                      \
	C(INT, u, updated_at)
SQL_ROW(upload, UPLOAD_COLUMNS)

MUST_CHECK enum err upload_insert(struct sql_tx *tx, const struct upload *u);
/* ERR_NOT_FOUND. */
MUST_CHECK enum err
upload_get(struct sql *db, struct arena *arena, const char *id, struct upload *ret);
/* As upload_get, and nobody else changes it until tx ends; ERR_UPLOAD_BUSY when someone does. */
MUST_CHECK enum err
upload_lock(struct sql_tx *tx, struct arena *arena, const char *id, struct upload *ret);
MUST_CHECK enum err
upload_advance(struct sql_tx *tx, const char *id, int64_t received, int64_t now);
/* What is kept of an upload that is whole: the file as it came, or a mended copy. */
struct upload_kept {
	const char *type, *digest;
	int64_t length;       /* bytes */
	const char *original; /* digest of the file as it came when a copy is kept; or NULL */
};
MUST_CHECK enum err
upload_finish(struct sql_tx *tx, const char *id, const struct upload_kept *kept, int64_t now);
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
/* Stored and abandoned ones of this content; at most `limit`. */
MUST_CHECK enum err upload_of_content(struct sql *db, struct arena *arena, const char *digest,
    int64_t limit, const struct upload **ret, size_t *ret_count);

/*
 * Uploads in `state` that were changed last in [from, until) and, unless they are
 * abandoned, that no form, no round and no unit holds; at most `limit`. `until` is moved back to where
 * the window ends: a day behind the first of them. ERR_NOT_FOUND: none is that old.
 */
MUST_CHECK enum err upload_abandoned(struct sql *db, struct arena *arena, unsigned state,
    int64_t from, int64_t *until, int64_t limit, const struct upload **ret, size_t *ret_count);
/* Does a form, a round or a unit hold it? */
MUST_CHECK enum err upload_is_held(struct sql *db, struct arena *arena, const char *id, bool *ret);
MUST_CHECK enum err
upload_set_state(struct sql_tx *tx, const char *id, enum upload_state state, int64_t now);
/* Rows of refused ones since `before` go, at most `limit`. */
MUST_CHECK enum err upload_purge_refused(struct sql_tx *tx, int64_t before, int64_t limit);

/* What the store has to hold: one content, whoever uploaded it. */
#define KEPT_CONTENT_COLUMNS(C, E)                                                                 \
	C(TEXT, u, digest)                                                                         \
	E(INT, shortest, "MIN(length)") /* bytes, by its rows: the same */                         \
	E(INT, longest, "MAX(length)")                                                             \
	E(TEXT, upload_id, "MIN(id)")          /* one of them */                                   \
	E(BOOL, quarantined, "MIN(state = ?)") /* and no row is stored */
SQL_ROW(kept_content, KEPT_CONTENT_COLUMNS)
/* By digest, behind `after` ("" for the first); at most `limit`. */
MUST_CHECK enum err upload_contents(struct sql *db, struct arena *arena, const char *after,
    int64_t limit, const struct kept_content **ret, size_t *ret_count);
/* Partial ones, by id behind `after`. */
MUST_CHECK enum err upload_partials(struct sql *db, struct arena *arena, const char *after,
    int64_t limit, const struct upload **ret, size_t *ret_count);

/* Is there one in quarantine with this digest? */
MUST_CHECK enum err
upload_quarantines(struct sql *db, struct arena *arena, const char *digest, bool *ret);
/* Is there a row whose file lies in the store under this SM3? */
MUST_CHECK enum err
upload_keeps(struct sql *db, struct arena *arena, const char *digest, bool *ret);

#endif
