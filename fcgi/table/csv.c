/*
 * Not libcsv: it keeps a whole cell in memory, however long, and does not tell
 * which line a row began on; both are promised in read.h.
 */
#include "fcgi/table/csv.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/table/cells.h"

#define CHUNK 65536
#define MARK_8 "\xEF\xBB\xBF"
#define NO_TABLE "文件不是表格，请选择 .xlsx 或 .csv 文件"

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

/* As iconv calls it; NULL for UTF-8. What carries a mark is believed. */
static enum err
encoding_of(int fd, const char **ret)
{
	char start[3] = "";
	bool utf8;

	*ret = NULL;
	if (pread(fd, start, sizeof(start), 0) < 0)
		return ERR_UNAVAILABLE;
	if (memcmp(start, "\xFF\xFE", 2) == 0 || memcmp(start, "\xFE\xFF", 2) == 0)
		*ret = "UTF-16";
	if (*ret || memcmp(start, MARK_8, 3) == 0)
		return ERR_OK;
	TRY(is_utf8(fd, &utf8));
	*ret = utf8 ? NULL : "GB18030";
	return ERR_OK;
}

/* ---- RFC 4180, and what programs make of it -------------------------------------- */

struct csv {
	table_row_read *row;
	void *context;
	char *fault;
	struct table_cells cells;
	size_t column;
	char separator;      /* 0: not known yet */
	int64_t line, began; /* of the row: a cell may hold line ends */
	bool inside;         /* something of the row was read */
	bool started;        /* something of the cell was read */
	bool quoted, closing, returned;
};

static enum err
end_row(struct csv *c)
{
	int64_t line = c->began;

	c->column = 0;
	c->inside = c->started = c->closing = false;
	return cells_row(&c->cells, line, c->row, c->context);
}

static void
add(struct csv *c, char byte)
{
	c->started = true;
	cells_add(&c->cells, c->column, &byte, 1);
}

static void
next_cell(struct csv *c)
{
	c->column++;
	c->started = c->closing = false;
}

/* Inside quotes everything is text; "" is one ". */
static void
take_quoted(struct csv *c, char byte)
{
	if (byte == '"') {
		c->quoted = false;
		c->closing = true;
	} else if (byte != '\r') {
		add(c, byte);
	}
}

static enum err
take(struct csv *c, char byte)
{
	bool second = byte == '\n' && c->returned && !c->quoted; /* CR LF ends one row */

	c->returned = byte == '\r';
	if (second)
		return ERR_OK;
	if (!c->inside)
		c->began = c->line;
	c->inside = true;
	if (byte == '\n' || (byte == '\r' && !c->quoted))
		c->line++;
	if (c->quoted) {
		take_quoted(c, byte);
	} else if (byte == '"' && (!c->started || c->closing)) {
		if (c->closing)
			add(c, byte);
		c->started = c->quoted = true;
		c->closing = false;
	} else if (byte == c->separator) {
		next_cell(c);
	} else if (byte == '\n' || byte == '\r') {
		return end_row(c);
	} else {
		c->closing = false;
		add(c, byte);
	}
	return ERR_OK;
}

/* The first line has a comma, or it separates by something else. */
static char
separator_of(const char *bytes, size_t size)
{
	const char *end = memchr(bytes, '\n', size);
	size_t len = end ? (size_t)(end - bytes) : size;

	if (memchr(bytes, ',', len))
		return ',';
	return memchr(bytes, '\t', len) ? '\t' : memchr(bytes, ';', len) ? ';' : ',';
}

static enum err
take_all(struct csv *c, const char *bytes, size_t size)
{
	if (size == 0)
		return ERR_OK;
	if (!c->separator) {
		size_t skip = size >= 3 && memcmp(bytes, MARK_8, 3) == 0 ? 3 : 0;

		bytes += skip;
		size -= skip;
		c->separator = separator_of(bytes, size);
	}
	if (memchr(bytes, '\0', size)) {
		snprintf(c->fault, TABLE_FAULT_SIZE, "%s", NO_TABLE);
		return ERR_INVALID;
	}
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
		TRY(take_all(c, bytes, (size_t)n));
		at += n;
	}
	return n < 0 ? ERR_UNAVAILABLE : ERR_OK;
}

static enum err
unreadable(struct csv *c)
{
	snprintf(c->fault, TABLE_FAULT_SIZE,
	    "文件编码无法识别（第 %lld 行附近），请另存为 CSV UTF-8 后重试", (long long)c->line);
	return ERR_INVALID;
}

static enum err
read_converted(int fd, iconv_t from, struct csv *c)
{
	char bytes[CHUNK], text[CHUNK * 2];
	size_t left = 0;
	off_t at = 0;
	ssize_t n;

	while ((n = pread(fd, bytes + left, sizeof(bytes) - left, at)) > 0) {
		char *in = bytes, *out = text;
		size_t in_left = left + (size_t)n, out_left = sizeof(text);
		bool ends = iconv(from, &in, &in_left, &out, &out_left) != (size_t)-1 ||
			    errno == EINVAL; /* in the middle of a character */

		TRY(take_all(c, text, (size_t)(out - text)));
		if (!ends)
			return unreadable(c);
		memmove(bytes, in, in_left);
		left = in_left;
		at += n;
	}
	return n < 0 ? ERR_UNAVAILABLE : left > 0 ? unreadable(c) : ERR_OK;
}

static enum err
read_all(int fd, struct csv *c)
{
	const char *encoding;

	TRY(encoding_of(fd, &encoding));
	if (!encoding)
		return read_plain(fd, c);
	iconv_t from = iconv_open("UTF-8", encoding);
	if (from == (iconv_t)-1)
		return ERR_INTERNAL;
	enum err e = read_converted(fd, from, c);
	iconv_close(from);
	return e;
}

enum err
table_read_csv(int fd, table_row_read *row, void *context, char ret_fault[TABLE_FAULT_SIZE])
{
	struct csv c = { .row = row, .context = context, .fault = ret_fault, .line = 1 };

	ret_fault[0] = '\0';
	TRY(read_all(fd, &c));
	if (c.quoted) {
		snprintf(ret_fault, TABLE_FAULT_SIZE,
		    "第 %lld 行的引号没有成对，其后的行无法分开，请更正后重试", (long long)c.began);
		return ERR_INVALID;
	}
	return c.inside ? end_row(&c) : ERR_OK; /* the last line may lack its end */
}
