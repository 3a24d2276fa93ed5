#include "handlers/key/credential_row.h"

#include "handlers/common/sealing.h"

const char *
credential_row(const struct req *q, const struct channel_credential *c)
{
	return row_pair(q, row_number(q, c->application_id),
	    arena_printf(q->arena, "%u-%lld", c->environment, (long long)c->serial));
}
