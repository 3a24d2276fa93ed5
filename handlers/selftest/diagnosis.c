#include "handlers/selftest/diagnosis.h"

#include <string.h>

void
diagnosis_add(struct diagnosis *d, enum mistake mistake)
{
	size_t at = 0;

	while (at < d->count && d->mistakes[at] < mistake)
		at++;
	if (d->count == DIAGNOSIS_MAX || (at < d->count && d->mistakes[at] == mistake))
		return;
	memmove(&d->mistakes[at + 1], &d->mistakes[at], (d->count - at) * sizeof(d->mistakes[0]));
	d->mistakes[at] = mistake;
	d->count++;
	if (mistakes[mistake].step < d->step)
		d->step = mistakes[mistake].step;
}

bool
diagnosis_determined(const struct diagnosis *d)
{
	return d->envelope && d->data_value && !d->unexplained;
}
