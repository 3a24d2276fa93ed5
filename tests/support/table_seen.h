#ifndef TESTS_SUPPORT_TABLE_SEEN_H
#define TESTS_SUPPORT_TABLE_SEEN_H

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/table/read.h"
#include "tests/support/suite.h"
#include "tests/support/zip_made.h"

/* What a reader of tables told, as a text: "1:a|b;3:c;". */
static struct seen {
	char text[8192]; /* "1:a|b;3:c;" */
	size_t size, rows;
	int64_t stop_at;
} seen;
static char fault[TABLE_FAULT_SIZE];

static inline void
note(const char *text)
{
	size_t room = sizeof(seen.text) - seen.size;

	seen.size += (size_t)snprintf(seen.text + seen.size, room, "%s", text);
	if (seen.size >= sizeof(seen.text))
		seen.size = sizeof(seen.text) - 1;
}

static inline enum err
on_row(void *context, int64_t line, const char *const cells[], size_t count)
{
	char number[24];

	(void)context;
	seen.rows++;
	snprintf(number, sizeof(number), "%lld:", (long long)line);
	note(number);
	for (size_t i = 0; i < count; i++) {
		note(i ? "|" : "");
		note(cells[i]);
	}
	note(";");
	return seen.stop_at == line ? ERR_CONFLICT : ERR_OK;
}

/* Reads it and closes it. */
static inline enum err
read_made(int fd)
{
	memset(&seen, 0, sizeof(seen));
	memset(fault, 'x', sizeof(fault) - 1);
	enum err e = table_read(fd, on_row, NULL, fault);
	close(fd);
	return e;
}

#endif
