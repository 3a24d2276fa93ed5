#include <string.h>

#include "fcgi/http/query.h"
#include "handlers/admin/staff.h"
#include "handlers/admin/staff_scope.h"
#include "handlers/common/deed.h"
#include "handlers/common/list.h"
#include "handlers/common/mask.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/table/kinds.h"
#include "sql/account/staff_request.h"

#define PAGE 50

/* The account as it is, or as it is to be. */
struct state_answer {
	const char *name, *bureau, *role, *scope, *phone;
	bool may_download;
};
static const struct answer_row state_rows[] = {
	ANSWER(struct state_answer, name),
	ANSWER(struct state_answer, bureau, .about = "its name"),
	ANSWER(struct state_answer, role, .words = STAFF_ROLE_WORDS),
	ANSWER(struct state_answer, scope, .null = true,
	    .about = "code of the region inside the bureau's; null: all of it"),
	ANSWER(struct state_answer, phone, .null = true, .about = "masked; null: stays"),
	ANSWER(struct state_answer, may_download),
};
static const struct answer state_answer =
    ANSWER_TABLE("staff_state", struct state_answer, state_rows);

struct staff_request_answer {
	struct staff_request_item item;
	const char *kind, *state, *asked_by;
	bool own;
	const struct state_answer *now, *wanted;
};
/* clang-format off */
#define ITEM(member, ...) ANSWER_AS(struct staff_request_answer, item.member, #member, __VA_ARGS__)
/* clang-format on */
static const struct answer_row request_rows[] = {
	ITEM(id),
	ANSWER(struct staff_request_answer, kind, .words = staff_request_kind_words),
	ANSWER(struct staff_request_answer, state, .words = staff_request_state_words),
	ITEM(account),
	ANSWER_ONE(struct staff_request_answer, now, &state_answer, .null = true,
	    .about = "null: there is no such account yet"),
	ANSWER_ONE(struct staff_request_answer, wanted, &state_answer, .null = true,
	    .about = "of create and change"),
	ITEM(reason),
	ANSWER(struct staff_request_answer, own, .about = "asked for by whoever reads this"),
	ITEM(asked_by_name),
	ITEM(asked_by_account),
	ITEM(asked_at, .about = "Unix seconds"),
	ITEM(until, .about = "Unix seconds: it waits until then"),
	ITEM(decided_by_name, .null = true),
	ITEM(decided_at, .null = true, .about = "Unix seconds"),
	ITEM(note, .null = true, .about = "why it was refused"),
};
#undef ITEM
static const struct answer request_answer =
    ANSWER_TABLE("staff_request", struct staff_request_answer, request_rows);

PAGE_ANSWER(staff_requests, struct staff_request_answer, &request_answer);

static const char *
role_wire(unsigned role)
{
	return kind_by_code(roles, (int)role)->wire;
}

static enum err
wanted_of(struct req *q, const struct staff_request_item *i, struct state_answer *ret)
{
	char *phone;

	TRY(unseal_text(q, PURPOSE_STAFF_REQUEST_PHONE,
	    row_pair(q, i->account, row_number(q, i->asked_at)), i->phone_sealed, &phone));
	*ret = (struct state_answer){ .name = i->name,
		.bureau = i->bureau_name,
		.role = role_wire(i->role),
		.scope = staff_scope_code(q->arena, i->scope),
		.phone = mask_phone(q->arena, phone),
		.may_download = i->may_download };
	return ERR_OK;
}

static enum err
row_of(struct req *q, const struct staff_request_item *i, struct staff_request_answer *ret)
{
	bool over = i->state == STAFF_REQUEST_WAITING && i->until <= q->now;
	unsigned state = over ? STAFF_REQUEST_LAPSED : i->state;

	*ret = (struct staff_request_answer){ .item = *i,
		.kind = kind_by_code(staff_request_kinds, (int)i->kind)->wire,
		.state = kind_by_code(staff_request_states, (int)state)->wire,
		.own = i->asked_by == who_user(q) };
	if (i->staff_id && i->old_name) {
		struct state_answer *now = ARENA_ARRAY(q->arena, struct state_answer, 1);

		*now = (struct state_answer){ .name = i->old_name,
			.bureau = i->old_bureau,
			.role = role_wire(i->old_role),
			.scope = staff_scope_code(q->arena, i->old_scope),
			.may_download = i->old_may_download };
		ret->now = now;
	}
	if (i->kind == STAFF_REQUEST_CREATE || i->kind == STAFF_REQUEST_CHANGE) {
		struct state_answer *wanted = ARENA_ARRAY(q->arena, struct state_answer, 1);

		TRY(wanted_of(q, i, wanted));
		ret->wanted = wanted;
	}
	return ERR_OK;
}

struct staff_request_query {
	const char *view;
	int64_t cursor;
};
/* clang-format off */
static const struct choice views[] = {
	{ "waiting", "待复核", NULL },
	{ "settled", "已处理", NULL },
	{ NULL, NULL, NULL },
};
static const struct field query_fields[] = {
	FIELD(struct staff_request_query, view, .label = "waiting without", .max = 10, .choices = views, .hint = "请选择待复核或已处理"),
	CURSOR_FIELD(struct staff_request_query),
};
/* clang-format on */
const struct form staff_request_query = FORM("staff_request_query", query_fields);

enum err
staff_request_index(struct req *q)
{
	struct staff_request_query in = { 0 };
	const struct staff_request_item *list;
	size_t count;

	TRY(query_bind(q, &staff_request_query, &in));
	bool waiting = !in.view || strcmp(in.view, "settled") != 0;
	TRY(staff_request_list(q->db, q->arena, waiting, q->now, in.cursor, PAGE + 1, &list,
	    &count));
	struct staff_request_answer *items =
	    ARENA_ARRAY(q->arena, struct staff_request_answer, count);
	for (size_t i = 0; i < count; i++)
		TRY(row_of(q, &list[i], &items[i]));
	const struct staff_requests_answer answer = {
		.items = { items, page_rows(count, PAGE) },
		.next = page_next(q->arena, count > PAGE ? list[PAGE - 1].id : 0),
	};
	return reply(q, 200, &staff_requests_answer, &answer);
}

struct count_answer {
	int64_t waiting;
};
static const struct answer_row count_rows[] = {
	ANSWER(struct count_answer, waiting, .about = "for whoever reads this: not his own"),
};
const struct answer staff_request_count_answer =
    ANSWER_TABLE("staff_request_count", struct count_answer, count_rows);

enum err
staff_request_count(struct req *q)
{
	struct count_answer answer;

	TRY(staff_request_waiting(q->db, q->arena, who_user(q), q->now, &answer.waiting));
	return reply(q, 200, &staff_request_count_answer, &answer);
}

enum err
staff_request_withdraw(struct req *q)
{
	struct staff_request r;

	SQL_TX(tx, q->db);
	TRY(staff_request_lock(&tx, q->arena, q->id, &r));
	if (r.asked_by != who_user(q))
		return ERR_NOT_FOUND;
	enum err e =
	    staff_request_settle(&tx, r.id, STAFF_REQUEST_WITHDRAWN, who_user(q), q->now, NULL);
	if (e == ERR_CONFLICT)
		return refuse(q, e, "该申请已处理或已过期，请刷新后查看");
	TRY(e);
	return deed_done(q, &tx, DEED_STAFF_WITHDRAW, arena_printf(q->arena, "staff/%s", r.account),
	    arena_printf(q->arena, "request=%lld", (long long)r.id), 204, NULL);
}
