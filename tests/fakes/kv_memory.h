#ifndef TESTS_FAKES_KV_MEMORY_H
#define TESTS_FAKES_KV_MEMORY_H

#include <stdbool.h>

#include "fcgi/store/kv.h"

/* Stands in for fcgi/store/kv.c: Redis as a small table, where nothing ever dies of age. */
extern struct kv *const kv_memory;

void kv_memory_clear(void);
/* Is there a value, counter or member under "family:key"? */
bool kv_memory_has(const char *family, const char *key);

#endif
