#ifndef FCGI_TABLE_READ_H
#define FCGI_TABLE_READ_H

#include <stddef.h>
#include <stdint.h>

#include "fcgi/err.h"

/*
 * The rows of a table somebody made with a spreadsheet program: .xlsx (its
 * first sheet) or CSV in UTF-8, with or without a byte order mark, or GB18030.
 * Rows come one by one and none is kept, so a table of any length takes the
 * same memory; shared texts of .xlsx lie in a file that has no name.
 */
#define TABLE_DAY_SIZE 48
#define TABLE_CELLS_MAX 32                   /* further cells of a row are passed over */
#define TABLE_CELL_MAX 1024                  /* bytes; longer ones are cut off */
#define TABLE_BYTES_MAX ((int64_t)512 << 20) /* of one unpacked part of an .xlsx */

/*
 * line: as the program shows it, from 1. cells: count of them, UTF-8, without
 * blanks around; only valid during the call. Anything but ERR_OK ends it.
 */
typedef enum err
table_row_read(void *context, int64_t line, const char *const cells[], size_t count);

/* A cell of .xlsx that is a number where a day is meant: "45292" -> "2024-01-01". */
const char *table_day(const char *cell, char ret[TABLE_DAY_SIZE]);

/*
 * fd: open for reading, at any offset; it stays the caller's. ERR_INVALID: it
 * is no such table, or broken, *ret_fault says how. Else what `row` returned.
 */
MUST_CHECK enum err table_read(int fd, table_row_read *row, void *context, const char **ret_fault);

/* Its two halves. */
MUST_CHECK enum err
table_read_csv(int fd, table_row_read *row, void *context, const char **ret_fault);
MUST_CHECK enum err
table_read_xlsx(int fd, table_row_read *row, void *context, const char **ret_fault);

#endif
