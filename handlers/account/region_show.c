#include "handlers/account/open.h"
#include "handlers/rules/procedure/region.h"
#include "sql/catalogue/region.h"

enum err
region_show(struct req *q)
{
	static const char *const kinds[] = { "", "area", "direct", "placeholder" };
	const char *parent = query_get(q, "parent");
	const struct region *list;
	size_t count;

	if (!parent || !*parent)
		parent = REGION_NATION_CODE;
	if (!region_code_shaped(parent))
		return ERR_NOT_FOUND;
	TRY(region_list(q->db, q->arena, parent, &list, &count));
	json_t *items = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(items,
		    json_pack("{ss ss si ss sb}", "code", list[i].code, "name", list[i].name,
			"level", (int)list[i].level, "kind", kinds[list[i].kind & 3], "leaf",
			list[i].leaf));
	return reply_json(q, 200, json_pack("{so}", "items", items));
}
