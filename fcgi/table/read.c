#include "fcgi/table/read.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/table/csv.h"
#include "fcgi/table/xlsx.h"

enum err
table_read(int fd, table_row_read *row, void *context, char ret_fault[TABLE_FAULT_SIZE])
{
	char start[4] = "";

	ret_fault[0] = '\0';
	if (pread(fd, start, sizeof(start), 0) < 0)
		return ERR_UNAVAILABLE;
	if (memcmp(start, "PK\003\004", 4) == 0)
		return table_read_xlsx(fd, row, context, ret_fault);
	if (memcmp(start, "\xD0\xCF\x11\xE0", 4) != 0)
		return table_read_csv(fd, row, context, ret_fault);
	snprintf(ret_fault, TABLE_FAULT_SIZE, "%s",
	    "旧版 .xls 或加了密码的文件不能导入，请另存为不加密的 .xlsx 后重试");
	return ERR_INVALID;
}

/* ---- what a cell means ---- */

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
