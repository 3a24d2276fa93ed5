#ifndef HANDLERS_APPLICATION_LIST_TABLE_H
#define HANDLERS_APPLICATION_LIST_TABLE_H

#include "fcgi/table/table.h"
#include "sql/application/application_list.h"

/*
 * 导出 (APP-9, A-62): the 申请单 a filter leaves, all pages, newest first, with
 * the columns of the list (APP-10), as a table.
 */

/*
 * *ret is finished and the caller's: table_free(). Takes no memory of a request: it
 * may be long. No more than LIST_TABLE_MAX rows.
 */
#define LIST_TABLE_MAX 200000
MUST_CHECK enum err list_table(struct sql *db, enum table_format format,
    const struct application_filter *filter, struct table **ret, int *ret_fd, size_t *ret_size);

/* "申请单列表-20260401.xlsx"; at: Unix seconds. */
const char *list_table_name(struct arena *arena, enum table_format format, int64_t at);

#endif
