#include "handlers/common/reach_figures.h"

#include "handlers/common/reach.h"
#include "handlers/common/who.h"
#include "handlers/rules/procedure/region.h"
#include "sql/catalogue/region.h"

enum err
reach_figures(struct req *q, struct bureau *ret)
{
	const char *region = reach_region(q), *name;
	char code[REGION_SIZE];

	if (!region)
		return bureau_get(q->db, q->arena, who_bureau(q), ret);
	region_of_prefix(region, code);
	enum err e =
	    region_has_desk(code) ? bureau_by_region(q->db, q->arena, code, ret) : ERR_NOT_FOUND;
	if (e != ERR_NOT_FOUND)
		return e;
	TRY(region_full_name(q->db, q->arena, code, &name));
	*ret = (struct bureau){ .region_code = arena_strndup(q->arena, code, REGION_SIZE - 1),
		.name = name,
		.level = 3,
		.prefix = region };
	return ERR_OK;
}
