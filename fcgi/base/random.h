#ifndef FCGI_BASE_RANDOM_H
#define FCGI_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* Random numbers. Without randomness nothing is safe: that is logged, and the process aborts. */

/* Unpredictable bytes; safe after fork(). */
void random_bytes(void *out, size_t size);
/* Even distribution over 0 .. bound-1. bound must not be 0. */
uint32_t random_below(uint32_t bound);

#endif
