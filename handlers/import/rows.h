#ifndef HANDLERS_IMPORT_ROWS_H
#define HANDLERS_IMPORT_ROWS_H

#include <jansson.h>

#include "fcgi/base/arena.h"
#include "fcgi/http/request.h"

/*
 * The columns of a file of the institution catalogue: found by their titles in
 * the first row, in any order; and what of a row can be told before it is a
 * form (handlers/rules/form/admin_form.c), because a spreadsheet program made something else
 * of what people typed.
 */
enum {
	IMPORT_CODE,
	IMPORT_NAME,
	IMPORT_REGION,
	IMPORT_USCC,
	IMPORT_START,
	IMPORT_END,
	IMPORT_KIND,
	IMPORT_LEGAL,
	IMPORT_STATE,
	IMPORT_TITLES
};

struct import_title {
	const char *title;
	const char *field; /* of institution_row_form; NULL: only the file has it */
	bool needed;
	double width; /* in the template */
};
extern const struct import_title import_titles[IMPORT_TITLES];

struct import_columns {
	int at[IMPORT_TITLES]; /* -1: the file has none */
};

/*
 * Reads the first row. ERR_INVALID with q->detail: a column is missing, or
 * stands there twice. *ret_note: the titles that mean nothing here, or NULL.
 */
MUST_CHECK enum err import_read_titles(struct req *q, const char *const cells[], size_t count,
    struct import_columns *ret, const char **ret_note);

/* One cell of a row; "" where it has none. */
const char *import_cell(const struct import_columns *columns, int title, const char *const cells[],
    size_t count);
/* Why a cell cannot mean what was typed, and in which column; NULL: nothing is wrong. */
const char *import_cell_fault(const struct import_columns *columns, const char *const cells[],
    size_t count, const char **ret_what);
/* The row as institution_row_form reads it. The caller's. */
json_t *
import_row_json(const struct import_columns *columns, const char *const cells[], size_t count);
/* The title over a field of the form. */
const char *import_title_of(const char *field);

#endif
