#ifndef FCGI_TABLE_CELLS_H
#define FCGI_TABLE_CELLS_H

#include "fcgi/table/row.h"

/* The row at hand of either reader, in a room of fixed size. */
struct table_cells {
	char text[TABLE_CELLS_MAX][TABLE_CELL_MAX];
	size_t size[TABLE_CELLS_MAX];
	size_t count; /* cells that hold something, and those before them */
};

void cells_clear(struct table_cells *cells);
/* More bytes for the cell of that column; what has no room is left out. */
void cells_add(struct table_cells *cells, size_t column, const char *bytes, size_t size);
/* The row is complete: `row` gets it, unless it is blank, and the cells are cleared. */
MUST_CHECK enum err
cells_row(struct table_cells *cells, int64_t line, table_row_read *row, void *context);

#endif
