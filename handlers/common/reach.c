#include "handlers/common/reach.h"

#include "handlers/common/who.h"
#include "handlers/rules/procedure/region.h"

const char *
reach_region(const struct req *q)
{
	const char *scope = who_scope(q);

	return *scope ? scope : NULL;
}

enum err
reach_ask(struct req *q, const char *field, const char *code, const char **ret_prefix)
{
	char prefix[REGION_SIZE];

	*ret_prefix = reach_region(q);
	if (!code)
		return ERR_OK;
	if (!region_code_shaped(code))
		return refuse_field(q, field, "请选择医保区划");
	region_prefix(code, prefix);
	/* a province lies in no nation, whatever the digits: by what both hold */
	if (!region_holds(who_scope(q), prefix))
		return refuse_field(q, field, "该区划不由您负责，请选择其他区划");
	*ret_prefix = arena_strndup(q->arena, prefix, REGION_SIZE - 1);
	return ERR_OK;
}

bool
reach_sees(const struct req *q, const struct application *app)
{
	int64_t mine = who_bureau(q);

	return app->round > 0 && mine != 0 &&
	       (mine == app->local_bureau || mine == app->province_bureau ||
		   mine == app->nation_bureau) &&
	       region_holds(who_scope(q), app->region_code);
}

bool
reach_has_at_desk(const struct req *q, const struct application *app)
{
	return reach_sees(q, app) && app->desk_bureau == who_bureau(q);
}

bool
reach_certifies(const struct req *q, const struct unit *unit)
{
	return who_bureau(q) != 0 && unit->manual_bureau == who_bureau(q) &&
	       region_holds(who_scope(q), unit->region_code);
}
