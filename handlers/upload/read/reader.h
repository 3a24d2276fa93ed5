#ifndef HANDLERS_UPLOAD_READ_READER_H
#define HANDLERS_UPLOAD_READ_READER_H

#include "fcgi/base/arena.h"
#include "fcgi/base/err.h"
#include "fcgi/http/config.h"

/*
 * The text of a picture (.jpg, .png) or a PDF, as a program can make it out: by tesseract, or what
 * the PDF itself says. Bytes from strangers are read by portal-reader (handlers/upload/read/main.c)
 * inside the checker's jail, one process a file, and by nobody else.
 */

#define READER_TEXT_MAX 16384 /* bytes, with the NUL */

/*
 * fd: open for reading. ERR_UNAVAILABLE, logged, when nothing came: no reader on this host, or the file
 * was more than it could do. A file without any text is "".
 */
MUST_CHECK enum err reader_ask(int fd, struct arena *arena, const char **ret);
/* As reader_ask(), of a PDF what it says itself alone: no picture is looked at, so it is soon done. */
MUST_CHECK enum err reader_ask_text(int fd, struct arena *arena, const char **ret);

struct reader_settings {
	const char *program; /* path; "": portal-reader beside this program */
};

extern struct reader_settings reader_settings;
extern const struct settings reader_settings_table;

#endif
