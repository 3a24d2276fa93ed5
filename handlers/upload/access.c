#include "handlers/upload/access.h"

#include <string.h>

#include "fcgi/http/config.h"
#include "fcgi/store/file.h"
#include "handlers/common/reach_file.h"
#include "handlers/common/who.h"
#include "handlers/upload/tus/tus.h"
#include "sql/account/operator.h"

#define LICENCE_SLOT "business_licence" /* the unit's own, of no business */

enum err
upload_is_mine(const struct req *q, const struct upload *u)
{
	bool mine = u->role == (unsigned)who_role(q) && u->user_id == who_user(q) &&
		    u->unit_id == who_unit(q);

	return mine ? ERR_OK : ERR_NOT_FOUND;
}

enum err
upload_goes_on(const struct req *q, const struct upload *u)
{
	bool over = u->state == UPLOAD_PARTIAL && u->updated_at < q->now - TUS_AGE;

	TRY(upload_is_mine(q, u));
	return over || u->state == UPLOAD_REFUSED ? ERR_NOT_FOUND : ERR_OK;
}

enum err
upload_slot_open(struct req *q, const char *slot, bool *ret)
{
	*ret = who_role(q) != ROLE_OPERATOR || strcmp(slot, LICENCE_SLOT) == 0;
	return *ret ? ERR_OK
		    : grant_holds(q->db, q->arena, who_unit(q), BUSINESS_MOBILE_PAYMENT,
			  who_user(q), ret);
}

static enum err
may_read(struct req *q, const struct upload *u, bool *ret)
{
	*ret = false;
	switch (who_role(q)) {
	case ROLE_UNIT:
	case ROLE_OPERATOR:
		*ret = who_unit(q) != 0 && u->unit_id == who_unit(q);
		return *ret ? upload_slot_open(q, u->slot, ret) : ERR_OK;
	case ROLE_OFFICER:
		return u->state == UPLOAD_STORED ? reach_reads(q, u->id, ret) : ERR_OK;
	case ROLE_NONE:
	case ROLE_SYSADMIN:
	case ROLE_SECADMIN:
	case ROLE_AUDITOR:
		break;
	}
	return ERR_OK;
}

enum err
upload_to_read(struct req *q, struct upload *ret)
{
	struct upload u;
	bool may;

	TRY(upload_get(q->db, q->arena, q->key, &u));
	TRY(may_read(q, &u, &may));
	if (!may)
		return ERR_NOT_FOUND;
	*ret = u;
	return ERR_OK;
}

enum err
upload_durable(const struct req *q, struct upload *u)
{
	int64_t size;

	if (u->state != UPLOAD_PARTIAL)
		return ERR_OK;
	TRY(file_size(q->config->store, u->id, &size));
	u->received = size < u->received ? size : u->received;
	return ERR_OK;
}

const char *
upload_object(struct req *q, const char *id)
{
	return arena_printf(q->arena, "upload/%s", id);
}
