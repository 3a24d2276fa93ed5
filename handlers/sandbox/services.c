/* What the services of the sandbox do with their orders. */
#include "handlers/sandbox/services.h"

#include <string.h>

#include "fcgi/base/random.h"
#include "fcgi/base/time.h"
#include "sql/key/sandbox.h"

static void
fault(struct sandbox_request *r, enum sandbox_code code)
{
	r->fault = code;
}

/* A text or a number as it was written; NULL when it is neither, or empty. */
static const char *
given(const struct sandbox_request *r, const char *name)
{
	const struct value *v = value_member(r->data, name);

	if (!v || (v->kind != VALUE_TEXT && v->kind != VALUE_NUMBER) || !*v->text)
		return NULL;
	return v->text;
}

/* The first field that is missing or not of its type is the fault. */
static void
check_fields(struct sandbox_request *r, enum sandbox_service service)
{
	for (size_t i = 0; i < sandbox_asks_count && r->fault == SANDBOX_CODE_COUNT; i++) {
		const struct sandbox_field *field = &sandbox_asks[i];
		const struct value *v = value_member(r->data, field->name);
		const char *text = given(r, field->name);
		bool empty = !v || v->kind == VALUE_NULL || (v->kind == VALUE_TEXT && !*v->text);

		if (field->service != service || (empty && !field->required) ||
		    (text && sandbox_value_ok(field->type, text)))
			continue;
		fault(r, SANDBOX_CODE_FIELD);
		r->message = arena_printf(r->q->arena, "请填写 data 中的 %s（%s）：%s", field->name,
		    field->text, sandbox_types[field->type]);
	}
}

/* ORD, the organisation's region, the time in Shanghai, seven random digits (N-10). */
static const char *
new_number(const struct sandbox_request *r, const char *organisation)
{
	struct tm tm = time_shanghai(r->q->now);
	char now[16];

	strftime(now, sizeof(now), "%Y%m%d%H%M%S", &tm);
	return arena_printf(r->q->arena, "ORD%.6s%s%07u", organisation + 1, now,
	    random_below(10000000));
}

static const char *
yuan(struct arena *arena, int64_t fen)
{
	return arena_printf(arena, "%lld.%02d", (long long)(fen / 100), (int)(fen % 100));
}

static void
answer(struct sandbox_request *r, const struct sandbox_order *o)
{
	struct arena *arena = r->q->arena;
	const char *state = o->refunded == 0        ? "PAID"
			    : o->refunded == o->fee ? "REFUNDED"
						    : "PART_REFUNDED";

	r->answer = json_pack("{ss ss ss ss ss}", "payOrdId", o->number, "medOrgOrd", o->own_number,
	    "ordStas", state, "feeSumamt", yuan(arena, o->fee), "refdAmt",
	    yuan(arena, o->refunded));
}

/* The same again is the same order; something else under its number is refused. */
static enum err
answer_again(struct sandbox_request *r, const struct sandbox_order *wanted)
{
	struct sandbox_order kept;
	enum err e = sandbox_order_of(r->q->db, r->q->arena, r->app_id, wanted->own_number, &kept);

	if (e == ERR_NOT_FOUND)
		return ERR_CONFLICT; /* not the own number but ours was taken: ask again */
	TRY(e);
	if (kept.fee != wanted->fee || strcmp(kept.organisation, wanted->organisation) != 0)
		fault(r, SANDBOX_CODE_ORDER_DIFFERS);
	else
		answer(r, &kept);
	return ERR_OK;
}

static enum err
create(struct sandbox_request *r)
{
	const char *organisation = given(r, "orgCodg");
	struct sandbox_order o = { .app_id = r->app_id,
		.number = new_number(r, organisation),
		.own_number = given(r, "medOrgOrd"),
		.organisation = organisation,
		.fee = sandbox_amount(given(r, "feeSumamt")),
		.created_at = r->q->now };
	enum err e;

	{
		SQL_TX(tx, r->q->db);
		e = sandbox_order_insert(&tx, &o);
		if (e == ERR_OK)
			TRY(sql_commit(&tx));
	}
	if (e == ERR_EXISTS)
		return answer_again(r, &o);
	TRY(e);
	answer(r, &o);
	return ERR_OK;
}

static enum err
query(struct sandbox_request *r)
{
	const char *number = given(r, "payOrdId"), *own = given(r, "medOrgOrd");
	struct sandbox_order o = { 0 };
	enum err e = number ? sandbox_order_get(r->q->db, r->q->arena, r->app_id, number, &o)
		     : own  ? sandbox_order_of(r->q->db, r->q->arena, r->app_id, own, &o)
			    : ERR_NOT_FOUND;

	if (e == ERR_NOT_FOUND) {
		fault(r, SANDBOX_CODE_ORDER);
		return ERR_OK;
	}
	TRY(e);
	answer(r, &o);
	return ERR_OK;
}

/* Of a locked order: paid back now, or already under that number. */
static enum err
pay_back(struct sandbox_request *r, struct sql_tx *tx, struct sandbox_order *o)
{
	const char *own = given(r, "appRefdSn"), *text = given(r, "refdAmt");
	int64_t left = o->fee - o->refunded, amount = text ? sandbox_amount(text) : left, done;
	enum err e = sandbox_refund_get(tx->db, r->q->arena, o->id, own, &done);

	if (e == ERR_OK) {
		if (text && amount != done)
			fault(r, SANDBOX_CODE_REFUND_DIFFERS);
		return ERR_OK;
	}
	if (e != ERR_NOT_FOUND)
		return e;
	if (amount <= 0 || amount > left) {
		fault(r, SANDBOX_CODE_AMOUNT);
		return ERR_OK;
	}
	TRY(sandbox_refund_add(tx, o->id, own, amount, r->q->now));
	o->refunded += amount;
	return sql_commit(tx);
}

static enum err
refund(struct sandbox_request *r)
{
	struct sandbox_order o;

	SQL_TX(tx, r->q->db);
	enum err e = sandbox_order_lock(&tx, r->q->arena, r->app_id, given(r, "payOrdId"), &o);
	if (e == ERR_NOT_FOUND) {
		fault(r, SANDBOX_CODE_ORDER);
		return ERR_OK;
	}
	TRY(e);
	TRY(pay_back(r, &tx, &o));
	if (r->fault == SANDBOX_CODE_COUNT)
		answer(r, &o);
	return ERR_OK;
}

enum err
sandbox_serve(struct sandbox_request *r, enum sandbox_service service)
{
	r->fault = SANDBOX_CODE_COUNT;
	check_fields(r, service);
	if (r->fault != SANDBOX_CODE_COUNT)
		return ERR_OK;
	switch (service) {
	case SANDBOX_CREATE:
		return create(r);
	case SANDBOX_QUERY:
		return query(r);
	case SANDBOX_REFUND:
		return refund(r);
	case SANDBOX_SERVICE_COUNT:
		break;
	}
	return ERR_NOT_FOUND;
}
