#include "fcgi/table/table.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "fcgi/base/array.h"
#include "fcgi/base/log.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define TEXT_FORMAT 49 /* "@", one of those that need no definition */

struct table {
	enum table_format format;
	const struct table_column *columns;
	size_t count;
	int fd;
	FILE *csv;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	uint32_t next_row, numbers;
};

static enum err
failed(const char *what)
{
	log_line(LOG_ERROR, "table", "what=%s errno=%d", what, errno);
	return ERR_UNAVAILABLE;
}

/* ---- CSV (RFC 4180) ------------------------------------------------------- */

/* Would a spreadsheet program calculate it? Those of East Asia take full-width signs for signs, too. */
static bool
is_formula(const char *cell)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };

	for (size_t i = 0; i < COUNT(wide); i++)
		if (strncmp(cell, wide[i], strlen(wide[i])) == 0)
			return true;
	return *cell != '\0' && strchr("=+-@\t\r\n", *cell) != NULL;
}

static void
csv_cell(FILE *to, const char *cell)
{
	fputc('"', to);
	if (is_formula(cell))
		fputc('\'', to);
	for (const char *p = cell; *p; p++) {
		if (*p == '"')
			fputc('"', to);
		fputc(*p, to);
	}
	fputc('"', to);
}

static enum err
csv_row(struct table *t, const char *const cells[])
{
	for (size_t i = 0; i < t->count; i++) {
		if (i > 0)
			fputc(',', t->csv);
		csv_cell(t->csv, cells[i] ? cells[i] : "");
	}
	fputs("\r\n", t->csv);
	return ferror(t->csv) ? failed("write") : ERR_OK;
}

static enum err
csv_begin(struct table *t)
{
	int fd = dup(t->fd);

	t->csv = fd < 0 ? NULL : fdopen(fd, "w");
	if (!t->csv) {
		if (fd >= 0)
			close(fd);
		return failed("fdopen");
	}
	fputs(BYTE_ORDER_MARK, t->csv);
	return ERR_OK;
}

/* ---- .xlsx ---------------------------------------------------------------- */

/* The library wants a name; this one leads to the anonymous file. */
static enum err
xlsx_begin(struct table *t, const char *sheet)
{
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", t->fd);
	t->book = workbook_new_opt(path, &options);
	t->sheet = t->book ? workbook_add_worksheet(t->book, sheet) : NULL;
	if (!t->sheet)
		return failed("workbook");
	lxw_format *bold = workbook_add_format(t->book);
	format_set_bold(bold);
	lxw_format *text = workbook_add_format(t->book);
	format_set_num_format_index(text, TEXT_FORMAT);
	for (size_t i = 0; i < t->count; i++)
		worksheet_set_column(t->sheet, (lxw_col_t)i, (lxw_col_t)i, t->columns[i].width,
		    text);
	worksheet_set_row(t->sheet, 0, LXW_DEF_ROW_HEIGHT, bold);
	worksheet_freeze_panes(t->sheet, 1, 0);
	return ERR_OK;
}

/* The first row are the titles. */
static lxw_error
xlsx_cell(struct table *t, lxw_col_t column, const char *cell)
{
	char *end;
	double number = strtod(cell, &end);

	if (t->next_row > 0 && (t->numbers >> column & 1) && *end == '\0')
		return worksheet_write_number(t->sheet, t->next_row, column, number, NULL);
	return worksheet_write_string(t->sheet, t->next_row, column, cell, NULL);
}

static enum err
xlsx_row(struct table *t, const char *const cells[])
{
	for (size_t i = 0; i < t->count; i++) {
		if (!cells[i] || !*cells[i])
			continue;
		lxw_error e = xlsx_cell(t, (lxw_col_t)i, cells[i]);
		if (e != LXW_NO_ERROR) {
			log_line(LOG_ERROR, "table", "what=cell why=%s", lxw_strerror(e));
			return ERR_INTERNAL;
		}
	}
	return ERR_OK;
}

static enum err
xlsx_end(struct table *t)
{
	lxw_error e = workbook_close(t->book); /* frees it, whatever it answers */

	t->book = NULL;
	if (e == LXW_NO_ERROR)
		return ERR_OK;
	log_line(LOG_ERROR, "table", "what=close why=%s", lxw_strerror(e));
	return ERR_UNAVAILABLE;
}

/* ---- both ----------------------------------------------------------------- */

static enum err
begin(struct table *t, const char *sheet)
{
	const char *titles[TABLE_COLUMNS_MAX];

	t->fd = memfd_create("table", MFD_CLOEXEC);
	if (t->fd < 0)
		return failed("memfd");
	TRY(t->format == TABLE_CSV ? csv_begin(t) : xlsx_begin(t, sheet));
	for (size_t i = 0; i < t->count; i++)
		titles[i] = t->columns[i].title;
	return table_row(t, titles);
}

enum err
table_new(enum table_format format, const char *sheet, const struct table_column *columns,
    size_t count, struct table **ret)
{
	struct table *t = count <= TABLE_COLUMNS_MAX ? calloc(1, sizeof(*t)) : NULL;

	if (!t)
		return ERR_UNAVAILABLE;
	*t = (struct table){ .format = format, .columns = columns, .count = count, .fd = -1 };
	enum err e = begin(t, sheet);
	if (e != ERR_OK) {
		table_free(t);
		return e;
	}
	*ret = t;
	return ERR_OK;
}

void
table_numbers(struct table *t, uint32_t columns)
{
	t->numbers = columns;
}

enum err
table_row(struct table *t, const char *const cells[])
{
	if (t->next_row > TABLE_ROWS_MAX)
		return ERR_INTERNAL;
	TRY(t->format == TABLE_CSV ? csv_row(t, cells) : xlsx_row(t, cells));
	t->next_row++;
	return ERR_OK;
}

enum err
table_finish(struct table *t, int *ret_fd, size_t *ret_size)
{
	struct stat st;

	if (t->format == TABLE_CSV) {
		int e = fclose(t->csv);

		t->csv = NULL;
		if (e != 0)
			return failed("write");
	} else {
		TRY(xlsx_end(t));
	}
	if (fstat(t->fd, &st) != 0 || lseek(t->fd, 0, SEEK_SET) != 0)
		return failed("rewind");
	*ret_fd = t->fd;
	*ret_size = (size_t)st.st_size;
	return ERR_OK;
}

enum err
table_bytes(struct table *t, struct arena *arena, const char **ret, size_t *ret_size)
{
	size_t size, at = 0;
	int fd;

	TRY(table_finish(t, &fd, &size));
	char *bytes = arena_alloc(arena, size + 1);
	while (at < size) {
		ssize_t n = pread(fd, bytes + at, size - at, (off_t)at);

		if (n <= 0)
			return failed("read");
		at += (size_t)n;
	}
	*ret = bytes;
	*ret_size = size;
	return ERR_OK;
}

void
table_free(struct table *t)
{
	if (!t)
		return;
	if (t->csv)
		fclose(t->csv);
	if (t->book)
		lxw_workbook_free(t->book);
	if (t->fd >= 0)
		close(t->fd);
	free(t);
}

const char *
table_media_type(enum table_format format)
{
	return format == TABLE_CSV ? "text/csv; charset=utf-8" : TABLE_XLSX_MEDIA;
}
