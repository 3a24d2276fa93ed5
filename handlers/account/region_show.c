#include "fcgi/http/query.h"
#include "handlers/account/open.h"
#include "handlers/common/list.h"
#include "handlers/rules/procedure/region.h"
#include "sql/catalogue/region.h"

struct region_answer {
	struct region row;
	int64_t level;
	const char *kind;
};
static const struct answer_row region_rows[] = {
	ANSWER_AS(struct region_answer, row.code, "code"),
	ANSWER_AS(struct region_answer, row.name, "name"),
	ANSWER(struct region_answer, level, .about = "2 province, 3 prefecture, 4 county"),
	ANSWER(struct region_answer, kind, .words = "area direct placeholder",
	    .about = "direct: 本级; placeholder: no government stands for it"),
	ANSWER_AS(struct region_answer, row.leaf, "leaf", .about = "nothing lies below it"),
};
static const struct answer region_answer =
    ANSWER_TABLE("region", struct region_answer, region_rows);

LIST_ANSWER(regions, struct region_answer, &region_answer);

struct region_query {
	const char *parent;
};
static const struct field query_fields[] = {
	FIELD(struct region_query, parent, .label = "whose; of the nation without", .max = 20,
	    .hint = "没有这个医保区划"),
};
const struct form region_query = FORM("region_query", query_fields);

enum err
region_show(struct req *q)
{
	static const char *const kinds[] = { "", "area", "direct", "placeholder" };
	struct region_query in = { .parent = REGION_NATION_CODE };
	const struct region *list;
	size_t count;

	TRY(query_bind(q, &region_query, &in));
	if (!region_code_shaped(in.parent))
		return ERR_NOT_FOUND;
	TRY(region_list(q->db, q->arena, in.parent, &list, &count));
	struct region_answer *items = ARENA_ARRAY(q->arena, struct region_answer, count);
	for (size_t i = 0; i < count; i++)
		items[i] = (struct region_answer){
			.row = list[i],
			.level = list[i].level,
			.kind = kinds[list[i].kind & 3],
		};
	const struct regions_answer answer = { .items = { items, count } };
	return reply(q, 200, &regions_answer, &answer);
}
