/* Any bytes for each checker of files: the first byte says for which. */
#include "handlers/upload/inspect/check.h"
#include "handlers/upload/inspect/foreign.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static enum reason (*const checks[])(struct bytes) = { inspect_pdf, inspect_jpg,
		inspect_png, inspect_mp4, inspect_zip, inspect_rar, inspect_doc, inspect_docx };

	if (size < 2)
		return 0;
	struct bytes file = { data + 1, size - 1 };
	must(checks[data[0] % 8](file) < REASON_COUNT);
	must(!foreign_inside(file, 0) || foreign_in_note(file));
	return 0;
}
