/* The platform's test environment, in small: orders live in Redis for a week. */
#include <stdlib.h>
#include <string.h>

#include "fcgi/keyring.h"
#include "handlers/rules/date.h"
#include "handlers/rules/kinds.h"
#include "handlers/rules/kv_families.h"
#include "handlers/sheet/bench.h"
#include "handlers/sheet/envelope.h"

#define CLOCK_MAX (10 * 60) /* seconds a request may be off, as at the platform */
#define SHANGHAI (8 * 3600) /* seconds ahead of UTC */
#define ARENA_SIZE ((size_t)12 << 20)

struct call {
	struct req *q;
	const struct channel_credential *credential;
	const struct value *data; /* of the request, decrypted */
	const char *app_id;
};

/* What a service found wrong with the data: code and text for the answer. */
struct fault {
	const char *code, *text;
};

static const char *
order_key(const struct call *call, const char *order_no)
{
	return arena_printf(call->q->arena, "%s:%s", call->app_id, order_no);
}

/* ORD, the institution's region, the time in Shanghai, seven random digits. */
static const char *
new_number(const struct call *call)
{
	const char *code = value_text(call->data, "orgCodg");
	bool region = code && strlen(code) == 12 && strspn(code + 1, "0123456789") == 11;
	int64_t second = (call->q->now + SHANGHAI) % 86400;

	return arena_printf(call->q->arena, "ORD%.6s%08lld%02d%02d%02d%07u",
	    region ? code + 1 : "100000", (long long)date_of(call->q->now), (int)(second / 3600),
	    (int)(second / 60 % 60), (int)(second % 60), sm_random_below(10000000));
}

/* 0 unless it is an amount in yuan, with at most two decimals, as text or number; else in fen. */
static int64_t
amount_of(const struct value *v)
{
	int64_t fen = 0;

	if (!v || (v->kind != VALUE_TEXT && v->kind != VALUE_NUMBER))
		return 0;
	size_t whole = strspn(v->text, "0123456789");
	const char *point = v->text + whole;
	size_t part = *point == '.' ? strspn(point + 1, "0123456789") : 0;
	if (!whole || whole > 9 || part > 2 ||
	    (*point && (*point != '.' || !part || point[1 + part])))
		return 0;
	for (size_t i = 0; i < whole; i++)
		fen = fen * 10 + (v->text[i] - '0');
	for (size_t i = 1; i <= 2; i++)
		fen = fen * 10 + (i <= part ? point[i] - '0' : 0);
	return fen;
}

static json_t *
order_json(struct req *q, const char *number, const char *state, int64_t fee, int64_t refunded)
{
	return json_pack("{ss ss ss ss}", "payOrdId", number, "ordStas", state, "feeSumamt",
	    arena_printf(q->arena, "%lld.%02d", (long long)(fee / 100), (int)(fee % 100)),
	    "refdAmt",
	    arena_printf(q->arena, "%lld.%02d", (long long)(refunded / 100),
		(int)(refunded % 100)));
}

static enum err
order_put(const struct call *call, const char *number, int64_t fee, int64_t refunded)
{
	return kv_set(call->q->kv, &kv_sandbox_order, order_key(call, number),
	    arena_printf(call->q->arena, "%lld %lld", (long long)fee, (long long)refunded));
}

static enum err
order_get(const struct call *call, const char **ret_number, int64_t *ret_fee, int64_t *ret_refunded)
{
	const char *kept, *number = value_text(call->data, "payOrdId");
	char *rest;

	if (!number || strlen(number) != 30 || strspn(number, "ORD0123456789") != 30)
		return ERR_NOT_FOUND;
	TRY(kv_get(call->q->kv, call->q->arena, &kv_sandbox_order, order_key(call, number), &kept));
	*ret_number = number;
	*ret_fee = strtoll(kept, &rest, 10);
	*ret_refunded = strtoll(rest, NULL, 10);
	return ERR_OK;
}

static enum err
create(const struct call *call, json_t **ret, struct fault *fault)
{
	int64_t fee = amount_of(value_member(call->data, "feeSumamt"));
	const char *number = new_number(call);

	if (fee <= 0) {
		*fault =
		    (struct fault){ "FEE", "feeSumamt 请填写大于 0 的金额（元，最多两位小数）" };
		return ERR_OK;
	}
	TRY(order_put(call, number, fee, 0));
	*ret = order_json(call->q, number, "PAID", fee, 0);
	return ERR_OK;
}

static enum err
query(const struct call *call, json_t **ret, struct fault *fault)
{
	const char *number;
	int64_t fee, refunded;
	enum err e = order_get(call, &number, &fee, &refunded);

	if (e == ERR_NOT_FOUND) {
		*fault = (struct fault){ "ORDER", "没有这笔订单，请核对 payOrdId" };
		return ERR_OK;
	}
	TRY(e);
	*ret = order_json(call->q, number,
	    refunded == 0     ? "PAID"
	    : refunded == fee ? "REFUNDED"
			      : "PART_REFUNDED",
	    fee, refunded);
	return ERR_OK;
}

static enum err
refund(const struct call *call, json_t **ret, struct fault *fault)
{
	const struct value *given = value_member(call->data, "refdAmt");
	const char *number;
	int64_t fee, refunded;
	enum err e = order_get(call, &number, &fee, &refunded);

	if (e == ERR_NOT_FOUND) {
		*fault = (struct fault){ "ORDER", "没有这笔订单，请核对 payOrdId" };
		return ERR_OK;
	}
	TRY(e);
	int64_t amount = given ? amount_of(given) : fee - refunded;
	if (amount <= 0 || amount > fee - refunded) {
		*fault = (struct fault){ "AMOUNT", "退款金额须大于 0，且不超过尚未退款的金额" };
		return ERR_OK;
	}
	refunded += amount;
	TRY(order_put(call, number, fee, refunded));
	*ret = order_json(call->q, number, refunded == fee ? "REFUNDED" : "PART_REFUNDED", fee,
	    refunded);
	return ERR_OK;
}

static const struct {
	const char *name;
	enum err (*run)(const struct call *call, json_t **ret, struct fault *fault);
} services[] = {
	{ "order-create", create },
	{ "order-query", query },
	{ "refund", refund },
};

static enum err
answer_fault(struct req *q, const char *code, const char *text, const char *advice)
{
	return reply_json(q, 200,
	    json_pack("{sb ss ss ss?}", "success", 0, "code", code, "message", text, "advice",
		advice));
}

/* Signed with the platform's test key and encrypted, as the channel will meet it. */
static enum err
answer(struct req *q, const struct channel_credential *c, const struct bench_keys *keys,
    const json_t *data)
{
	struct envelope_keys own = { .app_id = keys->app_id, .app_secret = keys->app_secret };
	const char *envelope;
	char *platform, *text = json_dumps(data, JSON_COMPACT);

	const char *clear = arena_strndup(q->arena, text, strlen(text));
	free(text);
	TRY(keyring_unseal(q->vault, q->arena, "credential.platform_private",
	    c->platform_private_sealed, &platform));
	enum err e = sm2_read_private(platform, own.own_private);
	explicit_bzero(platform, strlen(platform));
	if (e == ERR_OK)
		e = envelope_seal(q->arena, &own, clear,
		    arena_printf(q->arena, "%lld000", (long long)q->now), &envelope);
	explicit_bzero(&own, sizeof(own));
	TRY(e);
	json_t *all = json_loads(envelope, 0, NULL);
	json_object_set_new(all, "success", json_true());
	json_object_set_new(all, "code", json_string("0"));
	json_object_set_new(all, "message", json_string("成功"));
	return reply_json(q, 200, all);
}

/* Why the envelope does not open, in the words of the bench. */
static enum err
explain(struct req *q, const struct bench_keys *keys, const char *body, size_t size)
{
	struct arena *arena = arena_new(ARENA_SIZE);
	struct diagnosis d;

	diagnose(arena, keys, NULL, body, size, q->now, &d);
	arena_free(arena);
	const struct mistake_info *info =
	    &mistakes[d.count ? d.mistakes[0] : MISTAKE_SIGN_MISMATCH];
	return answer_fault(q, info->wire, info->title, info->advice);
}

static bool
is_late(const struct value *envelope, int64_t now)
{
	const char *text = value_text(envelope, "timestamp");
	int64_t ms = text && strlen(text) == 13 ? strtoll(text, NULL, 10) : 0;

	return ms && (ms / 1000 - now > CLOCK_MAX || now - ms / 1000 > CLOCK_MAX);
}

static enum err
serve(struct req *q, size_t service, const struct channel_credential *c, const char *body,
    size_t size, const struct bench_keys *keys)
{
	struct envelope_keys theirs = { .app_id = keys->app_id, .app_secret = keys->app_secret };
	struct opened_envelope opened;
	struct fault fault = { 0 };
	json_t *data = NULL;

	memcpy(theirs.peer_public, keys->channel_public, sizeof(theirs.peer_public));
	if (envelope_open(q->arena, &theirs, body, size, &opened) != ERR_OK)
		return explain(q, keys, body, size);
	if (is_late(opened.envelope, q->now)) {
		const struct mistake_info *late = &mistakes[MISTAKE_TIMESTAMP_FAR_OFF];

		return answer_fault(q, late->wire, late->title, late->advice);
	}
	struct call call = { q, c, opened.data, keys->app_id };
	TRY(services[service].run(&call, &data, &fault));
	if (fault.code)
		return answer_fault(q, fault.code, fault.text, NULL);
	enum err e = answer(q, c, keys, data);
	json_decref(data);
	return e;
}

static enum err
read_body(struct req *q, char **ret, size_t *ret_size)
{
	size_t size = 0, cap = (size_t)q->body_length;
	char *bytes = arena_alloc(q->arena, cap + 1);

	while (size < cap) {
		ssize_t n = q->body.read(q->body.from, bytes + size, cap - size);

		if (n <= 0)
			return ERR_BAD_REQUEST;
		size += (size_t)n;
	}
	*ret = bytes;
	*ret_size = size;
	return ERR_OK;
}

enum err
sandbox_call(struct req *q)
{
	struct channel_credential credential;
	const struct value *envelope;
	struct bench_keys keys = { 0 };
	size_t size, service = 0;
	char *body;

	while (service < sizeof(services) / sizeof(services[0]) &&
	       strcmp(services[service].name, q->word[0]) != 0)
		service++;
	if (service == sizeof(services) / sizeof(services[0]))
		return ERR_NOT_FOUND;
	TRY(read_body(q, &body, &size));
	if (value_read(q->arena, body, size, &envelope) != ERR_OK)
		return answer_fault(q, mistakes[MISTAKE_NOT_JSON].wire,
		    mistakes[MISTAKE_NOT_JSON].title, mistakes[MISTAKE_NOT_JSON].advice);
	const char *app_id = value_text(envelope, "appId");
	enum err e =
	    !app_id || !envelope_id_ok(app_id)
		? ERR_NOT_FOUND
		: channel_credential_of_app(q->db, q->arena, app_id, ENVIRONMENT_TEST, &credential);
	if (e == ERR_NOT_FOUND)
		return answer_fault(q, "APP_ID",
		    "没有这个应用ID，或其密钥已停用；请使用测试环境反馈单上的应用ID", NULL);
	TRY(e);
	e = bench_keys_of(q, &credential, &keys);
	if (e == ERR_OK)
		e = serve(q, service, &credential, body, size, &keys);
	bench_keys_forget(&keys);
	return e;
}
