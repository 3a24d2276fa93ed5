#include <expat.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "fcgi/table_read.h"

#define CHUNK 65536
#define STRINGS_MAX 4000000
#define BROKEN "文件已损坏或不是 Excel 工作簿（.xlsx），请另存后重试"

/* Shared texts: in a file without a name, and where each begins. */
struct strings {
	FILE *file;
	long *at;
	size_t count, room;
};

struct reader {
	table_row_read *row;
	void *context;
	XML_Parser parser;
	struct strings strings;
	enum err e;

	char text[TABLE_CELL_MAX]; /* of the element at hand */
	size_t size;
	bool collects;

	char cell[TABLE_CELLS_MAX][TABLE_CELL_MAX];
	size_t cells, column;
	char type; /* s shared, i inline, others as they are */
	int64_t line;
};

static const char *
attribute(const char **list, const char *name)
{
	for (; *list; list += 2)
		if (strcmp(list[0], name) == 0)
			return list[1];
	return NULL;
}

static void
stop(struct reader *r, enum err e)
{
	r->e = e;
	XML_StopParser(r->parser, XML_FALSE);
}

static void XMLCALL
on_text(void *user, const char *text, int size)
{
	struct reader *r = user;
	size_t n = (size_t)size, room = sizeof(r->text) - 1 - r->size;

	if (!r->collects)
		return;
	n = n < room ? n : room;
	memcpy(r->text + r->size, text, n);
	r->size += n;
}

/* A workbook has no document type; whatever brings one wants to make entities. */
static void XMLCALL
on_doctype(void *user, const char *name, const char *system, const char *public, int internal)
{
	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	stop(user, ERR_INVALID);
}

/* ---- xl/sharedStrings.xml ----------------------------------------------------- */

static void XMLCALL
string_begin(void *user, const char *name, const char **list)
{
	struct reader *r = user;

	(void)list;
	if (strcmp(name, "si") == 0)
		r->size = 0;
	r->collects = strcmp(name, "t") == 0;
}

static void XMLCALL
string_end(void *user, const char *name)
{
	struct reader *r = user;
	struct strings *s = &r->strings;

	r->collects = false;
	if (strcmp(name, "si") != 0)
		return;
	if (s->count == s->room) {
		size_t room = s->room ? s->room * 2 : 1024;
		long *at = room > STRINGS_MAX ? NULL : realloc(s->at, room * sizeof(*at));

		if (!at)
			return stop(r, ERR_INVALID);
		s->at = at;
		s->room = room;
	}
	s->at[s->count++] = ftell(s->file);
	r->text[r->size] = '\0';
	if (fwrite(r->text, 1, r->size + 1, s->file) != r->size + 1)
		stop(r, ERR_STORE_FULL);
}

static void
shared(struct strings *s, const char *index, char *ret)
{
	size_t i = strtoul(index, NULL, 10), n;

	*ret = '\0';
	if (i >= s->count || fseek(s->file, s->at[i], SEEK_SET) != 0)
		return;
	n = fread(ret, 1, TABLE_CELL_MAX - 1, s->file);
	ret[n] = '\0'; /* the text's own NUL comes before */
}

/* ---- the sheet ------------------------------------------------------------------ */

/* "BC12" -> 54 */
static size_t
column_of(const char *reference, size_t fallback)
{
	size_t column = 0;

	for (; reference && *reference >= 'A' && *reference <= 'Z'; reference++)
		column = column * 26 + (size_t)(*reference - 'A') + 1;
	return column ? column - 1 : fallback;
}

static void XMLCALL
sheet_begin(void *user, const char *name, const char **list)
{
	struct reader *r = user;

	if (strcmp(name, "row") == 0) {
		const char *line = attribute(list, "r");

		r->line = line ? strtoll(line, NULL, 10) : r->line + 1;
		r->cells = r->column = 0;
		for (size_t i = 0; i < TABLE_CELLS_MAX; i++)
			r->cell[i][0] = '\0';
	} else if (strcmp(name, "c") == 0) {
		const char *type = attribute(list, "t");

		r->column = column_of(attribute(list, "r"), r->column);
		r->type = type ? *type : 'n';
		r->size = 0;
	}
	r->collects = strcmp(name, "v") == 0 || strcmp(name, "t") == 0;
}

static void
end_cell(struct reader *r)
{
	r->text[r->size] = '\0';
	if (r->column < TABLE_CELLS_MAX && r->size > 0) {
		char *to = r->cell[r->column];

		/* "s" and "str" begin alike: only shared texts are digits and nothing else */
		if (r->type == 's' && strspn(r->text, "0123456789") == r->size)
			shared(&r->strings, r->text, to);
		else
			memcpy(to, r->text, r->size + 1);
		r->cells = r->column + 1 > r->cells ? r->column + 1 : r->cells;
	}
	r->column++;
	r->size = 0;
}

static void
end_sheet_row(struct reader *r)
{
	const char *cells[TABLE_CELLS_MAX];
	bool blank = true;

	for (size_t i = 0; i < r->cells; i++) {
		char *text = r->cell[i];
		size_t size = strlen(text);

		while (size > 0 && strchr(" \t\r\n", text[size - 1]))
			text[--size] = '\0';
		cells[i] = text + strspn(text, " \t\r\n");
		blank = blank && *cells[i] == '\0';
	}
	enum err e = blank ? ERR_OK : r->row(r->context, r->line, cells, r->cells);
	if (e != ERR_OK)
		stop(r, e);
}

static void XMLCALL
sheet_end(void *user, const char *name)
{
	struct reader *r = user;

	r->collects = false;
	if (strcmp(name, "c") == 0)
		end_cell(r);
	else if (strcmp(name, "row") == 0)
		end_sheet_row(r);
}

/* ---- the archive ------------------------------------------------------------------ */

static enum err
parse(struct reader *r, zip_file_t *file)
{
	int64_t total = 0;
	zip_int64_t n;

	do {
		void *buffer = XML_GetBuffer(r->parser, CHUNK);

		if (!buffer || (n = zip_fread(file, buffer, CHUNK)) < 0)
			return ERR_INVALID;
		total += n;
		if (total > TABLE_BYTES_MAX ||
		    XML_ParseBuffer(r->parser, (int)n, n == 0) == XML_STATUS_ERROR)
			return r->e != ERR_OK ? r->e : ERR_INVALID;
	} while (n > 0);
	return ERR_OK;
}

static enum err
read_part(struct reader *r, zip_t *zip, const char *part, XML_StartElementHandler begin,
    XML_EndElementHandler end)
{
	zip_file_t *file = zip_fopen(zip, part, 0);

	if (!file)
		return ERR_NOT_FOUND;
	r->parser = XML_ParserCreate(NULL);
	r->size = 0;
	r->collects = false;
	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, begin, end);
	XML_SetCharacterDataHandler(r->parser, on_text);
	XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
	enum err e = parse(r, file);
	XML_ParserFree(r->parser);
	zip_fclose(file);
	return e;
}

static enum err
read_book(struct reader *r, zip_t *zip)
{
	enum err e = read_part(r, zip, "xl/sharedStrings.xml", string_begin, string_end);

	if (e != ERR_OK && e != ERR_NOT_FOUND) /* a book may have none */
		return e;
	if (fflush(r->strings.file) != 0)
		return ERR_STORE_FULL;
	e = read_part(r, zip, "xl/worksheets/sheet1.xml", sheet_begin, sheet_end);
	return e == ERR_NOT_FOUND ? ERR_INVALID : e;
}

enum err
table_read_xlsx(int fd, table_row_read *row, void *context, const char **ret_fault)
{
	struct reader *r = calloc(1, sizeof(*r));
	int copy = dup(fd);
	zip_t *zip = copy >= 0 && lseek(copy, 0, SEEK_SET) == 0 ? zip_fdopen(copy, 0, NULL) : NULL;
	enum err e = ERR_INVALID;

	*ret_fault = NULL;
	if (!zip && copy >= 0)
		close(copy);
	if (zip && r) {
		r->row = row;
		r->context = context;
		r->strings.file = tmpfile();
		e = r->strings.file ? read_book(r, zip) : ERR_STORE_FULL;
		if (r->strings.file)
			fclose(r->strings.file);
		free(r->strings.at);
	}
	if (zip)
		zip_discard(zip);
	/* what the rows' reader refuses it names itself */
	if (e == ERR_INVALID && !(r && r->e == ERR_INVALID && r->line > 0))
		*ret_fault = BROKEN;
	free(r);
	return e;
}
