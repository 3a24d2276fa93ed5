/* Any method and path: what a row took from it has the shape the row promises. */
#include <string.h>

#include "handlers/site/routes.h"
#include "tests/fuzz/fuzz.h"

static void
find(const struct route_table *table, struct req *q)
{
	enum err e = route_find(table, q);

	must((e == ERR_OK) == (q->route != NULL));
	must(e == ERR_OK || e == ERR_NOT_FOUND || (e == ERR_METHOD && q->nheaders == 1));
	if (e != ERR_OK)
		return;
	must(strcmp(q->route->method, q->method) == 0);
	must(!strstr(q->route->path, "{id}") || q->id > 0);
	must(!strstr(q->route->path, "{key}") ||
	     (strlen(q->key) == 32 && strspn(q->key, "0123456789abcdef") == 32));
	must(!strstr(q->route->path, "{word}") || (*q->word[0] && strlen(q->word[0]) <= 32));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const methods[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE",
		"OPTIONS", "" };
	struct arena *arena = fuzz_arena();

	if (size < 1)
		return 0;
	for (int site = 0; site < 2; site++) {
		struct req q = { .arena = arena, .method = methods[data[0] % 8] };

		q.path = fuzz_text(arena, data + 1, size - 1);
		find(site ? &routes_review : &routes_public, &q);
	}
	return 0;
}
