#ifndef FCGI_HTTP_METRICS_H
#define FCGI_HTTP_METRICS_H

#include <stddef.h>
#include <stdint.h>

#include "fcgi/base/arena.h"

/*
 * Counters shared by the workers of one master: a page of memory mapped before
 * they are forked, counted with atomic additions.
 */
void metrics_init(void); /* before fork(); counts go nowhere until then */
/* One request answered with this status after so many microseconds. */
void metrics_count(int status, int64_t micros);
void metrics_worker_died(void);
/* Prometheus text format, in the arena. */
const char *metrics_text(struct arena *arena, size_t *ret_size);

#endif
