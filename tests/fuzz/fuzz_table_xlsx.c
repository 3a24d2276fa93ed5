/*
 * Any bytes as an .xlsx; those that do not begin as an archive are its parts,
 * each up to a NUL, as no mutation gets through packing and check sums.
 */
#include "fcgi/table/xlsx.h"
#include "tests/fuzz/table_one.h"

#define PARTS 4

static int
made_of(const uint8_t *data, size_t size)
{
	static const char *const names[PARTS] = { "xl/worksheets/sheet1.xml",
		"xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels" };
	struct zip_part parts[PARTS];
	size_t count = 0;

	while (size > 0 && count < PARTS) {
		const uint8_t *end = memchr(data, '\0', size);
		size_t len = end ? (size_t)(end - data) : size;

		parts[count] = (struct zip_part){ names[count], data, len };
		count++;
		data += len + (end != NULL);
		size -= len + (end != NULL);
	}
	return zip_made(parts, count);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	bool archive = size >= 2 && memcmp(data, "PK", 2) == 0;

	table_one(archive ? file_made(data, size) : made_of(data, size), table_read_xlsx);
	return 0;
}
