#ifndef FCGI_TABLE_TABLE_H
#define FCGI_TABLE_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "fcgi/base/arena.h"
#include "fcgi/base/err.h"

/*
 * A table as a file for a spreadsheet program: .xlsx, or CSV in UTF-8 with a
 * byte order mark, which is how Excel knows it. Rows leave the memory of the
 * process as they come; the file lies in an anonymous one of the kernel.
 *
 * Whatever a cell says is text, unless table_numbers() says otherwise: one that would be a formula there ("=…", "+…",
 * "-…", "@…", or behind a tab or line end) is a string cell in .xlsx and gets
 * a ' before it in CSV. What people type below it in .xlsx stays text,
 * too: a long number keeps its digits.
 */
enum table_format { TABLE_XLSX, TABLE_CSV };

struct table_column {
	const char *title;
	double width; /* characters; .xlsx only */
};

struct table;

#define TABLE_ROWS_MAX 1048575 /* of .xlsx, below the titles */
#define TABLE_COLUMNS_MAX 32

/*
 * Begins with the row of titles. columns must live as long as the table; sheet:
 * name of the only sheet. *ret is the caller's: table_free(). ERR_UNAVAILABLE
 * when there is no memory for the file.
 */
MUST_CHECK enum err table_new(enum table_format format, const char *sheet,
    const struct table_column *columns, size_t count, struct table **ret);
/* Bit n: the cells of column n are numbers, in .xlsx such that one can calculate with them. */
void table_numbers(struct table *table, uint32_t columns);
/* The next row; a cell that is NULL is empty. Texts are not kept. */
MUST_CHECK enum err table_row(struct table *table, const char *const cells[]);
/* The whole file, at its beginning; *ret_fd stays the table's. No more rows after it. */
MUST_CHECK enum err table_finish(struct table *table, int *ret_fd, size_t *ret_size);
/* The whole file, in the arena. No more rows after it. */
MUST_CHECK enum err
table_bytes(struct table *table, struct arena *arena, const char **ret, size_t *ret_size);
void table_free(struct table *table); /* NULL is fine */

#define TABLE_XLSX_MEDIA "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
/* "text/csv; charset=utf-8" and its like. */
const char *table_media_type(enum table_format format);

#endif
