#ifndef TESTS_FUZZ_FAKE_KV_H
#define TESTS_FUZZ_FAKE_KV_H

#include "fcgi/store/kv.h"

/* fcgi/store/kv.h over nothing: every key has this value; NULL for none. Linked in place of Redis. */
extern const char *fake_kv_value;

#endif
