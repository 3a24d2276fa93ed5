#ifndef TESTS_FUZZ_FAKE_KV_H
#define TESTS_FUZZ_FAKE_KV_H

#include "fcgi/kv.h"

/* fcgi/kv.h over nothing: every key has this value; NULL for none. Linked in place of Redis. */
extern const char *fake_kv_value;

#endif
