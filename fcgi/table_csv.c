#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/table_read.h"
#include "fcgi/text.h"

#define CHUNK 65536
#define MARK "\xEF\xBB\xBF"

const char *
table_day(const char *cell, char ret[TABLE_DAY_SIZE])
{
	long serial;
	char end;

	if (sscanf(cell, "%ld%c", &serial, &end) != 1 || serial < 20000 || serial > 80000)
		return cell;
	/* day 1 of the program is 1899-12-31, and it believes in a 29th of February 1900 */
	int64_t days = serial - 25569, z = days + 719468, era = z / 146097, doe = z % 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	int64_t day = doy - (153 * mp + 2) / 5 + 1, month = mp < 10 ? mp + 3 : mp - 9;

	snprintf(ret, TABLE_DAY_SIZE, "%04lld-%02lld-%02lld",
	    (long long)(yoe + era * 400 + (month <= 2)), (long long)month, (long long)day);
	return ret;
}

enum err
table_read(int fd, table_row_read *row, void *context, const char **ret_fault)
{
	char start[4] = "";

	if (pread(fd, start, sizeof(start), 0) < 0)
		return ERR_UNAVAILABLE;
	return memcmp(start, "PK\003\004", 4) == 0 ? table_read_xlsx(fd, row, context, ret_fault)
						   : table_read_csv(fd, row, context, ret_fault);
}

/* ---- which characters -------------------------------------------------------- */

/* Continues a check of UTF-8; `need` bytes of a character are still to come. */
static bool
utf8_goes_on(const unsigned char *bytes, size_t n, int *need)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = bytes[i];

		if (*need > 0) {
			if ((c & 0xc0) != 0x80)
				return false;
			(*need)--;
		} else if (c >= 0x80) {
			*need = c >= 0xf0 && c < 0xf5   ? 3
				: c >= 0xe0 && c < 0xf0 ? 2
				: c >= 0xc2 && c < 0xe0 ? 1
							: -1;
			if (*need < 0)
				return false;
		}
	}
	return true;
}

static enum err
is_utf8(int fd, bool *ret)
{
	unsigned char bytes[4096];
	int need = 0;
	off_t at = 0;
	ssize_t n;

	*ret = true;
	while (*ret && (n = pread(fd, bytes, sizeof(bytes), at)) > 0) {
		*ret = utf8_goes_on(bytes, (size_t)n, &need);
		at += n;
	}
	*ret = *ret && need == 0;
	return *ret || n >= 0 ? ERR_OK : ERR_UNAVAILABLE;
}

/* ---- RFC 4180 ------------------------------------------------------------------ */

struct csv {
	table_row_read *row;
	void *context;
	char cell[TABLE_CELLS_MAX][TABLE_CELL_MAX];
	size_t size[TABLE_CELLS_MAX];
	size_t cells;
	int64_t line, began; /* of the row: a cell may hold line ends */
	bool quoted, closing, some;
};

static enum err
end_row(struct csv *c)
{
	const char *cells[TABLE_CELLS_MAX];
	bool blank = true;

	for (size_t i = 0; i < c->cells; i++) {
		char *text = c->cell[i];
		size_t size = c->size[i];

		while (size > 0 && strchr(" \t", text[size - 1]))
			size--;
		text[size] = '\0';
		cells[i] = text + strspn(text, " \t");
		blank = blank && *cells[i] == '\0';
	}
	size_t count = c->cells;
	int64_t line = c->began;
	c->cells = 1;
	c->size[0] = 0;
	c->some = false;
	return blank ? ERR_OK : c->row(c->context, line, cells, count);
}

static void
add(struct csv *c, char byte)
{
	size_t i = c->cells - 1;

	c->some = true;
	if (c->cells <= TABLE_CELLS_MAX && c->size[i] + 1 < TABLE_CELL_MAX)
		c->cell[i][c->size[i]++] = byte;
}

static void
next_cell(struct csv *c)
{
	c->some = true;
	if (c->cells < TABLE_CELLS_MAX)
		c->size[c->cells++] = 0;
}

static enum err
take(struct csv *c, char byte)
{
	if (!c->some && c->cells == 1 && c->size[0] == 0)
		c->began = c->line;
	if (byte == '\n')
		c->line++;
	if (c->quoted) {
		if (byte == '"')
			c->quoted = false, c->closing = true;
		else
			add(c, byte);
		return ERR_OK;
	}
	if (byte == '"') {
		if (c->closing) /* "" inside quotes is one " */
			add(c, byte);
		c->quoted = true;
		c->closing = false;
		return ERR_OK;
	}
	c->closing = false;
	if (byte == ',')
		next_cell(c);
	else if (byte == '\n')
		return end_row(c);
	else if (byte != '\r')
		add(c, byte);
	return ERR_OK;
}

static enum err
take_all(struct csv *c, const char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		TRY(take(c, bytes[i]));
	return ERR_OK;
}

/* ---- the file -------------------------------------------------------------------- */

static enum err
read_plain(int fd, struct csv *c)
{
	char bytes[CHUNK];
	off_t at = 0;
	ssize_t n;

	while ((n = pread(fd, bytes, sizeof(bytes), at)) > 0) {
		size_t skip = at == 0 && n >= 3 && memcmp(bytes, MARK, 3) == 0 ? 3 : 0;

		TRY(take_all(c, bytes + skip, (size_t)n - skip));
		at += n;
	}
	return n < 0 ? ERR_UNAVAILABLE : ERR_OK;
}

static enum err
read_gb(int fd, iconv_t from, struct csv *c, const char **ret_fault)
{
	char bytes[CHUNK], text[CHUNK * 2];
	size_t left = 0;
	off_t at = 0;
	ssize_t n;

	while ((n = pread(fd, bytes + left, sizeof(bytes) - left, at)) > 0) {
		char *in = bytes, *out = text;
		size_t in_left = left + (size_t)n, out_left = sizeof(text);

		if (iconv(from, &in, &in_left, &out, &out_left) == (size_t)-1 && errno != EINVAL) {
			*ret_fault = "文件编码无法识别，请另存为 CSV UTF-8 后重试";
			return ERR_INVALID;
		}
		TRY(take_all(c, text, (size_t)(out - text)));
		memmove(bytes, in, in_left);
		left = in_left;
		at += n;
	}
	return n < 0 ? ERR_UNAVAILABLE : ERR_OK;
}

enum err
table_read_csv(int fd, table_row_read *row, void *context, const char **ret_fault)
{
	struct csv c = { .row = row, .context = context, .cells = 1, .line = 1, .began = 1 };
	bool utf8;
	enum err e;

	*ret_fault = NULL;
	TRY(is_utf8(fd, &utf8));
	if (utf8) {
		e = read_plain(fd, &c);
	} else {
		iconv_t from = iconv_open("UTF-8", "GB18030");

		if (from == (iconv_t)-1)
			return ERR_INTERNAL;
		e = read_gb(fd, from, &c, ret_fault);
		iconv_close(from);
	}
	TRY(e);
	return c.some ? end_row(&c) : ERR_OK; /* the last line may lack its end */
}
