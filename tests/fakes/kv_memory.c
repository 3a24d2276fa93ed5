#include "tests/fakes/kv_memory.h"

#include <stdlib.h>
#include <string.h>

#include "tests/fakes/sql.h"

#define ENTRIES 1000

struct kv {
	struct entry {
		char *key;   /* "family:key"; NULL for a free place */
		char *value; /* of a set: one entry per member */
		int64_t count;
		int64_t lifetime;
	} entries[ENTRIES];
};

static struct kv memory;
struct kv *const kv_memory = &memory;

static void
clear(struct entry *e)
{
	free(e->key);
	free(e->value);
	*e = (struct entry){ 0 };
}

void
kv_memory_clear(void)
{
	for (size_t i = 0; i < ENTRIES; i++)
		clear(&memory.entries[i]);
}

static bool
is_named(const struct entry *e, const char *family, const char *key)
{
	size_t len = strlen(family);

	return e->key && strncmp(e->key, family, len) == 0 && e->key[len] == ':' &&
	       strcmp(e->key + len + 1, key) == 0;
}

/* member: NULL for whichever. */
static struct entry *
find(const char *family, const char *key, const char *member)
{
	for (size_t i = 0; i < ENTRIES; i++) {
		struct entry *e = &memory.entries[i];

		if (is_named(e, family, key) && (!member || strcmp(e->value, member) == 0))
			return e;
	}
	return NULL;
}

static struct entry *
add(const struct kv_family *family, const char *key, const char *value)
{
	size_t size = strlen(family->name) + strlen(key) + 2;

	for (size_t i = 0; i < ENTRIES; i++) {
		struct entry *e = &memory.entries[i];

		if (e->key)
			continue;
		e->key = malloc(size);
		e->value = strdup(value);
		if (!e->key || !e->value)
			abort();
		stpcpy(stpcpy(stpcpy(e->key, family->name), ":"), key);
		e->lifetime = family->lifetime;
		return e;
	}
	abort(); /* raise ENTRIES */
}

bool
kv_memory_has(const char *family, const char *key)
{
	return find(family, key, NULL) != NULL;
}

enum err
kv_set(struct kv *kv, const struct kv_family *family, const char *key, const char *value)
{
	TRY(fake_call());
	(void)kv;
	struct entry *e = find(family->name, key, NULL);
	if (e)
		clear(e);
	add(family, key, value);
	return ERR_OK;
}

enum err
kv_set_new(struct kv *kv, const struct kv_family *family, const char *key, const char *value)
{
	if (find(family->name, key, NULL))
		return ERR_CONFLICT;
	return kv_set(kv, family, key, value);
}

enum err
kv_replace(struct kv *kv, const struct kv_family *family, const char *key, const char *value)
{
	if (!find(family->name, key, NULL))
		return ERR_NOT_FOUND;
	return kv_set(kv, family, key, value);
}

enum err
kv_get(struct kv *kv, struct arena *arena, const struct kv_family *family, const char *key,
    const char **ret)
{
	TRY(fake_call());
	(void)kv;
	const struct entry *e = find(family->name, key, NULL);
	if (!e)
		return ERR_NOT_FOUND;
	*ret = arena_strndup(arena, e->value, strlen(e->value));
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
	TRY(kv_get(kv, arena, family, key, ret));
	clear(find(family->name, key, NULL));
	return ERR_OK;
}

enum err
kv_delete(struct kv *kv, const struct kv_family *family, const char *key)
{
	TRY(fake_call());
	(void)kv;
	struct entry *e = find(family->name, key, NULL);
	if (e)
		clear(e);
	return ERR_OK;
}

enum err
kv_count(struct kv *kv, const struct kv_family *family, const char *key, int64_t *ret_count,
    int64_t *ret_left)
{
	TRY(fake_call());
	(void)kv;
	struct entry *e = find(family->name, key, NULL);
	if (!e)
		e = add(family, key, "");
	e->count++;
	if (ret_count)
		*ret_count = e->count;
	if (ret_left)
		*ret_left = e->lifetime;
	return ERR_OK;
}

enum err
kv_counted(struct kv *kv, const struct kv_family *family, const char *key, int64_t *ret_count,
    int64_t *ret_left)
{
	TRY(fake_call());
	(void)kv;
	const struct entry *e = find(family->name, key, NULL);
	if (ret_count)
		*ret_count = e ? e->count : 0;
	if (ret_left)
		*ret_left = e ? e->lifetime : 0;
	return ERR_OK;
}

enum err
kv_add(struct kv *kv, const struct kv_family *family, const char *key, const char *member)
{
	TRY(fake_call());
	(void)kv;
	if (!find(family->name, key, member))
		add(family, key, member);
	return ERR_OK;
}

enum err
kv_remove(struct kv *kv, const struct kv_family *family, const char *key, const char *member)
{
	TRY(fake_call());
	(void)kv;
	struct entry *e = find(family->name, key, member);
	if (e)
		clear(e);
	return ERR_OK;
}

enum err
kv_members(struct kv *kv, struct arena *arena, const struct kv_family *family, const char *key,
    const char *const **ret, size_t *ret_count)
{
	TRY(fake_call());
	(void)kv;
	const char **members = arena_alloc(arena, ENTRIES * sizeof(*members));
	size_t count = 0;

	for (size_t i = 0; i < ENTRIES; i++)
		if (is_named(&memory.entries[i], family->name, key))
			members[count++] = arena_strndup(arena, memory.entries[i].value,
			    strlen(memory.entries[i].value));
	*ret = members;
	*ret_count = count;
	return ERR_OK;
}
