#include "fcgi/table/xlsx.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/table/cells.h"
#include "fcgi/table/part.h"

#define BROKEN "文件已损坏、加了密码或不是 Excel 工作簿（.xlsx），请另存后重试"
#define BOMB "工作簿展开后过大，请只保留需要导入的行和列，另存为新文件后重试"
#define FROM_1904                                                                                                          \
	"工作簿使用 1904 日期系统，日期会差四年；请在 Excel 选项的“高级”中取消该设置，" \
	"核对日期后另存"

#define BOOK_PART_SIZE 200
#define SHEETS_MAX 32
#define ID_SIZE 64

/* ---- the book ---- */

/*
 * What xl/workbook.xml says: which part is the first sheet that people see. A
 * book without that part is taken to have one sheet.
 */
struct book {
	char sheet[BOOK_PART_SIZE], strings[BOOK_PART_SIZE]; /* names of parts */
	bool from_1904; /* days are counted from 1904, not from 1900 */
};

struct looking {
	struct book *book;
	char id[SHEETS_MAX][ID_SIZE]; /* of the sheets people see, in their order */
	size_t sheets, best;          /* best: which of them stands in book->sheet */
};

static bool
is_true(const char *text)
{
	return text && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0);
}

static void
book_begin(struct part *part, void *context, const char *name, const char **attributes)
{
	struct looking *l = context;

	(void)part;
	if (strcmp(name, "workbookPr") == 0)
		l->book->from_1904 = is_true(part_attribute(attributes, "date1904"));
	if (strcmp(name, "sheet") != 0 || l->sheets == SHEETS_MAX)
		return;
	const char *state = part_attribute(attributes, "state");
	if (state && strcmp(state, "visible") != 0)
		return;
	/* its id is "id" of a name space whose prefix may be anything */
	for (; *attributes; attributes += 2)
		if (strchr(attributes[0], ':') && strcmp(part_local(attributes[0]), "id") == 0)
			snprintf(l->id[l->sheets++], ID_SIZE, "%s", attributes[1]);
}

static void
nothing(struct part *part, void *context, const char *name)
{
	(void)part;
	(void)context;
	(void)name;
}

/* Targets are named from xl/, or from the top. */
static void
name_part(char ret[BOOK_PART_SIZE], const char *target)
{
	snprintf(ret, BOOK_PART_SIZE, "%s%s", *target == '/' ? "" : "xl/",
	    target + (*target == '/'));
}

static bool
ends_with(const char *text, const char *end)
{
	size_t size = strlen(text), of_end = strlen(end);

	return size >= of_end && strcmp(text + size - of_end, end) == 0;
}

static void
relation_begin(struct part *part, void *context, const char *name, const char **attributes)
{
	struct looking *l = context;
	const char *id = part_attribute(attributes, "Id"),
		   *type = part_attribute(attributes, "Type"),
		   *target = part_attribute(attributes, "Target");

	(void)part;
	if (strcmp(name, "Relationship") != 0 || !id || !type || !target)
		return;
	if (ends_with(type, "/sharedStrings"))
		name_part(l->book->strings, target);
	if (!ends_with(type, "/worksheet"))
		return; /* a chart may have a sheet of its own */
	for (size_t i = 0; i < l->best; i++)
		if (strcmp(l->id[i], id) == 0) {
			name_part(l->book->sheet, target);
			l->best = i;
		}
}

/* ERR_INVALID: broken, or no sheet is to be seen. */
static enum err
book_read(zip_t *zip, struct book *ret, int64_t *left)
{
	static const struct part_reader book_reader = { book_begin, nothing, NULL },
					relation_reader = { relation_begin, nothing, NULL };
	struct looking l = { .book = ret };

	*ret =
	    (struct book){ .sheet = "xl/worksheets/sheet1.xml", .strings = "xl/sharedStrings.xml" };
	enum err e = part_read(zip, "xl/workbook.xml", &book_reader, &l, left);
	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	ret->sheet[0] = '\0';
	l.best = l.sheets;
	e = part_read(zip, "xl/_rels/workbook.xml.rels", &relation_reader, &l, left);
	return e == ERR_NOT_FOUND || (e == ERR_OK && !ret->sheet[0]) ? ERR_INVALID : e;
}

/* ---- its texts and its sheet ---- */

/* Shared texts: in a file without a name, and where each begins. */
struct strings {
	FILE *file;
	long *at;
	size_t count, room;
};

struct reader {
	table_row_read *row;
	void *context;
	struct strings strings;
	int64_t left; /* bytes that may still be unpacked */
	bool refused; /* by `row`, which says why itself */

	char text[TABLE_CELL_MAX]; /* of the element at hand */
	size_t size;
	bool collects;
	int phonetic; /* how deep in <rPh>: how a text is spoken is not the text */

	struct table_cells cells;
	size_t column;
	char type[12]; /* of the cell; "n" where none is said */
	bool formula;
	int64_t line;
};

static void
on_text(void *context, const char *text, size_t size)
{
	struct reader *r = context;
	size_t room = sizeof(r->text) - 1 - r->size;

	if (!r->collects)
		return;
	size = size < room ? size : room;
	memcpy(r->text + r->size, text, size);
	r->size += size;
}

static void
phonetic(struct reader *r, const char *name, int step)
{
	if (strcmp(name, "rPh") == 0)
		r->phonetic += step;
}

/* ---- shared texts ----------------------------------------------------------------- */

static void
string_begin(struct part *part, void *context, const char *name, const char **attributes)
{
	struct reader *r = context;

	(void)part;
	(void)attributes;
	phonetic(r, name, 1);
	if (strcmp(name, "si") == 0)
		r->size = 0;
	r->collects = strcmp(name, "t") == 0 && r->phonetic == 0;
}

static void
string_end(struct part *part, void *context, const char *name)
{
	struct reader *r = context;
	struct strings *s = &r->strings;

	phonetic(r, name, -1);
	r->collects = false;
	if (strcmp(name, "si") != 0)
		return;
	if (s->count == s->room) {
		size_t room = s->room ? s->room * 2 : 1024;
		long *at =
		    s->count >= TABLE_STRINGS_MAX ? NULL : realloc(s->at, room * sizeof(*at));

		if (!at)
			return part_stop(part, ERR_INVALID);
		s->at = at;
		s->room = room;
	}
	s->at[s->count++] = ftell(s->file);
	r->text[r->size] = '\0';
	if (fwrite(r->text, 1, r->size + 1, s->file) != r->size + 1)
		part_stop(part, ERR_STORE_FULL);
}

/* Into r->text. */
static enum err
shared(struct reader *r)
{
	struct strings *s = &r->strings;
	char *end;
	size_t i = strtoul(r->text, &end, 10);

	if (end == r->text || *end || i >= s->count || fseek(s->file, s->at[i], SEEK_SET) != 0)
		return ERR_INVALID;
	size_t n = fread(r->text, 1, sizeof(r->text) - 1, s->file);
	r->text[n] = '\0';
	r->size = strlen(r->text); /* its own end comes before */
	return ERR_OK;
}

/* ---- the sheet ------------------------------------------------------------------ */

/* "BC12" -> 54 */
static size_t
column_of(const char *reference, size_t fallback)
{
	size_t column = 0;

	for (int i = 0; reference && i < 4 && *reference >= 'A' && *reference <= 'Z'; i++)
		column = column * 26 + (size_t)(*reference++ - 'A') + 1;
	return column ? column - 1 : fallback;
}

static void
sheet_begin(struct part *part, void *context, const char *name, const char **attributes)
{
	struct reader *r = context;

	(void)part;
	phonetic(r, name, 1);
	if (strcmp(name, "row") == 0) {
		const char *line = part_attribute(attributes, "r");

		r->line = line ? strtoll(line, NULL, 10) : r->line + 1;
		r->column = 0;
		cells_clear(&r->cells);
	} else if (strcmp(name, "c") == 0) {
		const char *type = part_attribute(attributes, "t");

		r->column = column_of(part_attribute(attributes, "r"), r->column);
		snprintf(r->type, sizeof(r->type), "%s", type ? type : "n");
		r->size = 0;
		r->formula = false;
	}
	r->formula = r->formula || strcmp(name, "f") == 0;
	r->collects = (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) && r->phonetic == 0;
}

/* "440103.0" and "4.40103E5" -> "440103"; what is not whole, or lost digits, stays as it is. */
static void
plain_number(struct reader *r)
{
	char *end;
	double n = strtod(r->text, &end);

	if (*end || end == r->text || strspn(r->text, "0123456789") == r->size || floor(n) != n ||
	    fabs(n) >= 1e15)
		return;
	r->size = (size_t)snprintf(r->text, sizeof(r->text), "%.0f", n);
}

static void
end_cell(struct part *part, struct reader *r)
{
	r->text[r->size] = '\0';
	if (r->formula && r->size == 0 && strcmp(r->type, "str") != 0) /* never worked out */
		r->size = (size_t)snprintf(r->text, sizeof(r->text), "#");
	else if (r->size > 0 && strcmp(r->type, "s") == 0 && shared(r) != ERR_OK)
		return part_stop(part, ERR_INVALID);
	else if (r->size > 0 && strcmp(r->type, "n") == 0)
		plain_number(r);
	cells_add(&r->cells, r->column, r->text, r->size);
	r->column++;
	r->size = 0;
}

static void
sheet_end(struct part *part, void *context, const char *name)
{
	struct reader *r = context;

	phonetic(r, name, -1);
	r->collects = false;
	if (strcmp(name, "c") == 0)
		return end_cell(part, r);
	if (strcmp(name, "row") != 0)
		return;
	enum err e = cells_row(&r->cells, r->line, r->row, r->context);
	if (e != ERR_OK) {
		r->refused = true;
		part_stop(part, e);
	}
}

/* ---- the archive ------------------------------------------------------------------ */

static enum err
read_book(struct reader *r, zip_t *zip, char ret_fault[TABLE_FAULT_SIZE])
{
	static const struct part_reader string_reader = { string_begin, string_end, on_text },
					sheet_reader = { sheet_begin, sheet_end, on_text };
	struct book book;

	TRY(book_read(zip, &book, &r->left));
	if (book.from_1904) {
		snprintf(ret_fault, TABLE_FAULT_SIZE, "%s", FROM_1904);
		return ERR_INVALID;
	}
	enum err e = part_read(zip, book.strings, &string_reader, r, &r->left);
	if (e != ERR_OK && e != ERR_NOT_FOUND) /* a book may have none */
		return e;
	if (fflush(r->strings.file) != 0)
		return ERR_STORE_FULL;
	r->collects = false;
	r->phonetic = 0;
	e = part_read(zip, book.sheet, &sheet_reader, r, &r->left);
	return e == ERR_NOT_FOUND && !r->refused ? ERR_INVALID : e;
}

static zip_t *
open_archive(int fd)
{
	int copy = dup(fd);
	zip_t *zip = copy >= 0 && lseek(copy, 0, SEEK_SET) == 0 ? zip_fdopen(copy, 0, NULL) : NULL;

	if (!zip && copy >= 0)
		close(copy);
	return zip;
}

/* How far an archive of this size may unfold: as sheets do, and not as a bomb does. */
static int64_t
ceiling(int fd)
{
	off_t size = lseek(fd, 0, SEEK_END);
	int64_t most = size > 0 ? (int64_t)size * TABLE_RATIO_MAX : 0;

	return most < TABLE_BYTES_MIN   ? TABLE_BYTES_MIN
	       : most > TABLE_BYTES_MAX ? TABLE_BYTES_MAX
					: most;
}

enum err
table_read_xlsx(int fd, table_row_read *row, void *context, char ret_fault[TABLE_FAULT_SIZE])
{
	struct reader *r = calloc(1, sizeof(*r));
	int64_t most = ceiling(fd);
	zip_t *zip = open_archive(fd);
	enum err e = zip ? ERR_INTERNAL : ERR_INVALID;
	bool refused = false;

	ret_fault[0] = '\0';
	if (zip && r) {
		r->row = row;
		r->context = context;
		r->left = most;
		r->strings.file = tmpfile();
		e = r->strings.file ? read_book(r, zip, ret_fault) : ERR_STORE_FULL;
		refused = r->refused;
		if (r->strings.file)
			fclose(r->strings.file);
		free(r->strings.at);
	}
	if (zip)
		zip_discard(zip);
	free(r);
	if (refused)
		return e;
	if (e == ERR_TOO_LARGE)
		snprintf(ret_fault, TABLE_FAULT_SIZE, "%s", BOMB);
	else if (e == ERR_INVALID && !*ret_fault)
		snprintf(ret_fault, TABLE_FAULT_SIZE, "%s", BROKEN);
	return e == ERR_TOO_LARGE ? ERR_INVALID : e;
}
