#include "fcgi/http/metrics.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

struct counters {
	_Atomic uint64_t by_class[6]; /* 1xx … 5xx at their first digit */
	_Atomic uint64_t micros;
	_Atomic uint64_t died;
};

static struct counters private, *shared = &private;

void
metrics_init(void)
{
	void *page =
	    mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (page != MAP_FAILED)
		shared = page;
}

void
metrics_count(int status, int64_t micros)
{
	if (status >= 100 && status < 600)
		atomic_fetch_add(&shared->by_class[status / 100], 1);
	atomic_fetch_add(&shared->micros, (uint64_t)micros);
}

void
metrics_worker_died(void)
{
	atomic_fetch_add(&shared->died, 1);
}

const char *
metrics_text(struct arena *arena, size_t *ret_size)
{
	uint64_t n[6];

	for (size_t i = 0; i < 6; i++)
		n[i] = atomic_load(&shared->by_class[i]);
	char *text = arena_printf(arena,
	    "# HELP portal_requests_total Requests answered, by class of status.\n"
	    "# TYPE portal_requests_total counter\n"
	    "portal_requests_total{class=\"2xx\"} %" PRIu64 "\n"
	    "portal_requests_total{class=\"3xx\"} %" PRIu64 "\n"
	    "portal_requests_total{class=\"4xx\"} %" PRIu64 "\n"
	    "portal_requests_total{class=\"5xx\"} %" PRIu64 "\n"
	    "# HELP portal_request_seconds_sum Time spent in requests.\n"
	    "# TYPE portal_request_seconds_sum counter\n"
	    "portal_request_seconds_sum %.6f\n"
	    "# HELP portal_workers_died_total Workers that ended unasked and were replaced.\n"
	    "# TYPE portal_workers_died_total counter\n"
	    "portal_workers_died_total %" PRIu64 "\n",
	    n[2], n[3], n[4], n[5], (double)atomic_load(&shared->micros) / 1e6,
	    atomic_load(&shared->died));
	*ret_size = strlen(text);
	return text;
}
