#ifndef HANDLERS_SHEET_DOCUMENT_H
#define HANDLERS_SHEET_DOCUMENT_H

#include <stddef.h>
#include <stdint.h>

#include "fcgi/base/arena.h"
#include "fcgi/base/err.h"
#include "handlers/sheet/document_text.h"

/*
 * The documents people download beside the upload fields: the template
 * of the letter (APP-31) and of the test report (ACC-19), and what to mind when
 * recording (ACC-14). The same for everybody, so they are exported at build
 * time. pdf_init() must have been called.
 */

/* "application-letter.pdf"; lives as long as the program. */
const char *document_file(enum document document);

/* The PDF, in the arena; it needs about 2 MiB of it. Same bytes every time. */
void document_render(struct arena *arena, enum document document, unsigned char **ret_pdf,
    size_t *ret_size);

/*
 * All of them as files of the folder, which exists; older ones are replaced.
 *
 * ERR_INTERNAL  a file cannot be written (logged)
 */
MUST_CHECK enum err document_export(struct arena *arena, const char *folder);

#endif
