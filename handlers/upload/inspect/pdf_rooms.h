#ifndef HANDLERS_UPLOAD_INSPECT_PDF_ROOMS_H
#define HANDLERS_UPLOAD_INSPECT_PDF_ROOMS_H

#include <qpdf/qpdf-c.h>

#include "handlers/rules/inspect_reason.h"

/*
 * A stream of which nothing is said but its length is room for another file. Few things are kept so
 * (a page's content, a palette, a map of glyphs); what begins as data and is none of them, nothing
 * or a key of somebody's own pointing to it, is refused. count: objects. REASON_NONE or REASON_FOREIGN.
 */
enum reason pdf_rooms(qpdf_data qpdf, int count);

#endif
