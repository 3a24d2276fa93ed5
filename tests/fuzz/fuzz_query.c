/* Any query string: what reaches a handler is text, and numbers keep to their limits. */
#include <string.h>

#include "fcgi/base/text.h"
#include "fcgi/http/request.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct req q = { .arena = fuzz_arena() };

	query_read(&q, fuzz_text(q.arena, data, size));
	must(q.nquery <= QUERY_MAX);
	for (size_t i = 0; i < q.nquery; i++) {
		must(text_length(q.query[i].name, false) >= 0);
		must(text_length(q.query[i].value, false) >= 0);
		must(query_get(&q, q.query[i].name) != NULL);
		int64_t n = query_int(&q, q.query[i].name, -5, 50, 7);
		must(n >= -5 && n <= 50);
		char *trimmed = text_trimmed(q.arena, q.query[i].value);
		must(strlen(trimmed) <= strlen(q.query[i].value));
		must(text_is_blank(q.query[i].value) == !*trimmed);
	}
	return 0;
}
