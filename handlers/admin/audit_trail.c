#include "handlers/admin/audit_trail.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/text.h"
#include "fcgi/base/time.h"
#include "fcgi/http/query.h"
#include "fcgi/table/table.h"
#include "handlers/account/login.h"
#include "handlers/account/person.h"
#include "handlers/common/deed.h"
#include "handlers/common/list.h"
#include "handlers/common/mask.h"
#include "handlers/common/who.h"
#include "handlers/rules/check/filename.h"
#include "handlers/rules/check/format.h"
#include "handlers/rules/procedure/date.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/rules/table/names.h"
#include "sql/account/operator.h"
#include "sql/account/staff.h"

#define PAGE 50
#define BATCH 1000
#define DAY_HINT "请填写日期，如 2026-01-31"

/* ---- the filter ------------------------------------------------------------ */

struct asked {
	const char *person, *kind, *object, *address, *deed, *from, *until, *cursor;
};
/* clang-format off */
static const struct choice kinds_of_people[] = {
	{ "staff", "医保局人员", NULL },
	{ "unit", "单位", NULL },
	{ "operator", "经办人", NULL },
	{ NULL, NULL, NULL },
};
#define F(member, ...) FIELD(struct asked, member, __VA_ARGS__)
static const struct field fields[] = {
	F(person, .label = "his account, 统一社会信用代码 or phone", .max = 64,
	  .pii = true, .hint = "没有这个人"),
	F(kind, .label = "of person; staff without", .max = 10, .choices = kinds_of_people,
	  .hint = "请选择人员类别"),
	F(object, .label = "how noun/key begins", .max = 200, .hint = "对象过长，请缩短后再试"),
	F(address, .label = "of the computer", .max = 200, .hint = "地址过长，请核对"),
	F(deed, .label = "noun.verb", .max = 200, .hint = "没有这种操作"),
	F(from, .label = "the first day, yyyy-mm-dd", .max = 20, .hint = DAY_HINT),
	F(until, .label = "the last day", .max = 20, .hint = DAY_HINT),
	F(cursor, .label = "next of the page before", .max = 40),
};
#undef F
/* clang-format on */
const struct form audit_query = FORM("audit_query", fields);

static enum err
person_of_staff(struct req *q, const char *account, struct audit_filter *f)
{
	struct staff staff;
	enum err e = staff_by_account(q->db, q->arena, account, &staff);

	f->first_role = ROLE_OFFICER;
	f->last_role = ROLE_AUDITOR;
	f->user_id = e == ERR_OK ? staff.id : -1;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err
person_of_unit(struct req *q, const char *typed, struct audit_filter *f)
{
	struct unit unit = { 0 };
	bool found;

	TRY(unit_by_login(q, typed, &unit, &found));
	f->first_role = f->last_role = ROLE_UNIT;
	f->user_id = found ? unit.id : -1;
	return ERR_OK;
}

static enum err
person_of_operator(struct req *q, const char *typed, struct audit_filter *f)
{
	char phone[MOBILE_SIZE];
	struct operator o;

	f->first_role = f->last_role = ROLE_OPERATOR;
	f->user_id = -1;
	if (!mobile_normalise(typed, phone))
		return refuse_field(q, "person", "请填写经办人的 11 位手机号");
	enum err e = operator_of(q, phone, &o);
	if (e == ERR_OK)
		f->user_id = o.id;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* Somebody nobody is has done nothing: user_id -1. */
static enum err
read_person(struct req *q, const struct asked *in, struct audit_filter *f)
{
	static const struct {
		const char *kind;
		enum err (*find)(struct req *q, const char *typed, struct audit_filter *f);
	} kinds[] = {
		{ "staff", person_of_staff },
		{ "unit", person_of_unit },
		{ "operator", person_of_operator },
	};

	for (size_t i = 0; in->person && i < COUNT(kinds); i++)
		if (strcmp(in->kind, kinds[i].kind) == 0)
			return kinds[i].find(q, in->person, f);
	return ERR_OK;
}

static enum err
read_day(struct req *q, const char *name, const char *text, int64_t after, int64_t *ret)
{
	int64_t day;

	if (!text)
		return ERR_OK;
	if (!date_parse(text, &day))
		return refuse_field(q, name, DAY_HINT);
	*ret = date_begin(day) + after;
	return ERR_OK;
}

static struct audit_place
read_place(const char *cursor)
{
	struct audit_place place = { INT64_MAX, 0 };

	(void)page_place_read(cursor, &place.at, &place.id);
	return place;
}

static enum err
read_filter(struct req *q, struct audit_filter *ret, struct audit_place *ret_after)
{
	struct asked in = { .kind = "staff" };

	TRY(query_bind(q, &audit_query, &in));
	struct audit_filter f = { .object = in.object,
		.address = in.address,
		.deed = in.deed,
		.until = INT64_MAX };

	TRY(read_person(q, &in, &f));
	TRY(read_day(q, "from", in.from, 0, &f.from));
	TRY(read_day(q, "until", in.until, DAY - 1, &f.until));
	*ret = f;
	*ret_after = read_place(in.cursor);
	return ERR_OK;
}

static const char *
cut(struct req *q, const char *text, size_t bytes)
{
	return text ? text_cut(q->arena, text, bytes) : "";
}

/* What was looked for, so that whoever looks is seen; a phone is not written down. */
static const char *
asked(struct req *q, const struct audit_filter *f)
{
	const struct {
		const char *name, *text;
		size_t most;
	} texts[] = {
		{ "object", f->object, 80 },
		{ "address", f->address, 45 },
		{ "deed", f->deed, 40 },
	};
	const char *all = f->user_id ? arena_printf(q->arena, "person=%lld roles=%u-%u ",
					   (long long)f->user_id, f->first_role, f->last_role)
				     : "";

	for (size_t i = 0; i < COUNT(texts); i++)
		if (texts[i].text)
			all = arena_printf(q->arena, "%s%s=%s ", all, texts[i].name,
			    cut(q, texts[i].text, texts[i].most));
	if (f->from)
		all = arena_printf(q->arena, "%sfrom=%lld ", all, (long long)date_of(f->from));
	if (f->until != INT64_MAX)
		all = arena_printf(q->arena, "%suntil=%lld ", all, (long long)date_of(f->until));
	return all;
}

static enum err
note(struct req *q, enum deed deed, const char *detail)
{
	SQL_TX(tx, q->db);
	TRY(deed_note(q, &tx, deed, "audit", detail));
	return sql_commit(&tx);
}

/* ---- reading ----------------------------------------------------------------- */

static const char *
name_of(struct arena *arena, const struct audit_item *item)
{
	if (!item->name)
		return NULL;
	return item->role == ROLE_OPERATOR ? mask_name(arena, item->name) : item->name;
}

static const char *
role_text(unsigned role)
{
	const struct kind_info *kind = kind_by_code(roles, (int)role);

	return kind ? kind->text : "未登录";
}

struct audit_row_answer {
	struct audit_item item;
	const char *role_text, *name, *deed_text;
};
/* clang-format off */
#define ITEM(member, ...) ANSWER_AS(struct audit_row_answer, item.member, #member, __VA_ARGS__)
/* clang-format on */
static const struct answer_row row_rows[] = {
	ITEM(id),
	ITEM(at, .about = "Unix seconds"),
	ANSWER(struct audit_row_answer, role_text, .about = "as people read it"),
	ITEM(user_id, .about = "in the role's own table; 0 nobody"),
	ITEM(account, .null = true, .about = "of the person as of now"),
	ANSWER(struct audit_row_answer, name, .null = true,
	    .about = "as of now; an operator's masked"),
	ITEM(address),
	ITEM(deed, .about = "noun.verb"),
	ANSWER(struct audit_row_answer, deed_text, .about = "as people read it"),
	ITEM(object, .about = "noun/key"),
	ITEM(detail),
};
#undef ITEM
static const struct answer audit_row_answer =
    ANSWER_TABLE("audit_row", struct audit_row_answer, row_rows);

PAGE_ANSWER(audit_rows, struct audit_row_answer, &audit_row_answer);

enum err
audit_index(struct req *q)
{
	struct audit_place after;
	const struct audit_item *list;
	struct audit_filter filter;
	size_t count;

	TRY(read_filter(q, &filter, &after));
	TRY(audit_search(q->db, q->arena, &filter, after, PAGE + 1, &list, &count));
	if (after.at == INT64_MAX)
		TRY(note(q, DEED_AUDIT_SEARCH, asked(q, &filter)));
	struct audit_row_answer *items = ARENA_ARRAY(q->arena, struct audit_row_answer, count);
	for (size_t i = 0; i < count; i++)
		items[i] = (struct audit_row_answer){
			.item = list[i],
			.role_text = role_text(list[i].role),
			.name = name_of(q->arena, &list[i]),
			.deed_text = deed_text(list[i].deed),
		};
	const struct audit_item *last = count > PAGE ? &list[PAGE - 1] : NULL;
	const struct audit_rows_answer answer = {
		.items = { items, page_rows(count, PAGE) },
		.next = last ? page_place(q->arena, last->at, last->id) : NULL,
	};
	return reply(q, 200, &audit_rows_answer, &answer);
}

/* ---- 导出 ------------------------------------------------------------------- */

static const struct table_column table_columns[] = {
	{ "时间", 20 },
	{ "角色", 14 },
	{ "账号", 16 },
	{ "姓名", 14 },
	{ "地址", 18 },
	{ "操作", 24 },
	{ "操作代码", 24 },
	{ "对象", 44 },
	{ "详情", 60 },
};
#define COLUMNS (COUNT(table_columns))

const struct answer audit_export_answer = ANSWER_FILE(TABLE_XLSX_MEDIA);

static enum err
add_row(struct arena *arena, struct table *table, const struct audit_item *i)
{
	struct tm tm = time_shanghai(i->at);
	char when[24];

	strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S", &tm);
	return table_row(table,
	    (const char *const[COLUMNS]){ when, role_text(i->role), i->account, name_of(arena, i),
		i->address, deed_text(i->deed), i->deed, i->object, i->detail });
}

static enum err
add_rows(struct req *q, const struct audit_filter *filter, struct arena *arena, struct table *table,
    size_t *ret_rows)
{
	struct audit_place after = { INT64_MAX, 0 };
	const struct audit_item *list;
	size_t count;

	*ret_rows = 0;
	do {
		TRY(audit_search(q->db, arena, filter, after, BATCH, &list, &count));
		for (size_t i = 0; i < count; i++)
			TRY(add_row(arena, table, &list[i]));
		if (count > 0)
			after = (struct audit_place){ list[count - 1].at, list[count - 1].id };
		*ret_rows += count;
		arena_reset(arena);
		if (*ret_rows > AUDIT_EXPORT_MAX)
			return refuse(q, ERR_INVALID,
			    "符合条件的记录超过 50,000 条，请缩小时间范围后再导出");
	} while (count == BATCH);
	return ERR_OK;
}

enum err
audit_export(struct req *q)
{
	struct audit_filter filter;
	struct audit_place any;
	struct table *table;
	const char *bytes = NULL;
	size_t size = 0, rows = 0;

	TRY(read_filter(q, &filter, &any));
	TRY(table_new(TABLE_XLSX, "审计日志", table_columns, COLUMNS, &table));
	struct arena *arena = arena_new((size_t)16 << 20);
	enum err e = add_rows(q, &filter, arena, table, &rows);
	arena_free(arena);
	if (e == ERR_OK)
		e = table_bytes(table, q->arena, &bytes, &size);
	table_free(table);
	TRY(e);
	TRY(note(q, DEED_AUDIT_EXPORT,
	    arena_printf(q->arena, "rows=%zu %.300s", rows, asked(q, &filter))));
	reply_header(q, "Content-Disposition",
	    filename_disposition(q->arena,
		arena_printf(q->arena, "审计日志-%lld.xlsx", (long long)date_of(q->now)), false));
	return reply_bytes(q, table_media_type(TABLE_XLSX), bytes, size);
}
