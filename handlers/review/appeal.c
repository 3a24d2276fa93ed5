#include "handlers/review/appeal.h"

#include <string.h>

#include "fcgi/http/query.h"
#include "handlers/common/deed.h"
#include "handlers/common/list.h"
#include "handlers/common/notify.h"
#include "handlers/common/reach.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/certification_form.h"
#include "handlers/rules/procedure/region.h"
#include "handlers/unit/unit_answer.h"
#include "handlers/upload/stored_file.h"
#include "sql/account/appeal.h"
#include "sql/account/certification.h"
#include "sql/account/operator.h"
#include "sql/application/application_list.h"
#include "sql/catalogue/bureau.h"

#define PAGE 20

/* Others do not exist here. */
static enum err
find(struct req *q, struct appeal *ret)
{
	struct appeal a = { 0 };

	TRY(appeal_get(q->db, q->arena, q->id, &a));
	if (who_bureau(q) == 0 || a.bureau_id != who_bureau(q) || a.state == APPEAL_BEGUN ||
	    !region_holds(who_scope(q), a.region_code))
		return ERR_NOT_FOUND;
	*ret = a;
	return ERR_OK;
}

static const char *
object(struct req *q, const struct appeal *a)
{
	return arena_printf(q->arena, "appeal/%lld", (long long)a->id);
}

static const char *
state_wire(const struct appeal *a)
{
	return kind_by_code(appeal_states, (int)a->state)->wire;
}

/* ---- GET /appeals -------------------------------------------------------------------- */

struct appeal_row_answer {
	struct appeal row;
	const char *state;
};
static const struct answer_row row_rows[] = {
	ANSWER_AS(struct appeal_row_answer, row.id, "id"),
	ANSWER_AS(struct appeal_row_answer, row.name, "name", .about = "in the catalogue"),
	ANSWER_AS(struct appeal_row_answer, row.uscc, "uscc"),
	ANSWER(struct appeal_row_answer, state, .words = appeal_words),
	ANSWER_AS(struct appeal_row_answer, row.created_at, "since", .about = "Unix seconds"),
};
static const struct answer row_answer =
    ANSWER_TABLE("appeal_row", struct appeal_row_answer, row_rows);

PAGE_ANSWER(appeals, struct appeal_row_answer, &row_answer);

struct appeal_query {
	const char *view;
	int64_t cursor;
};
static const struct choice views[] = {
	{ "pending", "待核实", NULL },
	{ "done", "已答复", NULL },
	{ NULL, NULL, NULL },
};
static const struct field query_fields[] = {
	FIELD(struct appeal_query, view, .label = "pending without", .max = 10, .choices = views,
	    .hint = "没有这个列表"),
	CURSOR_FIELD(struct appeal_query),
};
const struct form appeal_query = FORM("appeal_query", query_fields);

enum err
appeal_index(struct req *q)
{
	struct appeal_query in = { .view = "pending" };
	struct appeals_answer answer = { 0 };
	const struct appeal *list;
	size_t count;

	TRY(query_bind(q, &appeal_query, &in));
	TRY(appeal_list(q->db, q->arena, who_bureau(q), strcmp(in.view, "done") == 0,
	    reach_region(q), in.cursor, PAGE + 1, &list, &count));
	size_t shown = page_rows(count, PAGE);
	struct appeal_row_answer *items = ARENA_ARRAY(q->arena, struct appeal_row_answer, shown);
	for (size_t i = 0; i < shown; i++)
		items[i] = (struct appeal_row_answer){ list[i], state_wire(&list[i]) };
	answer.items.items = items;
	answer.items.count = shown;
	answer.next = page_next(q->arena, count > shown ? list[shown - 1].id : 0);
	return reply(q, 200, &appeals_answer, &answer);
}

/* ---- GET /appeals/{id} ------------------------------------------------------------------ */

struct appeal_answer {
	struct appeal row;
	const char *state, *contact, *phone;
	const struct stored_file_answer *licence;
	const struct unit_answer *holder;
	int64_t running;
};
static const struct answer_row rows[] = {
	ANSWER_AS(struct appeal_answer, row.id, "id"),
	ANSWER_AS(struct appeal_answer, row.version, "version"),
	ANSWER_AS(struct appeal_answer, row.name, "name", .about = "in the catalogue"),
	ANSWER_AS(struct appeal_answer, row.uscc, "uscc"),
	ANSWER(struct appeal_answer, state, .words = appeal_words),
	ANSWER_AS(struct appeal_answer, row.created_at, "since", .about = "Unix seconds"),
	ANSWER_AS(struct appeal_answer, row.reason, "reason", .null = true),
	ANSWER(struct appeal_answer, contact),
	ANSWER(struct appeal_answer, phone, .about = "proved by SMS; to be called"),
	ANSWER_AS(struct appeal_answer, row.statement, "statement"),
	ANSWER_ONE(struct appeal_answer, licence, &stored_file_answer, .null = true),
	ANSWER_ONE(struct appeal_answer, holder, &unit_view_answer,
	    .about = "the account that has the code, or had it"),
	ANSWER(struct appeal_answer, running, .about = "its applications that are not given up"),
};
const struct answer appeal_answer = ANSWER_TABLE("appeal", struct appeal_answer, rows);

enum err
appeal_show(struct req *q)
{
	struct appeal_answer answer = { .row = { 0 } };
	struct unit_answer holder = { .row = { 0 } };
	char *contact, *phone;

	TRY(find(q, &answer.row));
	TRY(unseal_text(q, PURPOSE_APPEAL_CONTACT, row_number(q, answer.row.id),
	    answer.row.contact_sealed, &contact));
	TRY(unseal_text(q, PURPOSE_APPEAL_PHONE, row_number(q, answer.row.id),
	    answer.row.phone_sealed, &phone));
	TRY(stored_file_answer_fill(q, answer.row.licence_upload, &answer.licence));
	TRY(unit_get(q->db, q->arena, answer.row.unit_id, &holder.row));
	TRY(unit_answer_fill(q, &holder));
	TRY(application_running_count(q->db, q->arena, answer.row.unit_id, &answer.running));
	answer.state = state_wire(&answer.row);
	answer.contact =
	    contact; /* in full, which the audit keeps: whoever decides has to ask him back */
	answer.phone = phone;
	answer.holder = &holder;
	SQL_TX(tx, q->db);
	TRY(deed_note(q, &tx, DEED_APPEAL_VIEW, object(q, &answer.row), ""));
	TRY(sql_commit(&tx));
	return reply(q, 200, &appeal_answer, &answer);
}

/* ---- POST /appeals/{id}/ruling ---------------------------------------------------------- */

struct appeal_ruled_answer {
	const char *state;
};
static const struct answer_row ruled_rows[] = {
	ANSWER(struct appeal_ruled_answer, state, .words = appeal_words),
};
const struct answer appeal_ruled_answer =
    ANSWER_TABLE("appeal_ruled", struct appeal_ruled_answer, ruled_rows);

/* Its account by 站内消息, its operators also by SMS: they proved their phones. */
static enum err
tell_holder(struct req *q, struct sql_tx *tx, int64_t unit_id, const char *bureau)
{
	const char *const arguments[4] = { bureau };
	const struct binding *list;
	size_t count;

	TRY(notify_file(q, tx, ROLE_UNIT, unit_id, NOTICE_UNIT_RELEASED, NULL, arguments));
	TRY(binding_list(tx->db, q->arena, unit_id, &list, &count));
	for (size_t i = 0; i < count; i++)
		TRY(notify_operator(q, tx, list[i].operator_id, NOTICE_UNIT_RELEASED, NULL,
		    arguments));
	return ERR_OK;
}

static enum err
release(struct req *q, struct sql_tx *tx, const struct appeal *a, const struct bureau *bureau)
{
	const char *reason = arena_printf(q->arena,
	    "%s核实申诉后，收回了该账号登记的统一社会信用代码", bureau->name);
	enum err e = unit_release(tx, a->unit_id, reason, q->now);

	if (e == ERR_CONFLICT)
		return refuse(q, ERR_WRONG_STATE,
		    "原账号已不再登记该代码，请答复申诉不成立，并请申诉人直接注册");
	TRY(e);
	TRY(tell_holder(q, tx, a->unit_id, bureau->name));
	return deed_note(q, tx, DEED_UNIT_RELEASE,
	    arena_printf(q->arena, "unit/%lld", (long long)a->unit_id),
	    arena_printf(q->arena, "appeal=%lld", (long long)a->id));
}

static enum err
rule(struct req *q, const struct appeal *a, const struct ruling_form *form, bool upheld)
{
	enum appeal_state state = upheld ? APPEAL_UPHELD : APPEAL_DISMISSED;
	const struct appeal_ruled_answer answer = {
		kind_by_code(appeal_states, (int)state)->wire,
	};
	const char *ground = choice_text(ruling_grounds, form->ground);
	struct bureau bureau = { 0 };
	char *phone;

	TRY(bureau_get(q->db, q->arena, who_bureau(q), &bureau));
	TRY(unseal_text(q, PURPOSE_APPEAL_PHONE, row_number(q, a->id), a->phone_sealed, &phone));
	SQL_TX(tx, q->db);
	TRY(appeal_decide(&tx, a->id, a->version, state, ground, who_user(q), q->now));
	if (upheld)
		TRY(release(q, &tx, a, &bureau));
	TRY(notify_sms(q, &tx, upheld ? NOTICE_APPEAL_UPHELD : NOTICE_APPEAL_DISMISSED, phone,
	    (const char *const[4]){ a->name, bureau.name, ground }));
	return deed_done(q, &tx, DEED_APPEAL_DECIDE, object(q, a),
	    arena_printf(q->arena, "outcome=%s", answer.state), 200,
	    answer_text(q, &appeal_ruled_answer, &answer));
}

enum err
appeal_rule(struct req *q)
{
	struct ruling_form form = { 0 };
	struct appeal a = { 0 };

	TRY(form_bind(&ruling_form, q, NULL, FORM_SUBMIT, &form));
	TRY(find(q, &a));
	if (a.state != APPEAL_WAITING)
		return ERR_WRONG_STATE;
	if (a.version != form.version)
		return ERR_CONFLICT;
	return rule(q, &a, &form, strcmp(form.event, RULING_RELEASE) == 0);
}
