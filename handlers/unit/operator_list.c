#include <string.h>

#include "handlers/common/mask.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/unit/operator.h"
#include "sql/account/operator.h"

static enum err
binding_json(struct req *q, const struct binding *b, bool only, const struct grant *grants,
    size_t ngrants, json_t **ret)
{
	char *phone, *id_no;

	TRY(unseal_text(q, PURPOSE_OPERATOR_PHONE, b->phone_sealed, &phone));
	TRY(unseal_text(q, PURPOSE_OPERATOR_ID, b->id_sealed, &id_no));
	json_t *held = json_array();
	for (size_t i = 0; i < ngrants; i++)
		if (grants[i].operator_id == b->operator_id)
			json_array_append_new(held,
			    json_string(kind_by_code(businesses, (int)grants[i].business)->wire));
	*ret = json_pack("{sI ss ss ss ss so sI sb}", "id", (json_int_t)b->id, "name", b->name,
	    "phone", mask_phone(q->arena, phone), "id_type", b->id_type, "id_no",
	    mask_id(q->arena, id_no), "grants", held, "bound_at", (json_int_t)b->created_at, "only",
	    only);
	return ERR_OK;
}

enum err
operator_list(struct req *q)
{
	const struct binding *list;
	const struct grant *grants;
	size_t count, ngrants;

	TRY(binding_list(q->db, q->arena, who_unit(q), &list, &count));
	TRY(grant_list(q->db, q->arena, who_unit(q), &grants, &ngrants));
	json_auto_t *items = json_array();
	for (size_t i = 0; i < count; i++) {
		json_t *item;

		TRY(binding_json(q, &list[i], count == 1, grants, ngrants, &item));
		json_array_append_new(items, item);
	}
	return reply_json(q, 200, json_pack("{sO}", "items", items));
}
