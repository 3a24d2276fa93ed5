#ifndef FCGI_PAPER_STYLE_H
#define FCGI_PAPER_STYLE_H

#include <stdbool.h>

enum pdf_align { PDF_LEFT, PDF_CENTER, PDF_RIGHT };
enum pdf_heading { PDF_PLAIN, PDF_H1, PDF_H2 }; /* for readers aloud; H1: the title */

/* How a text is set. Lengths are points where nothing else is said. */
struct pdf_style {
	double size; /* of the font */
	bool bold;
	bool key; /* fixed width, may break after any character, never a hyphen */
	enum pdf_align align;
	enum pdf_heading heading;
	double line;          /* distance of lines, in font sizes; 0: 1.35 */
	double indent;        /* of the first line, in font sizes; negative: of all others */
	double left;          /* of the whole paragraph, in font sizes */
	double before, after; /* space around a paragraph */
};

#endif
