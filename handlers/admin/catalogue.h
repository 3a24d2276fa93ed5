#ifndef HANDLERS_ADMIN_CATALOGUE_H
#define HANDLERS_ADMIN_CATALOGUE_H

#include "fcgi/http/answer.h"
#include "handlers/rules/table/names.h"
#include "sql/catalogue/catalogue.h"

/*
 * The tables of handlers/rules/table/catalogue.def: one list, one way to add and one
 * to change for all of them. Rows are never deleted, as others name them; they
 * are switched off. Which table is meant the path of the route says.
 */

/* GET /catalogues/<path>?search=&cursor= - <name>_rows_answer, by id. */
MUST_CHECK enum err catalogue_index(struct req *q);
/* GET /catalogues/<path>/{id} - <name>_row_answer: what its form takes, and the id. */
MUST_CHECK enum err catalogue_show(struct req *q);
/* POST /catalogues/<path> - 201, row_added_answer. */
MUST_CHECK enum err catalogue_add(struct req *q);
/* PUT /catalogues/<path>/{id} - 200, row_changed_answer; the body has the version it changes. */
MUST_CHECK enum err catalogue_change(struct req *q);

#define CATALOGUE(name, NAME, path, title, about, search, read, write)                             \
	extern const struct answer name##_row_answer, name##_rows_answer;
#include "handlers/rules/table/catalogue.def"
#undef CATALOGUE

/* What only these handlers need to know of a table. */
struct catalogue {
	const char *name, *path, *title, *about, *search;
	const struct form *form;
	const struct answer *row, *rows;
	const struct catalogue_store *store;
	/*
	 * What the form cannot say: refuses, and works out the members that have no
	 * field. old: the row as it is, NULL for a new one.
	 */
	enum err (*check)(struct req *q, const struct form *form, void *row, const void *old);
	unsigned read, write; /* WHO() bits */
	enum deed added, changed;
};
extern const struct catalogue catalogues[];
extern const size_t catalogues_count;

#define CATALOGUE(name, NAME, path, title, about, search, read, write)                             \
	MUST_CHECK enum err name##_row_check(struct req *q, const struct form *form, void *row,    \
	    const void *old);
#include "handlers/rules/table/catalogue.def"
#undef CATALOGUE

/* The tables for the pages: name, path, title, form and who may write. The caller owns it. */
json_t *catalogues_json(void);

#endif
