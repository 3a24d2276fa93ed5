#ifndef SQL_CATALOGUE_CATALOGUE_H
#define SQL_CATALOGUE_CATALOGUE_H

#include "handlers/rules/form/admin_form.h"
#include "sql/db/db.h"

/*
 * The tables of handlers/rules/table/catalogue.def, one row at a time. What differs
 * between them is data: the statements, and which member of the row holds
 * which column. A row is the struct of admin_form.h.
 */
struct catalogue_store {
	const char *list, *find, *get, *insert, *update;
	const char *
	    find_by; /* arguments of `find`: b what begins so, c what holds it, r the two of SQL_BEGINS() */
	struct sql_shape shape;
};

#define CATALOGUE(name, NAME, path, title, about, search, read, write)                             \
	extern const struct catalogue_store catalogue_##name;
#include "handlers/rules/table/catalogue.def"
#undef CATALOGUE

/* By id, after `after`; search NULL: all. *ret_rows: an array of shape.row_size each. */
MUST_CHECK enum err
catalogue_list(struct sql *db, struct arena *arena, const struct catalogue_store *store,
    const char *search, int64_t after, int64_t limit, void *ret_rows, size_t *ret_count);
/* ERR_NOT_FOUND. */
MUST_CHECK enum err catalogue_get(struct sql *db, struct arena *arena,
    const struct catalogue_store *store, int64_t id, void *ret_row);
/* The row's key is not looked at. ERR_EXISTS: there is one of that code. */
MUST_CHECK enum err catalogue_insert(struct sql_tx *tx, struct arena *arena,
    const struct catalogue_store *store, const void *row, int64_t *ret_id);
/* The row with that key. ERR_CONFLICT: changed since, or gone. ERR_EXISTS as above. */
MUST_CHECK enum err catalogue_update(struct sql_tx *tx, struct arena *arena,
    const struct catalogue_store *store, const void *row);

#endif
