#ifndef FCGI_TABLE_BOOK_H
#define FCGI_TABLE_BOOK_H

#include <stdbool.h>
#include <zip.h>

#include "fcgi/base/err.h"

/*
 * What xl/workbook.xml says of an .xlsx: which part is the first sheet that
 * people see. A book without that part is taken to have one sheet.
 */
#define BOOK_PART_SIZE 200

struct book {
	char sheet[BOOK_PART_SIZE], strings[BOOK_PART_SIZE]; /* names of parts */
	bool from_1904; /* days are counted from 1904, not from 1900 */
};

/* ERR_INVALID: broken, or no sheet is to be seen. */
MUST_CHECK enum err book_read(zip_t *zip, struct book *ret);

#endif
