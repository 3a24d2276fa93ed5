#include "fcgi/paper/pdf.h"

#include <assert.h>
#include <cairo-pdf.h>
#include <qrencode.h>
#include <stdio.h>

#include "fcgi/base/array.h"
#include "fcgi/base/time.h"
#include "fcgi/paper/archive.h"
#include "fcgi/paper/drawn.h"
#include "fcgi/paper/typeset.h"

#define A4_SHORT 595.28
#define A4_LONG 841.89
#define FOOTER_SIZE 8.5
#define PADDING_X 7.0 /* neighbours this far apart are copied as two texts */
#define PADDING_Y 5.0
#define BORDER 0.6
#define CODE_RISE 16.0 /* of a QR code into the margin */

/* Something on a page. Kept until the number of pages is known. */
struct op {
	struct op *next;
	unsigned page;
	double x, y, width, height; /* of the frame; of a text only x, y */
	struct typeset text;        /* without layout: a frame */
	QRcode *code;               /* instead of both; width is its size */
	const char *tag; /* of a text, for readers aloud; NULL: of the page, not of the text */
	unsigned row;    /* of a table, from 1; 0: in none */
};

struct pdf {
	struct arena *arena;
	const struct pdf_info *info;
	double width, height; /* of the page */
	double y;             /* where the next thing goes */
	unsigned page;        /* from 0 */
	struct op *first, **end;
	unsigned rows; /* of tables, so far */
	unsigned row;  /* being drawn; 0: none */
};

/* A row's texts, and the cells' edges from left to right. */
struct row {
	size_t count;
	struct typeset texts[PDF_COLUMNS_MAX];
	double edges[PDF_COLUMNS_MAX + 1];
	double height;
};

static struct op *
add(struct pdf *pdf, double x, double y)
{
	struct op *op = ARENA_NEW(pdf->arena, struct op);

	op->page = pdf->page;
	op->x = x;
	op->y = y;
	*pdf->end = op;
	pdf->end = &op->next;
	return op;
}

/* Text of the document, as against that of the page around it. */
static struct op *
add_text(struct pdf *pdf, double x, double y, const struct typeset *text, const char *tag)
{
	struct op *op = add(pdf, x, y);

	op->text = *text;
	op->tag = tag;
	return op;
}

static double
content_width(const struct pdf *pdf)
{
	return pdf->width - 2 * PDF_MARGIN;
}

/* Whether a new page was started. On an empty page there is nothing to gain. */
static bool
make_room(struct pdf *pdf, double height)
{
	double bottom = pdf->height - PDF_MARGIN - FOOTER_SIZE;

	if (pdf->y + height <= bottom || pdf->y <= PDF_MARGIN)
		return false;
	pdf->page++;
	pdf->y = PDF_MARGIN;
	return true;
}

struct pdf *
pdf_new(struct arena *arena, const struct pdf_info *info)
{
	struct pdf *pdf = ARENA_NEW(arena, struct pdf);

	pdf->arena = arena;
	pdf->info = info;
	pdf->width = info->page == PDF_LANDSCAPE ? A4_LONG : A4_SHORT;
	pdf->height = info->page == PDF_LANDSCAPE ? A4_SHORT : A4_LONG;
	pdf->y = PDF_MARGIN;
	pdf->end = &pdf->first;
	return pdf;
}

void
pdf_code(struct pdf *pdf, const char *text, double size)
{
	struct op *op = add(pdf, PDF_MARGIN, PDF_MARGIN - CODE_RISE);

	op->width = size;
	op->code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	if (!op->code)
		drawn_give_up("qr", CAIRO_STATUS_NO_MEMORY);
}

void
pdf_space(struct pdf *pdf, double height)
{
	pdf->y += height;
}

void
pdf_need(struct pdf *pdf, double height)
{
	make_room(pdf, height);
}

void
pdf_text(struct pdf *pdf, const struct pdf_style *style, const char *text)
{
	static const char *const tags[] = { [PDF_PLAIN] = "P", [PDF_H1] = "H1", [PDF_H2] = "H2" };
	double left = style->left * style->size;
	struct typeset set =
	    typeset_new(pdf->arena, style, text ? text : "", content_width(pdf) - left);
	double height = typeset_height(&set);

	if (!make_room(pdf, style->before + height))
		pdf->y += style->before;
	add_text(pdf, PDF_MARGIN + left, pdf->y, &set, tags[style->heading]);
	pdf->y += height + style->after;
}

/* ---- table rows ---- */

static void
set_row(struct pdf *pdf, const struct pdf_table *table, const struct pdf_cell *cells, size_t count,
    struct row *ret_row)
{
	double total = 0, before = 0;
	size_t column = 0;

	assert(count <= table->columns && table->columns <= PDF_COLUMNS_MAX);
	for (size_t i = 0; i < table->columns; i++)
		total += table->widths[i];
	ret_row->count = count;
	ret_row->height = 0;
	ret_row->edges[0] = PDF_MARGIN;
	for (size_t i = 0; i < count; i++) {
		const char *text = cells[i].text ? cells[i].text : "";

		for (unsigned n = cells[i].columns ? cells[i].columns : 1; n; n--) {
			assert(column < table->columns);
			before += table->widths[column++];
		}
		double edge = PDF_MARGIN + content_width(pdf) * before / total;
		ret_row->texts[i] = typeset_new(pdf->arena, cells[i].style, text,
		    edge - ret_row->edges[i] - 2 * PADDING_X);
		double height = typeset_height(&ret_row->texts[i]) + 2 * PADDING_Y;
		if (height > ret_row->height)
			ret_row->height = height;
		ret_row->edges[i + 1] = edge;
	}
	assert(column == table->columns);
}

static void
put_row(struct pdf *pdf, const struct row *row, bool head)
{
	pdf->rows++;
	for (size_t i = 0; i < row->count; i++) {
		struct op *frame = add(pdf, row->edges[i], pdf->y);
		double space = row->height - typeset_height(&row->texts[i]);

		frame->width = row->edges[i + 1] - row->edges[i];
		frame->height = row->height;
		add_text(pdf, row->edges[i] + PADDING_X, pdf->y + space / 2, &row->texts[i],
		    head ? "TH" : "TD")
		    ->row = pdf->rows;
	}
	pdf->y += row->height;
}

void
pdf_row(struct pdf *pdf, const struct pdf_table *table, const struct pdf_cell *cells, size_t count,
    double height)
{
	struct row row, head;

	set_row(pdf, table, cells, count, &row);
	if (row.height < height)
		row.height = height;
	if (make_room(pdf, row.height) && table->heads) {
		set_row(pdf, table, table->head, table->heads, &head);
		put_row(pdf, &head, true);
	}
	put_row(pdf, &row, cells == table->head);
}

/* ---- the pages ---- */

static void
add_footer(struct pdf *pdf, unsigned page, unsigned pages)
{
	static const struct pdf_style left = { .size = FOOTER_SIZE };
	static const struct pdf_style right = { .size = FOOTER_SIZE, .align = PDF_RIGHT };
	const char *footer = pdf->info->footer ? pdf->info->footer : "";
	const char *number = arena_printf(pdf->arena, "第 %u 页　共 %u 页", page + 1, pages);
	double width = content_width(pdf), y = pdf->height - PDF_MARGIN;

	pdf->page = page;
	add(pdf, PDF_MARGIN, y)->text = typeset_new(pdf->arena, &left, footer, width);
	add(pdf, PDF_MARGIN, y)->text = typeset_new(pdf->arena, &right, number, width);
}

/* One path for all modules, so that no seams show. */
static void
draw_code(struct op *op, cairo_t *cr)
{
	int modules = op->code->width;
	double size = op->width / modules;

	for (int row = 0; row < modules; row++)
		for (int column = 0; column < modules; column++)
			if (op->code->data[row * modules + column] & 1)
				cairo_rectangle(cr, op->x + column * size, op->y + row * size, size,
				    size);
	cairo_fill(cr);
	QRcode_free(op->code);
}

/* Ends the table or row the last text was in, begins that of this one. row 0: none. */
static void
turn_to_row(struct pdf *pdf, unsigned row, cairo_t *cr)
{
	if (row == pdf->row)
		return;
	if (pdf->row)
		cairo_tag_end(cr, "TR");
	if (pdf->row && !row)
		cairo_tag_end(cr, "Table");
	if (!pdf->row)
		cairo_tag_begin(cr, "Table", NULL);
	if (row)
		cairo_tag_begin(cr, "TR", NULL);
	pdf->row = row;
}

static void
draw_text(struct pdf *pdf, struct op *op, cairo_t *cr)
{
	if (op->tag) {
		turn_to_row(pdf, op->row, cr);
		cairo_tag_begin(cr, op->tag, NULL);
	}
	typeset_show(&op->text, cr, op->x, op->y);
	if (op->tag)
		cairo_tag_end(cr, op->tag);
}

static void
draw_page(struct pdf *pdf, unsigned page, cairo_t *cr)
{
	cairo_set_line_width(cr, BORDER);
	for (struct op *op = pdf->first; op; op = op->next) {
		if (op->page != page)
			continue;
		if (op->text.layout) {
			draw_text(pdf, op, cr);
			continue;
		}
		if (op->code) {
			draw_code(op, cr);
			continue;
		}
		cairo_rectangle(cr, op->x, op->y, op->width, op->height);
		cairo_set_line_width(cr, BORDER);
		cairo_stroke(cr);
	}
	cairo_show_page(cr);
}

static const char *
date_text(struct arena *arena, int64_t now)
{
	struct tm tm = time_shanghai(now);
	char date[40];

	strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S+08:00", &tm);
	return arena_printf(arena, "%s", date);
}

static void
describe(cairo_surface_t *surface, const struct pdf_info *info, const char *date)
{
	/* the form every version of cairo writes as pdf_archive() reads it */
	cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, info->title);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, date);
}

void
pdf_finish(struct pdf *pdf, unsigned char **ret_bytes, size_t *ret_size)
{
	struct drawn out = { .arena = pdf->arena };
	cairo_surface_t *surface =
	    cairo_pdf_surface_create_for_stream(drawn_append, &out, pdf->width, pdf->height);
	cairo_t *cr = cairo_create(surface);
	unsigned pages = pdf->page + 1;
	const char *date = date_text(pdf->arena, pdf->info->now);

	describe(surface, pdf->info, date);
	cairo_tag_begin(cr, "Document", NULL); /* with it cairo marks the file as tagged */
	for (unsigned page = 0; page < pages; page++) {
		add_footer(pdf, page, pages);
		draw_page(pdf, page, cr);
	}
	turn_to_row(pdf, 0, cr);
	cairo_tag_end(cr, "Document");
	cairo_destroy(cr);
	cairo_surface_finish(surface);
	cairo_status_t status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (status != CAIRO_STATUS_SUCCESS)
		drawn_give_up("pdf", status);
	pdf_archive(&out, pdf->info->title, date);
	*ret_bytes = out.bytes;
	*ret_size = out.size;
}

/* A small document in all faces, so that the first real one finds them loaded. */
static void
warm_up(void)
{
	static const struct pdf_info info = { .title = "" };
	static const struct pdf_style styles[] = { { .size = 9 }, { .size = 9, .bold = true },
		{ .size = 9, .key = true } };
	struct arena *arena = arena_new((size_t)1 << 20);
	struct pdf *pdf = pdf_new(arena, &info);
	unsigned char *bytes;
	size_t size;

	for (size_t i = 0; i < COUNT(styles); i++)
		pdf_text(pdf, &styles[i], "字体：ABCabc0123/+= ☐☑");
	pdf_finish(pdf, &bytes, &size);
	arena_free(arena);
}

void
pdf_init(const char *font)
{
	typeset_init(font);
	warm_up();
}
