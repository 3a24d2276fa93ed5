#ifndef HANDLERS_SHEET_DOCUMENT_TEXT_H
#define HANDLERS_SHEET_DOCUMENT_TEXT_H

#include <stdbool.h>
#include <stddef.h>

enum document {
	DOCUMENT_APPLICATION_LETTER,
	DOCUMENT_TEST_REPORT,
	DOCUMENT_RECORDING_NOTES,
	DOCUMENT_COUNT
};

/*
 * What the documents say: blocks from top to bottom. To change a
 * text, change document_text.c and EDITION in document.c.
 */
enum block_kind {
	BLOCK_TITLE,
	BLOCK_HEADING,
	BLOCK_ADDRESS,
	BLOCK_TEXT,
	BLOCK_CLAUSE, /* numbered 一、 */
	BLOCK_ITEM,   /* numbered 1. */
	BLOCK_SIGN,
	BLOCK_NOTE_HEADING,
	BLOCK_NOTE,
	BLOCK_GRID,
	BLOCK_PAGE, /* a new page; text is empty */
};

struct grid {
	const double *widths; /* shares */
	size_t columns;
	const char *const *cells; /* row by row */
	size_t count;             /* of cells */
	double height;            /* least height of a row, points */
	unsigned labels;          /* bit n: column n is centred */
	bool head;                /* the first row is repeated on each page */
};

struct document_block {
	enum block_kind kind;
	const char *text;        /* all but BLOCK_GRID */
	const struct grid *grid; /* BLOCK_GRID */
};

struct document_text {
	const char *file, *title;
	const struct document_block *blocks; /* ended by one without text and grid */
};

extern const struct document_text document_texts[]; /* by enum document */

#endif
