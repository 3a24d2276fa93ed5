#ifndef SQL_DB_SEALED_H
#define SQL_DB_SEALED_H

#include "sql/db/db.h"

/* What is sealed, and by which keyring: sql/db/sealed.def. */
enum ring { RING_KEYRING, RING_VAULT };

enum purpose {
#define PURPOSE(NAME, ring, purpose) PURPOSE_##NAME,
#define SEALED(NAME, ring, purpose, table, column, key, key2) PURPOSE_##NAME,
#include "sql/db/sealed.def"
#undef PURPOSE
#undef SEALED
	PURPOSE_COUNT
};

/*
 * The sealed columns as the rotation of a keyring sees them: what older keys
 * sealed, in batches along the primary key, and one value put in the place of
 * another only while that one still stands there.
 */
struct sealed_column {
	enum purpose purpose;
	const char *table, *column;
	const char *select, *update; /* statements */
	const char *key, *key2;      /* the same again where it has one column */
};
extern const struct sealed_column sealed_columns[];
extern const size_t sealed_columns_count;

/* sealed.c writes the selects of this and of struct indexed_value, from sealed.def. */
#define SEALED_VALUE_COLUMNS(C, E)                                                                 \
	E(TEXT, key, "") /* of the row, as text; and its other column, or the first again */       \
	E(TEXT, key2, "")                                                                          \
	E(TEXT, sealed, "")
SQL_ROW(sealed_value, SEALED_VALUE_COLUMNS)

/*
 * The next values behind `after` (NULL: from the start) that another key than
 * `newest` sealed, at most `limit`.
 */
MUST_CHECK enum err sealed_older(struct sql *db, struct arena *arena,
    const struct sealed_column *column, const struct sealed_value *after, int32_t newest,
    int64_t limit, const struct sealed_value **ret, size_t *ret_count);

/* *ret_done: false when the row has another value by now, or is gone. */
MUST_CHECK enum err sealed_replace(struct sql_tx *tx, const struct sealed_column *column,
    const struct sealed_value *old, const char *sealed, bool *ret_done);

/* ---- look-up columns ---- */

/* Columns with an index of what another column seals (INDEXED in sql/db/sealed.def). */
struct indexed_column {
	enum purpose purpose;
	const char *table, *column;
	const char *select, *update;
};
extern const struct indexed_column indexed_columns[];
extern const size_t indexed_columns_count;

#define INDEXED_VALUE_COLUMNS(C, E)                                                                \
	E(TEXT, key, "") /* of the row, as text */                                                 \
	E(TEXT, sealed, "")                                                                        \
	E(TEXT, index, "")
SQL_ROW(indexed_value, INDEXED_VALUE_COLUMNS)

/* The next rows behind `after` (a key; "" from the start), at most `limit`. */
MUST_CHECK enum err
indexed_list(struct sql *db, struct arena *arena, const struct indexed_column *column,
    const char *after, int64_t limit, const struct indexed_value **ret, size_t *ret_count);

/* *ret_done: false when the row has another index by now, or is gone. */
MUST_CHECK enum err indexed_replace(struct sql_tx *tx, const struct indexed_column *column,
    const struct indexed_value *old, const char *index, bool *ret_done);

#endif
