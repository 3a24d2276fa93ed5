#include "fcgi/base/random.h"

#include <assert.h>
#include <openssl/rand.h>
#include <stdlib.h>

#include "fcgi/base/log.h"

void
random_bytes(void *out, size_t size)
{
	assert(size <= INT32_MAX);
	if (RAND_bytes(out, (int)size) != 1) {
		log_line(LOG_ERROR, "random", "reason=\"no randomness\"");
		abort();
	}
}

uint32_t
random_below(uint32_t bound)
{
	/* The last, incomplete run of `bound` values would favour the small ones. */
	uint32_t limit = UINT32_MAX - UINT32_MAX % bound, value;

	do
		random_bytes(&value, sizeof(value));
	while (value >= limit);
	return value % bound;
}
