/* Any Cookie header, and anything in Redis under it: someone is signed in or nobody is. */
#include <string.h>

#include "fcgi/http/config.h"
#include "fcgi/http/session.h"
#include "tests/fuzz/fake_kv.h"
#include "tests/fuzz/fuzz.h"

static const char *cookies;

static const char *
header(const struct req *q, const char *name)
{
	(void)q;
	return strcmp(name, "HTTP_COOKIE") == 0 ? cookies : NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct config config = { .cookie = "jieru",
		.session_idle = 600,
		.session_max = 3600 };
	const uint8_t *end = size ? memchr(data, '\n', size) : NULL;
	size_t first = end ? (size_t)(end - data) : size;
	struct req q = { .arena = fuzz_arena(), .config = &config, .header = header };

	q.now = 1700000000;
	cookies = fuzz_text(q.arena, data, first);
	fake_kv_value = end ? fuzz_text(q.arena, end + 1, size - first - 1) : NULL;
	must(session_load(&q) == ERR_OK && q.session != NULL);
	must(q.session->role <= 31 && json_is_object(q.session->data) && q.session->csrf);
	must(strlen(q.session->id) == 64);
	must(session_save(&q) == ERR_OK && session_end(&q) == ERR_OK);
	must(session_end_all(&q, q.session->role, q.session->user_id, "a", 1, NULL) == ERR_OK);
	json_decref(q.session->data);
	return 0;
}
