#ifndef TESTS_UNIT_PDF_READER_H
#define TESTS_UNIT_PDF_READER_H

#include <CUnit/Basic.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/base/arena.h"

/*
 * What other people's tools (poppler) read in a PDF of ours: the output of
 * "TOOL OPTIONS FILE -" without its white space, so that texts broken over
 * lines are found whole.
 */
static inline char *
read_pdf(struct arena *arena, const char *tool, const unsigned char *pdf, size_t size)
{
	const size_t cap = 65536;
	char path[] = "/tmp/pdf_reader.XXXXXX", command[200], *text = arena_alloc(arena, cap);
	size_t len = 0;
	int fd = mkstemp(path), c;

	CU_ASSERT_EQUAL_FATAL(write(fd, pdf, size), (ssize_t)size);
	close(fd);
	snprintf(command, sizeof(command), "%s %s %s", tool, path,
	    strncmp(tool, "pdftotext", 9) == 0 ? "-" : "");
	FILE *pipe = popen(command, "r");
	CU_ASSERT_PTR_NOT_NULL_FATAL(pipe);
	while ((c = fgetc(pipe)) != EOF && len + 1 < cap)
		if (!isspace(c))
			text[len++] = (char)c;
	CU_ASSERT_EQUAL(pclose(pipe), 0);
	unlink(path);
	return text;
}

/* The ways a text is taken out of a PDF: reading order, as drawn. */
static const char *const ways_to_read[] = { "pdftotext", "pdftotext -raw" };

static inline unsigned
occurrences(const char *text, const char *part)
{
	unsigned count = 0;

	for (; (text = strstr(text, part)); text += strlen(part))
		count++;
	return count;
}

#endif
