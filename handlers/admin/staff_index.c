#include <string.h>

#include "handlers/admin/staff.h"
#include "handlers/rules/procedure/region.h"
#include "handlers/rules/table/kinds.h"

#define PAGE 50

/* A parameter; NULL when absent or empty. */
static const char *
given(const struct req *q, const char *name)
{
	const char *text = query_get(q, name);

	return text && *text ? text : NULL;
}

static enum err
read_filter(struct req *q, struct staff_filter *ret)
{
	const char *role = given(q, "role"), *region = given(q, "region"),
		   *state = given(q, "state");
	const struct kind_info *kind = role ? kind_by_wire(roles, role) : NULL;
	char prefix[REGION_SIZE];

	*ret = (struct staff_filter){ .search = given(q, "search"), .disabled = -1 };
	if (role && (!kind || kind->code < ROLE_OFFICER))
		return refuse_field(q, "role", "没有这个角色");
	ret->role = kind ? (unsigned)kind->code : 0;
	if (region && !region_code_shaped(region))
		return refuse_field(q, "region", "请选择医保区划");
	if (region) {
		region_prefix(region, prefix);
		ret->region = arena_strndup(q->arena, prefix, strlen(prefix));
	}
	if (state && strcmp(state, "active") != 0 && strcmp(state, "disabled") != 0)
		return refuse_field(q, "state", "请选择在用或停用");
	if (state)
		ret->disabled = *state == 'd';
	return ERR_OK;
}

static json_t *
scope_json(const char *scope)
{
	char code[REGION_SIZE];

	if (!*scope)
		return json_null();
	region_of_prefix(scope, code);
	return json_string(code);
}

static json_t *
item_json(const struct staff_item *s)
{
	return json_pack("{sI ss ss ss ss ss so sb sb sb sb sI sI}", "id", (json_int_t)s->id,
	    "account", s->account, "name", s->name, "role", kind_by_code(roles, (int)s->role)->wire,
	    "bureau", s->region_code, "bureau_name", s->bureau_name, "scope", scope_json(s->scope),
	    "may_download", s->may_download, "must_change", s->must_change, "disabled", s->disabled,
	    "totp", s->totp, "last_login", (json_int_t)s->last_login, "version",
	    (json_int_t)s->version);
}

enum err
staff_index(struct req *q)
{
	struct staff_filter filter;
	const struct staff_item *list;
	size_t count;

	TRY(read_filter(q, &filter));
	TRY(staff_list(q->db, q->arena, &filter, query_int(q, "cursor", 0, INT64_MAX, 0), PAGE + 1,
	    &list, &count));
	json_t *items = json_array();
	for (size_t i = 0; i < count && i < PAGE; i++)
		json_array_append_new(items, item_json(&list[i]));
	return reply_json(q, 200,
	    json_pack("{so so}", "items", items, "next",
		count > PAGE ? json_sprintf("%lld", (long long)list[PAGE - 1].id) : json_null()));
}

enum err
staff_show(struct req *q)
{
	const struct staff_filter any = { .disabled = -1 };
	const struct staff_item *one;
	size_t count;

	TRY(staff_list(q->db, q->arena, &any, q->id - 1, 1, &one, &count));
	if (count == 0 || one->id != q->id)
		return ERR_NOT_FOUND;
	return reply_json(q, 200, item_json(one));
}
