#include "fcgi/table/book.h"

#include <stdio.h>
#include <string.h>

#include "fcgi/table/part.h"

#define SHEETS_MAX 32
#define ID_SIZE 64

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

enum err
book_read(zip_t *zip, struct book *ret)
{
	static const struct part_reader book_reader = { book_begin, nothing, NULL },
					relation_reader = { relation_begin, nothing, NULL };
	struct looking l = { .book = ret };

	*ret =
	    (struct book){ .sheet = "xl/worksheets/sheet1.xml", .strings = "xl/sharedStrings.xml" };
	enum err e = part_read(zip, "xl/workbook.xml", &book_reader, &l);
	if (e != ERR_OK)
		return e == ERR_NOT_FOUND ? ERR_OK : e;
	ret->sheet[0] = '\0';
	l.best = l.sheets;
	e = part_read(zip, "xl/_rels/workbook.xml.rels", &relation_reader, &l);
	return e == ERR_NOT_FOUND || (e == ERR_OK && !ret->sheet[0]) ? ERR_INVALID : e;
}
