#include "fcgi/table/cells.h"

#include <string.h>

#include "fcgi/base/text.h"

void
cells_clear(struct table_cells *cells)
{
	memset(cells->size, 0, sizeof(cells->size));
	cells->count = 0;
}

void
cells_add(struct table_cells *cells, size_t column, const char *bytes, size_t size)
{
	if (column >= TABLE_CELLS_MAX || size == 0)
		return;
	size_t *used = &cells->size[column], room = TABLE_CELL_MAX - 1 - *used;

	size = size < room ? size : room;
	memcpy(cells->text[column] + *used, bytes, size);
	*used += size;
	if (cells->count <= column)
		cells->count = column + 1;
}

/* Where it was cut, a character may have lost its end. */
static size_t
whole_characters(const char *text, size_t size)
{
	size_t at = size;

	if (size < TABLE_CELL_MAX - 1)
		return size;
	while (at > 0 && size - at < 4 && ((unsigned char)text[at - 1] & 0xc0) == 0x80)
		at--;
	return at > 0 && (unsigned char)text[at - 1] >= 0xc0 ? at - 1 : size;
}

/* ="0123", as digits are kept from becoming a number in CSV -> 0123 */
static char *
unwrapped(char *text)
{
	size_t len = strlen(text);

	if (len < 3 || memcmp(text, "=\"", 2) != 0 || text[len - 1] != '"')
		return text;
	text[len - 1] = '\0';
	return text + 2;
}

enum err
cells_row(struct table_cells *cells, int64_t line, table_row_read *row, void *context)
{
	const char *list[TABLE_CELLS_MAX];
	size_t count = cells->count;
	bool blank = true;

	for (size_t i = 0; i < count; i++) {
		cells->text[i][whole_characters(cells->text[i], cells->size[i])] = '\0';
		list[i] = unwrapped(text_trim(cells->text[i]));
		blank = blank && *list[i] == '\0';
	}
	enum err e = blank ? ERR_OK : row(context, line, list, count);
	cells_clear(cells);
	return e;
}
