#ifndef FCGI_TABLE_READ_H
#define FCGI_TABLE_READ_H

#include <stdbool.h>

#include "fcgi/table/row.h"

/*
 * The rows of a table somebody made with a spreadsheet program: .xlsx (its
 * first sheet that is shown), or text with a separator (comma, tab or
 * semicolon) in UTF-8, UTF-16 with its mark, or GB18030, as Excel in China
 * saves CSV. Rows come one by one and none is kept, so a table of any length
 * takes the same memory; shared texts of .xlsx lie in a file without a name.
 *
 * A cell is what the program shows of it, as far as that is not mere
 * formatting: texts as they are, whole numbers without a point ("440103.0" is
 * 440103), days as the number the program counts them by, a formula by its
 * result. Beginning with #: the result is an error, as "#N/A", or was never
 * worked out, "#".
 */

#define TABLE_DAY_SIZE 48
/*
 * A cell where a day is meant, the number of .xlsx included: "45292", "2024/1/1",
 * "2024年1月1日", "20240101", "2024-01-01 00:00:00" -> "2024-01-01". Anything
 * else as it stands. The day need not exist.
 */
const char *table_day(const char *cell, char ret[TABLE_DAY_SIZE]);
/* Was a long number shortened to digits and an exponent ("9.11E+17")? */
bool table_is_shortened(const char *cell);

/*
 * fd: open for reading, at any offset; it stays the caller's. ERR_INVALID: it
 * is no such table, or broken, and ret_fault says what to do about it; or
 * `row` said so, and ret_fault is "". Else what `row` returned.
 */
MUST_CHECK enum err
table_read(int fd, table_row_read *row, void *context, char ret_fault[TABLE_FAULT_SIZE]);

#endif
