#include "handlers/sheet/document.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "fcgi/base/log.h"
#include "fcgi/paper/pdf.h"

#define EDITION 1795363200 /* 2026-11-23, when the texts were last changed */

static const struct pdf_style styles[] = {
	[BLOCK_TITLE] = { .size = 20,
	    .bold = true,
	    .align = PDF_CENTER,
	    .heading = PDF_H1,
	    .after = 12 },
	[BLOCK_HEADING] = { .size = 12.5,
	    .bold = true,
	    .heading = PDF_H2,
	    .before = 8,
	    .after = 5 },
	[BLOCK_ADDRESS] = { .size = 12, .line = 1.6, .after = 4 },
	[BLOCK_TEXT] = { .size = 12, .line = 1.6, .indent = 2, .before = 2, .after = 3 },
	[BLOCK_CLAUSE] = { .size = 11.5, .line = 1.55, .indent = -2, .left = 2, .after = 2 },
	[BLOCK_ITEM] = { .size = 10.5, .line = 1.45, .indent = -1.15, .left = .8, .after = 2 },
	[BLOCK_SIGN] = { .size = 12, .before = 13, .left = 19 },
	[BLOCK_NOTE_HEADING] = { .size = 10,
	    .bold = true,
	    .heading = PDF_H2,
	    .before = 10,
	    .after = 3 },
	[BLOCK_NOTE] = { .size = 9.5, .line = 1.45, .indent = -1.2, .after = 1 },
};

static const struct pdf_style head_style = { .size = 10.5, .bold = true, .align = PDF_CENTER };
static const struct pdf_style label_style = { .size = 10.5, .align = PDF_CENTER };
static const struct pdf_style cell_style = { .size = 10.5 };

/* A heading stays with what it heads, the lines to sign stay together. Points. */
#define HEADING_NEEDS 90
#define NOTES_NEED 55
#define SIGN_NEEDS 95
#define PAGE_NEEDS 10000

static void
put_grid(struct pdf *pdf, const struct grid *grid)
{
	struct pdf_cell cells[PDF_COLUMNS_MAX], head[PDF_COLUMNS_MAX];
	struct pdf_table table = { grid->widths, grid->columns, head, 0 };

	for (size_t i = 0; i < grid->count; i++) {
		size_t column = i % grid->columns;
		bool is_head = grid->head && i < grid->columns;
		bool is_label = grid->labels & 1u << column;

		cells[column] = (struct pdf_cell){ grid->cells[i],
			is_head    ? &head_style
			: is_label ? &label_style
				   : &cell_style,
			1 };
		if (column + 1 < grid->columns)
			continue;
		pdf_row(pdf, &table, cells, grid->columns, is_head ? 0 : grid->height);
		if (is_head) {
			for (size_t c = 0; c < grid->columns; c++)
				head[c] = cells[c];
			table.heads = grid->columns;
		}
	}
	pdf_space(pdf, 6);
}

static void
put_block(struct pdf *pdf, const struct document_block *block)
{
	if (block->kind == BLOCK_GRID) {
		put_grid(pdf, block->grid);
		return;
	}
	if (block->kind == BLOCK_HEADING)
		pdf_need(pdf, HEADING_NEEDS);
	if (block->kind == BLOCK_NOTE_HEADING)
		pdf_need(pdf, NOTES_NEED);
	if (block->kind == BLOCK_SIGN && block[-1].kind != BLOCK_SIGN)
		pdf_need(pdf, SIGN_NEEDS);
	if (block->kind == BLOCK_PAGE) {
		pdf_need(pdf, PAGE_NEEDS);
		return;
	}
	pdf_text(pdf, &styles[block->kind], block->text);
}

const char *
document_file(enum document document)
{
	return document_texts[document].file;
}

void
document_render(struct arena *arena, enum document document, unsigned char **ret_pdf,
    size_t *ret_size)
{
	const struct document_text *text = &document_texts[document];
	struct pdf_info info = { .page = PDF_PORTRAIT,
		.title = text->title,
		.footer = text->title,
		.now = EDITION };
	struct pdf *pdf = pdf_new(arena, &info);

	for (const struct document_block *block = text->blocks; block->text || block->grid; block++)
		put_block(pdf, block);
	pdf_finish(pdf, ret_pdf, ret_size);
}

static enum err
write_file(const char *path, const unsigned char *bytes, size_t size)
{
	FILE *file = fopen(path, "we");
	bool good = file && fwrite(bytes, 1, size, file) == size;

	if (file && fclose(file))
		good = false;
	if (good)
		return ERR_OK;
	log_line(LOG_ERROR, "documents", "file=\"%s\" reason=\"%s\"", path, strerror(errno));
	return ERR_INTERNAL;
}

enum err
document_export(struct arena *arena, const char *folder)
{
	for (enum document d = 0; d < DOCUMENT_COUNT; d++) {
		unsigned char *pdf;
		size_t size;

		document_render(arena, d, &pdf, &size);
		TRY(write_file(arena_printf(arena, "%s/%s", folder, document_file(d)), pdf, size));
	}
	return ERR_OK;
}
