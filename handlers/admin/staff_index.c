#include <string.h>

#include "fcgi/http/query.h"
#include "handlers/admin/staff.h"
#include "handlers/common/list.h"
#include "handlers/rules/procedure/region.h"
#include "handlers/rules/table/kinds.h"

#define PAGE 50

struct staff_row_answer {
	struct staff_item item;
	const char *role, *scope;
};
/* clang-format off */
#define ITEM(member, ...) ANSWER_AS(struct staff_row_answer, item.member, #member, __VA_ARGS__)
/* clang-format on */
static const struct answer_row row_rows[] = {
	ITEM(id),
	ITEM(account),
	ITEM(name),
	ANSWER(struct staff_row_answer, role, .words = STAFF_ROLE_WORDS),
	ANSWER_AS(struct staff_row_answer, item.region_code, "bureau",
	    .about = "code of its region"),
	ITEM(bureau_name),
	ANSWER(struct staff_row_answer, scope, .null = true,
	    .about = "code of the region inside the bureau's he works on; null: all of it"),
	ITEM(may_download),
	ITEM(must_change, .about = "his password is one that somebody else made"),
	ITEM(disabled),
	ITEM(totp, .about = "he has an authenticator"),
	ITEM(last_login, .about = "Unix seconds; 0 never"),
	ITEM(version),
};
#undef ITEM
const struct answer staff_row_answer = ANSWER_TABLE("staff_row", struct staff_row_answer, row_rows);

PAGE_ANSWER(staff_rows, struct staff_row_answer, &staff_row_answer);

struct staff_query {
	const char *search, *role, *region, *state;
	int64_t cursor;
};
/* clang-format off */
static const struct choice states[] = {
	{ "active", "在用", NULL },
	{ "disabled", "停用", NULL },
	{ NULL, NULL, NULL },
};
#define F(member, ...) FIELD(struct staff_query, member, __VA_ARGS__)
static const struct field query_fields[] = {
	F(search, .label = "part of account or name", .max = SEARCH_MAX, .hint = "搜索内容过长，请缩短后再试"),
	F(role, .label = "any without", .max = 20, .pattern = "officer|sysadmin|secadmin|auditor", .hint = "没有这个角色"),
	F(region, .label = "whose bureaus; all without", .max = 6, .hint = "请选择医保区划"),
	F(state, .label = "any without", .max = 10, .choices = states, .hint = "请选择在用或停用"),
	CURSOR_FIELD(struct staff_query),
};
#undef F
/* clang-format on */
const struct form staff_query = FORM("staff_query", query_fields);

static enum err
read_filter(struct req *q, const struct staff_query *in, struct staff_filter *ret)
{
	char prefix[REGION_SIZE];

	*ret = (struct staff_filter){ .search = in->search, .disabled = -1 };
	if (in->role)
		ret->role = (unsigned)kind_by_wire(roles, in->role)->code;
	if (in->region && !region_code_shaped(in->region))
		return refuse_field(q, "region", "请选择医保区划");
	if (in->region) {
		region_prefix(in->region, prefix);
		ret->region = arena_strndup(q->arena, prefix, strlen(prefix));
	}
	if (in->state)
		ret->disabled = *in->state == 'd';
	return ERR_OK;
}

static const char *
scope_of(struct arena *arena, const char *prefix)
{
	char code[REGION_SIZE];

	if (!*prefix)
		return NULL;
	region_of_prefix(prefix, code);
	return arena_strndup(arena, code, strlen(code));
}

static struct staff_row_answer
row_of(struct arena *arena, const struct staff_item *item)
{
	return (struct staff_row_answer){
		.item = *item,
		.role = kind_by_code(roles, (int)item->role)->wire,
		.scope = scope_of(arena, item->scope),
	};
}

enum err
staff_index(struct req *q)
{
	struct staff_query in = { 0 };
	struct staff_filter filter;
	const struct staff_item *list;
	size_t count;

	TRY(query_bind(q, &staff_query, &in));
	TRY(read_filter(q, &in, &filter));
	TRY(staff_list(q->db, q->arena, &filter, in.cursor, PAGE + 1, &list, &count));
	struct staff_row_answer *items = ARENA_ARRAY(q->arena, struct staff_row_answer, count);
	for (size_t i = 0; i < count; i++)
		items[i] = row_of(q->arena, &list[i]);
	const struct staff_rows_answer answer = {
		.items = { items, page_rows(count, PAGE) },
		.next = page_next(q->arena, count > PAGE ? list[PAGE - 1].id : 0),
	};
	return reply(q, 200, &staff_rows_answer, &answer);
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
	const struct staff_row_answer answer = row_of(q->arena, one);
	return reply(q, 200, &staff_row_answer, &answer);
}
