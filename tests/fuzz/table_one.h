#ifndef TESTS_FUZZ_TABLE_ONE_H
#define TESTS_FUZZ_TABLE_ONE_H

#include <string.h>
#include <unistd.h>

#include "fcgi/table/read.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/zip_made.h"

/* Whatever a file holds, a row keeps to its limits, and what is refused is told why. */
static enum err
table_one_row(void *context, int64_t line, const char *const cells[], size_t count)
{
	char day[TABLE_DAY_SIZE];
	bool some = false;

	(void)context;
	(void)line;
	must(count > 0 && count <= TABLE_CELLS_MAX);
	for (size_t i = 0; i < count; i++) {
		must(strlen(cells[i]) < TABLE_CELL_MAX);
		must(strlen(table_day(cells[i], day)) < TABLE_CELL_MAX);
		(void)table_is_shortened(cells[i]);
		some = some || *cells[i];
	}
	must(some);
	return ERR_OK;
}

static inline void
table_one(int fd,
    enum err (*read_it)(int fd, table_row_read *row, void *context, char fault[TABLE_FAULT_SIZE]))
{
	char fault[TABLE_FAULT_SIZE];

	must(fd >= 0);
	enum err e = read_it(fd, table_one_row, NULL, fault);
	must(e == ERR_OK || e == ERR_INVALID);
	must((e == ERR_OK) == !*fault);
	close(fd);
}

#endif
