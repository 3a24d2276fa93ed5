#include "fcgi/table/cells.h"

#include <stdio.h>
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

/* ---- what a cell means ------------------------------------------------------- */

/* Days since 1970 of a serial number of the program, as yyyy-mm-dd. */
static void
write_day(int64_t days, char ret[TABLE_DAY_SIZE])
{
	int64_t z = days + 719468, era = z / 146097, doe = z % 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	int64_t day = doy - (153 * mp + 2) / 5 + 1, month = mp < 10 ? mp + 3 : mp - 9;

	snprintf(ret, TABLE_DAY_SIZE, "%04lld-%02lld-%02lld",
	    (long long)(yoe + era * 400 + (month <= 2)), (long long)month, (long long)day);
}

/* Digits at *text, up to `most`, as a number; -1 when there are none. */
static int
digits(const char **text, int most)
{
	int n = 0, read = 0;

	while (read < most && **text >= '0' && **text <= '9') {
		n = n * 10 + *(*text)++ - '0';
		read++;
	}
	return read > 0 ? n : -1;
}

static bool
mark(const char **text, const char *const marks[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(*text, marks[i], strlen(marks[i])) == 0) {
			*text += strlen(marks[i]);
			return true;
		}
	return false;
}

const char *
table_day(const char *cell, char ret[TABLE_DAY_SIZE])
{
	static const char *const after_year[] = { "-", "/", ".", "年" }, *const after_month[] = {
		"-", "/", ".", "月"
	};
	size_t len = strspn(cell, "0123456789");
	const char *at = cell;
	bool number =
	    cell[len] == '\0' ||
	    (cell[len] == '.' && cell[len + 1 + strspn(cell + len + 1, "0123456789")] == '\0');

	if (number && len == 5 && *cell >= '2' && *cell < '8') {
		/* day 1 is 1899-12-31, and the program believes in a 29th of February 1900 */
		write_day(digits(&at, 5) - 25569, ret);
		return ret;
	}
	bool apart = !(cell[len] == '\0' && len == 8);
	int year = digits(&at, 4);
	if (len < 4 || (apart && !mark(&at, after_year, 4)))
		return cell;
	int month = digits(&at, 2);
	if (month < 0 || (apart && !mark(&at, after_month, 4)))
		return cell;
	int day = digits(&at, 2);
	if (strncmp(at, "日", strlen("日")) == 0)
		at += strlen("日");
	/* a time of the day may follow */
	bool ends = *at == '\0' || ((*at == ' ' || *at == 'T') &&
				       strspn(at + 1, "0123456789:.Z") == strlen(at + 1));
	if (day < 0 || !ends)
		return cell;
	snprintf(ret, TABLE_DAY_SIZE, "%04d-%02d-%02d", year, month, day);
	return ret;
}

bool
table_is_shortened(const char *cell)
{
	size_t n = strspn(cell, "0123456789.");

	if (n == 0 || (cell[n] != 'E' && cell[n] != 'e'))
		return false;
	cell += n + 1;
	cell += *cell == '+';
	return *cell && strspn(cell, "0123456789") == strlen(cell);
}
