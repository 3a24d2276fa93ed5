/* Any query string: what reaches a handler is text, and numbers keep to their limits. */
#include <string.h>

#include "fcgi/base/text.h"
#include "fcgi/http/query.h"
#include "fcgi/http/request.h"
#include "tests/fuzz/fuzz.h"

struct asked {
	int64_t number;
	const char *text;
};
static const struct field fields[] = {
	FIELD(struct asked, number, .min = -5, .max = 50),
	FIELD(struct asked, text, .max = 10),
};
static const struct form asked = FORM("asked", fields);

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
		char *trimmed = text_trimmed(q.arena, q.query[i].value);
		must(strlen(trimmed) <= strlen(q.query[i].value));
		must(text_is_blank(q.query[i].value) == !*trimmed);
	}
	struct asked in = { .number = 7 };
	if (query_bind(&q, &asked, &in) == ERR_OK)
		must(in.number >= -5 && in.number <= 50 && (!in.text || strlen(in.text) <= 40));
	return 0;
}
