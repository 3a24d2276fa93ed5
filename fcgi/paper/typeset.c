#include "fcgi/paper/typeset.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define LINE 1.35  /* style.line when it says nothing */
#define FRAME 0.45 /* line width of a ticked box */

#define EMPTY_BOX "\xe2\x98\x90"  /* U+2610 */
#define TICKED_BOX "\xe2\x98\x91" /* U+2611 */
#define SQUARE "\xe2\x96\xa1"     /* U+25A1 */
#define TICK "\xe2\x88\x9a"       /* U+221A */

static PangoContext *fonts;
static const char *family;
static char mono[128];       /* empty: there is none */
static double font_line = 1; /* distance of lines as the font has it, in font sizes */

static bool
has_family(PangoFontMap *map, const char *name)
{
	PangoFontFamily **all;
	int count;
	bool found = false;

	pango_font_map_list_families(map, &all, &count);
	for (int i = 0; i < count; i++)
		found |= strcmp(pango_font_family_get_name(all[i]), name) == 0;
	g_free(all);
	return found;
}

static double
line_of(const char *font)
{
	PangoFontDescription *sample = pango_font_description_from_string(font);

	pango_font_description_set_absolute_size(sample, 100 * PANGO_SCALE);
	PangoFontMetrics *metrics = pango_context_get_metrics(fonts, sample, NULL);
	double line = pango_units_to_double(pango_font_metrics_get_height(metrics)) / 100;
	pango_font_metrics_unref(metrics);
	pango_font_description_free(sample);
	return line;
}

void
typeset_init(const char *font)
{
	PangoFontMap *map = pango_cairo_font_map_get_default();
	cairo_font_options_t *options = cairo_font_options_create();

	assert(!fonts);
	fonts = pango_font_map_create_context(map);
	family = font;
	if ((size_t)snprintf(mono, sizeof(mono), "%s Mono", font) >= sizeof(mono) ||
	    !has_family(map, mono))
		mono[0] = 0;
	/* All is measured in points, and shapes do not bend to some screen's pixels. */
	pango_cairo_context_set_resolution(fonts, 72);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(fonts, options);
	pango_context_set_round_glyph_positions(fonts, FALSE);
	cairo_font_options_destroy(options);
	font_line = line_of(font);
}

/* ---- boxes ---- */

/* text with the boxes the font lacks replaced by signs it has, of the same length. */
static char *
without_boxes(struct arena *arena, const char *text)
{
	char *copy = arena_strndup(arena, text, strlen(text));

	for (char *p = copy; (p = strstr(p, EMPTY_BOX)); p += 3)
		memcpy(p, SQUARE, 3);
	for (char *p = copy; (p = strstr(p, TICKED_BOX)); p += 3)
		memcpy(p, TICK, 3);
	return copy;
}

/* Where ink and advance of one sign lie, relative to its place on the base line. */
static void
sign_extents(const PangoFontDescription *font, const char *sign, PangoRectangle *ret_ink,
    PangoRectangle *ret_advance)
{
	PangoLayout *layout = pango_layout_new(fonts);

	pango_layout_set_font_description(layout, font);
	pango_layout_set_text(layout, sign, -1);
	pango_layout_get_extents(layout, ret_ink, ret_advance);
	ret_ink->y -= pango_layout_get_baseline(layout);
	g_object_unref(layout);
}

/* Each tick gets as much room as a square. */
static void
spread_ticks(PangoAttrList *attributes, const PangoFontDescription *font, const char *source)
{
	PangoRectangle ink, square, tick;

	sign_extents(font, SQUARE, &ink, &square);
	sign_extents(font, TICK, &ink, &tick);
	for (const char *p = source; (p = strstr(p, TICKED_BOX)); p += 3) {
		PangoAttribute *space = pango_attr_letter_spacing_new(square.width - tick.width);

		space->start_index = (guint)(p - source);
		space->end_index = space->start_index + 3;
		pango_attr_list_insert(attributes, space);
	}
}

/* A frame around each tick, where and as large as the font's own square would be. */
static void
draw_boxes(const struct typeset *text, cairo_t *cr, double x, double y)
{
	PangoRectangle square, advance, at;

	sign_extents(pango_layout_get_font_description(text->layout), SQUARE, &square, &advance);
	for (const char *p = text->source; (p = strstr(p, TICKED_BOX)); p += 3) {
		int index = (int)(p - text->source);
		PangoLayoutIter *iter = pango_layout_get_iter(text->layout);

		while (pango_layout_iter_get_index(iter) < index)
			pango_layout_iter_next_char(iter);
		pango_layout_iter_get_char_extents(iter, &at);
		at.x += (at.width - square.width) / 2;
		at.y = pango_layout_iter_get_baseline(iter) + square.y;
		pango_layout_iter_free(iter);
		cairo_rectangle(cr, x + pango_units_to_double(at.x),
		    y + pango_units_to_double(at.y), pango_units_to_double(square.width),
		    pango_units_to_double(square.height));
	}
	cairo_set_line_width(cr, FRAME);
	cairo_stroke(cr);
}

/* ---- texts ---- */

static PangoFontDescription *
describe_font(const struct pdf_style *style)
{
	PangoFontDescription *font = pango_font_description_new();

	pango_font_description_set_family_static(font, style->key && mono[0] ? mono : family);
	pango_font_description_set_absolute_size(font, style->size * PANGO_SCALE);
	if (style->bold)
		pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
	return font;
}

struct typeset
typeset_new(struct arena *arena, const struct pdf_style *style, const char *text, double width)
{
	static const PangoAlignment sides[] = { [PDF_LEFT] = PANGO_ALIGN_LEFT,
		[PDF_CENTER] = PANGO_ALIGN_CENTER,
		[PDF_RIGHT] = PANGO_ALIGN_RIGHT };
	struct typeset set = { .layout = pango_layout_new(fonts) };
	PangoFontDescription *font = describe_font(style);
	PangoAttrList *attributes = pango_attr_list_new();
	double line = style->line > 0 ? style->line : LINE;

	pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
	if (style->key)
		pango_attr_list_insert(attributes,
		    pango_attr_font_features_new("liga=0, calt=0, kern=0"));
	if (strstr(text, TICKED_BOX)) {
		set.source = arena_strndup(arena, text, strlen(text));
		spread_ticks(attributes, font, text);
	}
	pango_layout_set_font_description(set.layout, font);
	pango_layout_set_attributes(set.layout, attributes);
	pango_layout_set_width(set.layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(set.layout, style->key ? PANGO_WRAP_CHAR : PANGO_WRAP_WORD_CHAR);
	pango_layout_set_indent(set.layout, (int)(style->indent * style->size * PANGO_SCALE));
	pango_layout_set_alignment(set.layout, sides[style->align]);
	pango_layout_set_line_spacing(set.layout, (float)(line / font_line));
	pango_layout_set_text(set.layout, without_boxes(arena, text), -1);
	pango_attr_list_unref(attributes);
	pango_font_description_free(font);
	return set;
}

double
typeset_height(const struct typeset *text)
{
	int height;

	pango_layout_get_size(text->layout, NULL, &height);
	return pango_units_to_double(height);
}

void
typeset_show(struct typeset *text, cairo_t *cr, double x, double y)
{
	cairo_move_to(cr, x, y);
	pango_cairo_show_layout(cr, text->layout);
	if (text->source)
		draw_boxes(text, cr, x, y);
	g_object_unref(text->layout);
	text->layout = NULL;
}
