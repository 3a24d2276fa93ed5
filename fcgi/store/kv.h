#ifndef FCGI_STORE_KV_H
#define FCGI_STORE_KV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fcgi/base/arena.h"
#include "fcgi/base/err.h"

/*
 * Redis, for what may be lost: sessions, codes, counters. A few
 * commands over families of keys "family:key". Values travel as arguments,
 * never in the command's text. A lost connection is opened again by the next
 * call; every function answers ERR_UNAVAILABLE while the server is away.
 * A key of more than about 150 bytes is ERR_INTERNAL. Processes that use this
 * ignore SIGPIPE.
 */
struct kv;

struct kv_family {
	const char *name;
	unsigned lifetime; /* seconds */
};

/* Never fails: connects at first use. timeout in seconds. */
struct kv *kv_new(const char *socket, unsigned timeout);
void kv_free(struct kv *kv); /* NULL is fine */
MUST_CHECK enum err kv_ping(struct kv *kv);

MUST_CHECK enum err
kv_set(struct kv *kv, const struct kv_family *family, const char *key, const char *value);
/* As kv_set, only when there is none: ERR_CONFLICT. */
MUST_CHECK enum err
kv_set_new(struct kv *kv, const struct kv_family *family, const char *key, const char *value);
/* As kv_set, only when there is one: ERR_NOT_FOUND. */
MUST_CHECK enum err
kv_replace(struct kv *kv, const struct kv_family *family, const char *key, const char *value);
/* ERR_NOT_FOUND. */
MUST_CHECK enum err kv_get(struct kv *kv, struct arena *arena, const struct kv_family *family,
    const char *key, const char **ret);
/* As kv_get, and its lifetime begins anew. */
MUST_CHECK enum err kv_get_fresh(struct kv *kv, struct arena *arena, const struct kv_family *family,
    const char *key, const char **ret);
/* As kv_get, and it is gone: of several callers one gets it. */
MUST_CHECK enum err kv_take(struct kv *kv, struct arena *arena, const struct kv_family *family,
    const char *key, const char **ret);
MUST_CHECK enum err kv_delete(struct kv *kv, const struct kv_family *family, const char *key);

/*
 * Count one more; the counter's lifetime begins with its first. *ret_count is
 * the new count, *ret_left the seconds it still lives; either may be NULL.
 */
MUST_CHECK enum err kv_count(struct kv *kv, const struct kv_family *family, const char *key,
    int64_t *ret_count, int64_t *ret_left);
/* The count so far (0 for none) and its seconds left. */
MUST_CHECK enum err kv_counted(struct kv *kv, const struct kv_family *family, const char *key,
    int64_t *ret_count, int64_t *ret_left);

/* Sets of short texts. */
MUST_CHECK enum err
kv_add(struct kv *kv, const struct kv_family *family, const char *key, const char *member);
MUST_CHECK enum err
kv_remove(struct kv *kv, const struct kv_family *family, const char *key, const char *member);
MUST_CHECK enum err kv_members(struct kv *kv, struct arena *arena, const struct kv_family *family,
    const char *key, const char *const **ret, size_t *ret_count);

#endif
