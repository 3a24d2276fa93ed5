#include "handlers/account/reset_unit.h"

#include "fcgi/http/session.h"

#define MEMBER "reset_unit"

enum err
reset_unit_name(struct req *q, int64_t id)
{
	json_object_set_new(q->session->data, MEMBER, json_integer(id));
	return session_save(q);
}

enum err
reset_unit_named(struct req *q, int64_t *ret_id)
{
	const json_t *kept = json_object_get(q->session->data, MEMBER);

	if (!json_is_integer(kept))
		return refuse(q, ERR_WRONG_STATE, "请先填写要找回密码的账号");
	*ret_id = json_integer_value(kept);
	return ERR_OK;
}
