#ifndef FCGI_TABLE_CSV_H
#define FCGI_TABLE_CSV_H

#include "fcgi/table/row.h"

/* Text with a separator, RFC 4180 and what programs make of it. As table_read(), which asks it. */
MUST_CHECK enum err
table_read_csv(int fd, table_row_read *row, void *context, char ret_fault[TABLE_FAULT_SIZE]);

#endif
