#include "handlers/selftest/diagnosis.h"

#include <string.h>

bool
mistake_is_difference(enum mistake mistake)
{
	return mistake == MISTAKE_NUMBERS_QUOTED_FIRST || mistake == MISTAKE_EMPTIES_DEPTH;
}

void
diagnosis_add(struct diagnosis *d, enum mistake mistake)
{
	bool differs = mistake != MISTAKE_COUNT && mistake_is_difference(mistake) && !d->strict;
	enum mistake *list = differs ? d->differences : d->mistakes;
	size_t *count = differs ? &d->ndifferences : &d->count, at = 0;

	while (at < *count && list[at] < mistake)
		at++;
	if (mistake == MISTAKE_COUNT || *count == DIAGNOSIS_MAX ||
	    (at < *count && list[at] == mistake))
		return;
	memmove(&list[at + 1], &list[at], (*count - at) * sizeof(*list));
	list[at] = mistake;
	++*count;
	if (!differs && mistakes[mistake].step < d->step)
		d->step = mistakes[mistake].step;
}

bool
diagnosis_determined(const struct diagnosis *d)
{
	return d->envelope && d->data_value && !d->unexplained;
}
