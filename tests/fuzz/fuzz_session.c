/* Any Cookie header, and anything in Redis under it: someone is signed in or nobody is. */
#include <string.h>

#include "fcgi/http/config.h"
#include "fcgi/http/session.h"
#include "fcgi/store/kv.h"
#include "tests/fuzz/fuzz.h"

static const char *cookies;

/* fcgi/store/kv.h over nothing: every key has this value; NULL for none. */
static const char *kept;

enum err
kv_get(struct kv *kv, struct arena *arena, const struct kv_family *family, const char *key,
    const char **ret)
{
	(void)kv, (void)family, (void)key;
	if (!kept)
		return ERR_NOT_FOUND;
	*ret = arena_strndup(arena, kept, strlen(kept));
	return ERR_OK;
}

enum err
kv_get_fresh(struct kv *kv, struct arena *arena, const struct kv_family *family, const char *key,
    const char **ret)
{
	return kv_get(kv, arena, family, key, ret);
}

enum err
kv_take(struct kv *kv, struct arena *arena, const struct kv_family *family, const char *key,
    const char **ret)
{
	return kv_get(kv, arena, family, key, ret);
}

enum err
kv_set(struct kv *kv, const struct kv_family *family, const char *key, const char *value)
{
	(void)kv, (void)family, (void)key, (void)value;
	return ERR_OK;
}

enum err
kv_replace(struct kv *kv, const struct kv_family *family, const char *key, const char *value)
{
	return kv_set(kv, family, key, value);
}

enum err
kv_count(struct kv *kv, const struct kv_family *family, const char *key, int64_t *ret_count,
    int64_t *ret_left)
{
	*ret_count = 1;
	*ret_left = 60;
	return kv_set(kv, family, key, "");
}

enum err
kv_add(struct kv *kv, const struct kv_family *family, const char *key, const char *member)
{
	return kv_set(kv, family, key, member);
}

enum err
kv_remove(struct kv *kv, const struct kv_family *family, const char *key, const char *member)
{
	return kv_set(kv, family, key, member);
}

enum err
kv_delete(struct kv *kv, const struct kv_family *family, const char *key)
{
	return kv_set(kv, family, key, "");
}

enum err
kv_members(struct kv *kv, struct arena *arena, const struct kv_family *family, const char *key,
    const char *const **ret, size_t *ret_count)
{
	static const char *const members[] = { "member" };

	(void)kv, (void)arena, (void)family, (void)key;
	*ret = members;
	*ret_count = 1;
	return ERR_OK;
}

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
		.session_max = 3600,
		.address_factor = 1 };
	const uint8_t *end = size ? memchr(data, '\n', size) : NULL;
	size_t first = end ? (size_t)(end - data) : size;
	struct req q = { .arena = fuzz_arena(), .config = &config, .header = header };

	q.now = 1700000000;
	q.address = "192.0.2.1";
	cookies = fuzz_text(q.arena, data, first);
	kept = end ? fuzz_text(q.arena, end + 1, size - first - 1) : NULL;
	must(session_load(&q) == ERR_OK && q.session != NULL);
	must(q.session->role <= 31 && json_is_object(q.session->data) && q.session->csrf);
	must(strlen(q.session->id) == 64);
	must(session_save(&q) == ERR_OK && session_end(&q) == ERR_OK);
	must(session_end_all(&q, q.session->role, q.session->user_id, "a", 1, NULL) == ERR_OK);
	json_decref(q.session->data);
	return 0;
}
