#ifndef FCGI_PAPER_PDF_H
#define FCGI_PAPER_PDF_H

#include <stddef.h>
#include <stdint.h>

#include "fcgi/base/arena.h"
#include "fcgi/paper/style.h"

/*
 * Documents of A4 pages: paragraphs and table rows, one below the other, a new
 * page where the next one does not fit. Hides cairo and pango. The font is
 * embedded as a subset, so any reader shows and copies the same text; the files
 * are PDF/A-2u (fcgi/paper/archive.h) and tagged.
 *
 * Lengths are points (1/72 inch). Texts are UTF-8; NULL is the empty text. A
 * U+2610 (empty box) and a U+2611 (ticked box) are drawn whether the font has
 * them or not, and copy as U+25A1 and U+221A.
 *
 * Nothing here fails: what cannot work is a bug or out of memory, which is
 * logged and aborts. Same calls, same bytes.
 */
struct pdf;

enum pdf_page { PDF_PORTRAIT, PDF_LANDSCAPE };

#define PDF_MARGIN 42 /* on all sides */

/*
 * font: a fontconfig family, TrueType (CFF fonts make files 30 times larger);
 * the string must stay. Loads it and its fixed-width sister "<font> Mono", if
 * there is one. Call once, before fork() to share the work and the memory.
 */
void pdf_init(const char *font);

struct pdf_info {
	enum pdf_page page;
	const char *title;  /* shown by readers as the window's title */
	const char *footer; /* at the foot of each page, left of the page number */
	int64_t now;        /* the document's date, Unix seconds */
};

/*
 * Lives until pdf_finish(), which must follow. Strings given to any function
 * are no longer needed when it returns, except info's: those until the finish.
 */
struct pdf *pdf_new(struct arena *arena, const struct pdf_info *info);

/* The finished bytes, in the arena. pdf is gone. */
void pdf_finish(struct pdf *pdf, unsigned char **ret_bytes, size_t *ret_size);

/* A paragraph over the whole width; \n breaks lines. Never divided over pages. */
void pdf_text(struct pdf *pdf, const struct pdf_style *style, const char *text);

/* A QR code in the page's upper left corner; the content goes on as if it were not there. */
void pdf_code(struct pdf *pdf, const char *text, double size);

void pdf_space(struct pdf *pdf, double height);

/* Start a new page unless this much is left on the current one. */
void pdf_need(struct pdf *pdf, double height);

struct pdf_cell {
	const char *text;
	const struct pdf_style *style; /* before and after do not count in a cell */
	unsigned columns;              /* that it covers; 0: one */
};

struct pdf_table {
	const double *widths; /* shares of the page's width */
	size_t columns;       /* up to PDF_COLUMNS_MAX */
	const struct pdf_cell *head;
	size_t heads; /* cells of the row repeated on top of each new page; 0: none */
};

#define PDF_COLUMNS_MAX 12

/*
 * A bordered row, at least `height` high, its texts in the cells' middle. The
 * cells cover all columns. Rows follow each other without a gap and are never
 * divided over pages.
 */
void pdf_row(struct pdf *pdf, const struct pdf_table *table, const struct pdf_cell *cells,
    size_t count, double height);

#endif
