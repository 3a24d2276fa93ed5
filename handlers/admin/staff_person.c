#include "handlers/admin/staff_person.h"

#include <string.h>

#include "handlers/common/sealing.h"
#include "handlers/common/who.h"

enum err
staff_person_of(struct req *q, const struct staff *s, const char **ret_index, const char **ret_also)
{
	char *id_no;

	*ret_index = s->id_index;
	*ret_also = NULL;
	if (!index_text_also(q, PURPOSE_STAFF_ID, ""))
		return ERR_OK; /* one key: what stands in the row is it */
	TRY(unseal_text(q, PURPOSE_STAFF_ID, s->account, s->id_sealed, &id_no));
	*ret_index = index_text(q, PURPOSE_STAFF_ID, id_no);
	*ret_also = index_text_also(q, PURPOSE_STAFF_ID, id_no);
	return ERR_OK;
}

enum err
staff_person_same(struct req *q, const struct staff *a, const struct staff *b, bool *ret)
{
	const char *index, *also;

	TRY(staff_person_of(q, a, &index, &also));
	*ret = a->id == b->id || strcmp(index, b->id_index) == 0 ||
	       (also && strcmp(also, b->id_index) == 0);
	return ERR_OK;
}

enum err
staff_person_free(struct req *q, struct sql_tx *tx, const struct staff *s)
{
	const char *index, *also;
	bool holds;

	TRY(staff_person_of(q, s, &index, &also));
	TRY(staff_person_holds(tx, q->arena, index, also, s, &holds));
	return holds ? refuse(q, ERR_CONFLICT,
			   "该人员已有在用的账号：一人只能担任一种角色，在同一医保局只能有一个账号")
		     : ERR_OK;
}

void
staff_person_seal(struct req *q, const char *id_no, const char *phone, struct staff *s)
{
	s->id_sealed = seal_text(q, PURPOSE_STAFF_ID, s->account, id_no);
	s->id_index = index_text(q, PURPOSE_STAFF_ID, id_no);
	s->phone_sealed = seal_text(q, PURPOSE_STAFF_PHONE, s->account, phone);
}

enum err
staff_other(struct req *q, struct staff *ret)
{
	struct staff own = { 0 };
	bool same;

	TRY(staff_get(q->db, q->arena, q->id, ret));
	TRY(staff_get(q->db, q->arena, who_user(q), &own));
	TRY(staff_person_same(q, &own, ret, &same));
	if (same)
		return refuse(q, ERR_FORBIDDEN, "不能修改本人的账号，请由其他安全管理员操作");
	return ERR_OK;
}
