#include <string.h>

#include "fcgi/http/query.h"
#include "handlers/common/deed.h"
#include "handlers/common/list.h"
#include "handlers/common/notify.h"
#include "handlers/common/reach.h"
#include "handlers/common/who.h"
#include "handlers/review/certified.h"
#include "handlers/rules/form/certification_form.h"
#include "handlers/rules/procedure/region.h"
#include "handlers/unit/check_answer.h"
#include "handlers/unit/unit_answer.h"
#include "handlers/upload/stored_file.h"
#include "sql/account/certification.h"
#include "sql/application/application_list.h"
#include "sql/catalogue/bureau.h"
#include "sql/catalogue/region.h"

#define PAGE 20

/* ---- who may look ----------------------------------------------------------------- */

/* What begins the codes of the regions he asks for: those of his bureau, and of these the ones he works on. */
static enum err
find_prefix(struct req *q, const char *code, const char **ret)
{
	const char *asked;
	struct bureau mine = { 0 };

	TRY(bureau_get(q->db, q->arena, who_bureau(q), &mine));
	TRY(reach_ask(q, "region", code, &asked));
	if (asked && !region_holds(mine.prefix, asked))
		return refuse_field(q, "region", "该区划不由您负责，请选择其他区划");
	*ret = asked ? asked : mine.prefix;
	return ERR_OK;
}

static bool
was_certified(const struct unit *u)
{
	return u->certification == CERTIFICATION_PASSED ||
	       u->certification == CERTIFICATION_EXPIRED ||
	       u->certification == CERTIFICATION_REVOKED;
}

/* Others do not exist here. */
static enum err
find(struct req *q, struct unit *ret)
{
	struct bureau mine = { 0 };
	struct unit u = { 0 };

	TRY(bureau_get(q->db, q->arena, who_bureau(q), &mine));
	TRY(unit_get(q->db, q->arena, q->id, &u));
	if (!was_certified(&u) || !region_holds(mine.prefix, u.region_code) ||
	    !region_holds(who_scope(q), u.region_code))
		return ERR_NOT_FOUND;
	*ret = u;
	return ERR_OK;
}

/* ---- GET /units --------------------------------------------------------------------- */

struct certified_row_answer {
	struct unit unit;
	const char *region_name, *certification;
	bool by_bureau;
};
static const struct answer_row row_rows[] = {
	ANSWER_AS(struct certified_row_answer, unit.id, "id"),
	ANSWER_AS(struct certified_row_answer, unit.name, "name"),
	ANSWER_AS(struct certified_row_answer, unit.uscc, "uscc"),
	ANSWER_AS(struct certified_row_answer, unit.kind, "kind", .words = INSTITUTION_KIND_WORDS),
	ANSWER(struct certified_row_answer, region_name),
	ANSWER(struct certified_row_answer, certification, .words = certification_words),
	ANSWER_AS(struct certified_row_answer, unit.certified_at, "certified_at", .null = true,
	    .about = "Unix seconds"),
	ANSWER(struct certified_row_answer, by_bureau, .about = "a bureau confirmed it"),
};
static const struct answer row_answer =
    ANSWER_TABLE("certified_row", struct certified_row_answer, row_rows);

PAGE_ANSWER(certified_units, struct certified_row_answer, &row_answer);

struct certified_query {
	const char *state, *region, *search;
	int64_t cursor;
};
/* clang-format off */
#define F(member, ...) FIELD(struct certified_query, member, __VA_ARGS__)
static const struct field query_fields[] = {
	F(state, .label = "passed without", .max = 10, .pattern = "passed|expired|revoked", .hint = "请选择认证状态"),
	F(region, .label = "all of the bureau's without", .max = 6, .hint = "请选择医保区划"),
	F(search, .label = "how name or 统一社会信用代码 begins", .max = SEARCH_MAX, .hint = "搜索内容过长，请缩短后再试"),
	CURSOR_FIELD(struct certified_query),
};
#undef F
/* clang-format on */
const struct form certified_query = FORM("certified_query", query_fields);

static enum err
fill_items(struct req *q, const struct unit *list, size_t count, struct certified_units_answer *ret)
{
	struct certified_row_answer *items =
	    ARENA_ARRAY(q->arena, struct certified_row_answer, count);
	const char *codes[PAGE], *regions[PAGE];

	for (size_t i = 0; i < count; i++)
		codes[i] = list[i].region_code;
	TRY(region_full_names(q->db, q->arena, codes, count, regions));
	for (size_t i = 0; i < count; i++)
		items[i] = (struct certified_row_answer){
			.unit = list[i],
			.region_name = regions[i],
			.certification =
			    kind_by_code(certifications, (int)list[i].certification)->wire,
			.by_bureau = list[i].certified_until != 0,
		};
	ret->items.items = items;
	ret->items.count = count;
	return ERR_OK;
}

enum err
certified_index(struct req *q)
{
	struct certified_query in = { .state = "passed" };
	struct certified_units_answer answer = { 0 };
	const char *prefix = "";
	const struct unit *list;
	size_t count;

	TRY(query_bind(q, &certified_query, &in));
	TRY(find_prefix(q, in.region, &prefix));
	TRY(certified_units(q->db, q->arena, prefix,
	    (unsigned)kind_by_wire(certifications, in.state)->code, in.search, in.cursor, PAGE + 1,
	    &list, &count));
	size_t shown = page_rows(count, PAGE);
	TRY(fill_items(q, list, shown, &answer));
	answer.next = page_next(q->arena, count > shown ? list[shown - 1].id : 0);
	return reply(q, 200, &certified_units_answer, &answer);
}

/* ---- GET /units/{id} ------------------------------------------------------------------ */

struct certified_unit_answer {
	struct unit row;
	const struct unit_answer *unit;
	const struct stored_file_answer *licence;
	const struct unit_checks_answer *checks;
	int64_t running;
};
static const struct answer_row rows[] = {
	ANSWER_AS(struct certified_unit_answer, row.id, "id"),
	ANSWER_AS(struct certified_unit_answer, row.version, "version"),
	ANSWER_ONE(struct certified_unit_answer, unit, &unit_view_answer),
	ANSWER_AS(struct certified_unit_answer, row.certified_at, "certified_at", .null = true,
	    .about = "Unix seconds"),
	ANSWER_AS(struct certified_unit_answer, row.certified_until, "certified_until",
	    .null = true, .about = "by a bureau's word; null: the catalogue decides"),
	ANSWER_AS(struct certified_unit_answer, row.certification_reason, "reason", .null = true),
	ANSWER_ONE(struct certified_unit_answer, licence, &stored_file_answer, .null = true,
	    .about = "营业执照"),
	ANSWER_ONE(struct certified_unit_answer, checks, &unit_checks_answer, .null = true,
	    .about = "what was compared when it was certified"),
	ANSWER(struct certified_unit_answer, running,
	    .about = "applications neither done nor given up"),
};
const struct answer certified_unit_answer =
    ANSWER_TABLE("certified_unit", struct certified_unit_answer, rows);

enum err
certified_show(struct req *q)
{
	struct certified_unit_answer answer = { .row = { 0 } };
	struct unit_answer unit;

	TRY(find(q, &answer.row));
	TRY(stored_file_answer_fill(q, answer.row.licence_upload, &answer.licence));
	TRY(unit_checks_answer_fill(q, answer.row.id, &answer.checks));
	TRY(application_running_count(q->db, q->arena, answer.row.id, &answer.running));
	unit.row = answer.row;
	TRY(unit_answer_fill(q, &unit));
	answer.unit = &unit;
	return reply(q, 200, &certified_unit_answer, &answer);
}

/* ---- POST /units/{id}/revocation -------------------------------------------------------- */

enum err
certified_revoke(struct req *q)
{
	struct certification_revocation_form form = { 0 };
	struct bureau bureau = { 0 };
	struct unit u = { 0 };

	TRY(form_bind(&certification_revocation_form, q, NULL, FORM_SUBMIT, &form));
	TRY(find(q, &u));
	if (u.certification == CERTIFICATION_REVOKED)
		return refuse(q, ERR_WRONG_STATE, "该单位的认证已被撤销");
	if (u.version != form.version)
		return ERR_CONFLICT;
	TRY(bureau_get(q->db, q->arena, who_bureau(q), &bureau));
	SQL_TX(tx, q->db);
	TRY(certification_revoke(&tx, u.id, u.version,
	    arena_printf(q->arena, "%s撤销认证：%s", bureau.name, form.remark), q->now));
	TRY(notify_unit(q, &tx, u.id, NOTICE_CERTIFY_REVOKED,
	    (const char *const[4]){ bureau.name, form.remark }));
	return deed_done(q, &tx, DEED_UNIT_REVOKE,
	    arena_printf(q->arena, "unit/%lld", (long long)u.id), "", 204, NULL);
}
