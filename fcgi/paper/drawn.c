#include "fcgi/paper/drawn.h"

#include <stdlib.h>
#include <string.h>

#include "fcgi/base/log.h"

cairo_status_t
drawn_append(void *drawn, const unsigned char *bytes, unsigned size)
{
	struct drawn *d = drawn;

	if (size > d->cap - d->size) {
		size_t cap = (d->cap + size) * 2;
		unsigned char *grown = arena_alloc(d->arena, cap);

		if (d->size)
			memcpy(grown, d->bytes, d->size);
		d->bytes = grown;
		d->cap = cap;
	}
	memcpy(d->bytes + d->size, bytes, size);
	d->size += size;
	return CAIRO_STATUS_SUCCESS;
}

void
drawn_give_up(const char *what, cairo_status_t status)
{
	log_line(LOG_ERROR, what, "reason=\"%s\"", cairo_status_to_string(status));
	abort();
}
