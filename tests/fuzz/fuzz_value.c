/* Any bytes as the JSON of an envelope: read, written, and read again it is the same. */
#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/selftest/value_read.h"
#include "handlers/selftest/value_write.h"
#include "tests/fuzz/fuzz.h"

static const char *
written(struct arena *arena, const struct value *value, const struct value_style *style)
{
	struct written out = { .arena = arena };

	value_write(&out, value, style);
	return text_of(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct value_style whole = { .order = ORDER_SENT, .empties = EMPTIES_KEPT };
	static const struct value_style styles[] = { { 0 },
		{ .spaces = SPACES_BOTH, .escape = ESCAPE_LOWER },
		{ .escape = ESCAPE_UPPER, .quotes = QUOTES_ALL },
		{ .escape = ESCAPE_SLASH, .quotes = QUOTES_NONE },
		{ .empties = EMPTIES_LISTS_KEPT, .order = ORDER_HASH },
		{ .order = ORDER_PERMUTED, .permutation = 5000, .numbers = NUMBERS_PYTHON } };
	struct arena *arena = fuzz_arena();
	const struct value *value, *again;

	if (size > 16384 || value_read(arena, (const char *)data, size, &value) != ERR_OK)
		return 0;
	const char *first = written(arena, value, &whole);
	must(value_read(arena, first, strlen(first), &again) == ERR_OK);
	must(strcmp(written(arena, again, &whole), first) == 0);
	for (size_t i = 0; i < COUNT(styles); i++)
		if (!value_dropped(value, &styles[i])) {
			const char *text = written(arena, value, &styles[i]);

			must(value_read(arena, text, strlen(text), &again) == ERR_OK);
		}
	(void)value_text(value, "appId");
	return 0;
}
