#ifndef TESTS_SUPPORT_ZIP_MADE_H
#define TESTS_SUPPORT_ZIP_MADE_H

#include <stddef.h>

/* An archive of parts that are not packed, made in memory: for readers of .xlsx. */
struct zip_part {
	const char *name;
	const void *bytes;
	size_t size;
};

/* A file without a name that holds it; the caller's to close. -1 when there is no memory. */
int zip_made(const struct zip_part *parts, size_t count);
/* The same of any bytes. */
int file_made(const void *bytes, size_t size);

#endif
