#ifndef TESTS_FAKES_FAULTS_H
#define TESTS_FAKES_FAULTS_H

#include "fcgi/err.h"

/*
 * What all fakes share: every call of a store or of Redis is counted, and one
 * of them can be made to fail. The fakes stand in for sql/ and fcgi/kv.c at
 * link time, so a handler is tested as it is.
 */
extern struct faults {
	unsigned calls;
	unsigned fail_at; /* that call (1 = first) answers ERR_UNAVAILABLE; 0 none */
	unsigned begun, committed, rolled_back; /* transactions */
} faults;

/* Counts one call. ERR_UNAVAILABLE when it is the one to fail. */
MUST_CHECK enum err faults_call(void);

#endif
