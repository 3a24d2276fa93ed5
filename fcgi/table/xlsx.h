#ifndef FCGI_TABLE_XLSX_H
#define FCGI_TABLE_XLSX_H

#include "fcgi/table/row.h"

/* A workbook, ECMA-376: its first sheet that is shown. As table_read(), which asks it. */
MUST_CHECK enum err
table_read_xlsx(int fd, table_row_read *row, void *context, char ret_fault[TABLE_FAULT_SIZE]);

#endif
