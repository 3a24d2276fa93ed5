#ifndef FCGI_PAPER_TYPESET_H
#define FCGI_PAPER_TYPESET_H

#include <pango/pangocairo.h>

#include "fcgi/base/arena.h"
#include "fcgi/paper/style.h"

/*
 * The texts of pdf.c, set into lines: fonts, breaking, boxes to tick. For
 * pdf.c only; lengths are points.
 */
struct typeset {
	PangoLayout *layout; /* given back by typeset_show() */
	const char *source;  /* the text with its U+2611; NULL: it has none */
};

/* As pdf_init(). */
void typeset_init(const char *font);

/* text is not NULL. The result must be shown, once. */
struct typeset
typeset_new(struct arena *arena, const struct pdf_style *style, const char *text, double width);
double typeset_height(const struct typeset *text);
/* Its upper left corner at x, y. */
void typeset_show(struct typeset *text, cairo_t *cr, double x, double y);

#endif
