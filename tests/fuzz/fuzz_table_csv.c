/* Any bytes as a table that somebody imports: text with a separator. */
#include "fcgi/table/csv.h"
#include "tests/fuzz/table_one.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	table_one(file_made(data, size), table_read_csv);
	return 0;
}
