#ifndef FCGI_TABLE_ROW_H
#define FCGI_TABLE_ROW_H

#include <stddef.h>
#include <stdint.h>

#include "fcgi/base/err.h"

/* What fcgi/table/read.h hands out, whichever way the table was written. */

#define TABLE_FAULT_SIZE 160
#define TABLE_CELLS_MAX 32                   /* further cells of a row are passed over */
#define TABLE_CELL_MAX 1024                  /* bytes; longer ones are cut off at a character */
#define TABLE_BYTES_MAX ((int64_t)512 << 20) /* an .xlsx unpacked, as far as it is read */
#define TABLE_BYTES_MIN ((int64_t)16 << 20)  /* however small it is */
#define TABLE_RATIO_MAX 100 /* and times its size: sheets pack 10 to 30 times, a bomb a thousand */
#define TABLE_STRINGS_MAX 4000000 /* shared texts */

/*
 * line: as the program shows it, from 1. cells: count of them, without blanks
 * around; well-formed UTF-8 unless the file said it was UTF-8 and is not. Only
 * valid during the call. Rows without any text are passed over. Anything but
 * ERR_OK ends it.
 */
typedef enum err
table_row_read(void *context, int64_t line, const char *const cells[], size_t count);

#endif
