#include "tests/fuzz/fake_kv.h"

#include <string.h>

const char *fake_kv_value;

enum err
kv_get(struct kv *kv, struct arena *arena, const struct kv_family *family, const char *key,
    const char **ret)
{
	(void)kv, (void)family, (void)key;
	if (!fake_kv_value)
		return ERR_NOT_FOUND;
	*ret = arena_strndup(arena, fake_kv_value, strlen(fake_kv_value));
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
