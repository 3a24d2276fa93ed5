#ifndef SQL_CATALOGUE_DICTIONARY_H
#define SQL_CATALOGUE_DICTIONARY_H

#include "sql/db/db.h"

/* Choice lists as the administration keeps them (handlers/rules/table/dictionary.h). */
#define DICTIONARY_ENTRY_COLUMNS(C, E)                                                             \
	C(TEXT, d, list)                                                                           \
	C(TEXT, d, code)                                                                           \
	C(TEXT, d, text)                                                                           \
	C(TEXT, d, hint)   /* or NULL */                                                           \
	C(BOOL, d, active) /* may be chosen; others are kept for what was chosen before */
SQL_ROW(dictionary_entry, DICTIONARY_ENTRY_COLUMNS)

/* All of them, list by list, in their order; at most 2000. */
MUST_CHECK enum err dictionary_all(struct sql *db, struct arena *arena,
    const struct dictionary_entry **ret, size_t *ret_count);
/* Adds what is not there; what is there stays as it is. */
MUST_CHECK enum err
dictionary_ensure(struct sql_tx *tx, const struct dictionary_entry *entry, int64_t position);

#endif
