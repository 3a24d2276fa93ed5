#include "handlers/sheet/bench.h"

#include <stdlib.h>
#include <string.h>

#include "handlers/application/access.h"
#include "handlers/deed.h"
#include "handlers/rules/bench_form.h"
#include "handlers/rules/kinds.h"
#include "sql/bench.h"

#define DIAGNOSIS_ARENA ((size_t)12 << 20)

/* The keys of both environments; *ret_wrong stays zero while the formal ones are not issued. */
static enum err
load_keys(struct req *q, const struct application *app, struct bench_keys *ret_keys,
    struct bench_keys *ret_wrong)
{
	struct channel_credential test, formal;
	enum err e = channel_credential_get(q->db, q->arena, app->id, ENVIRONMENT_TEST, &test);

	if (e == ERR_NOT_FOUND || (e == ERR_OK && !channel_credential_in_force(&test, q->now)))
		return refuse(q, ERR_WRONG_STATE, "测试环境反馈单生成后才能联调自测");
	TRY(e);
	TRY(bench_keys_of(q, &test, ret_keys));
	e = channel_credential_get(q->db, q->arena, app->id, ENVIRONMENT_FORMAL, &formal);
	if (e == ERR_OK)
		e = bench_keys_of(q, &formal, ret_wrong);
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* What the keys before these make of it, while those are valid too: ok, or nothing is changed. */
static enum err
try_replaced(struct req *q, struct arena *arena, struct bench_keys *keys, const char *envelope,
    struct diagnosis *d)
{
	struct channel_credential c;
	struct bench_keys older = { 0 };
	struct diagnosis other;
	enum err e = channel_credential_replaced(q->db, q->arena, keys->app_id, ENVIRONMENT_TEST,
	    q->now, &c);

	if (e == ERR_OK)
		e = bench_keys_of(q, &c, &older);
	if (e == ERR_OK) {
		diagnose(arena, &older, NULL, envelope, strlen(envelope), q->now, &other);
		if (other.ok) {
			bench_keys_forget(keys);
			*keys = older;
			*d = other;
			return ERR_OK;
		}
	}
	bench_keys_forget(&older);
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err
keep(struct req *q, const struct application *app, bool ok, json_t *steps, json_t *body)
{
	char *text = ok ? json_dumps(steps, JSON_COMPACT) : NULL;
	const char *transcript = text ? arena_strndup(q->arena, text, strlen(text)) : NULL;

	free(text);
	json_decref(steps);
	SQL_TX(tx, q->db);
	TRY(bench_put(&tx, app->id, transcript, q->now));
	return deed_done(q, &tx, "bench.run", application_object(q, app), ok ? "ok=1" : "ok=0", 200,
	    body);
}

enum err
bench_run(struct req *q)
{
	struct bench_form in = { 0 };
	struct bench_keys keys = { 0 }, wrong = { 0 };
	struct application app;
	struct diagnosis d;

	TRY(application_of_mine(q, q->db, &app));
	TRY(application_to_write(q, q->db, app.version, &app));
	TRY(form_bind(&bench_form, q, NULL, FORM_SUBMIT, &in));
	enum err e = load_keys(q, &app, &keys, &wrong);
	if (e != ERR_OK) {
		bench_keys_forget(&keys);
		return e;
	}
	/* what was tried holds the secret: it goes with an arena of its own */
	struct arena *arena = arena_new(DIAGNOSIS_ARENA);
	diagnose(arena, &keys, wrong.app_id ? &wrong : NULL, in.envelope, strlen(in.envelope),
	    q->now, &d);
	if (!d.ok)
		e = try_replaced(q, arena, &keys, in.envelope, &d);
	json_t *body = diagnosis_json_masked(arena, &d, keys.app_secret);
	json_t *steps = diagnosis_steps_json(&d);
	arena_free(arena);
	bench_keys_forget(&keys);
	bench_keys_forget(&wrong);
	if (e != ERR_OK) {
		json_decref(body);
		json_decref(steps);
		return e;
	}
	return keep(q, &app, d.ok, steps, body);
}

enum err
bench_json(struct req *q, const struct application *app, json_t **ret)
{
	struct bench run;
	enum err e = bench_get(q->db, q->arena, app->id, &run);

	*ret = NULL;
	if (e == ERR_NOT_FOUND) {
		*ret = json_null();
		return ERR_OK;
	}
	TRY(e);
	json_t *kept = run.transcript ? json_loads(run.transcript, 0, NULL) : NULL;
	json_t *steps = json_incref(json_object_get(kept, "steps"));
	json_decref(kept);
	*ret = json_pack("{sI sb so so}", "at", (json_int_t)run.ran_at, "ok", run.ran_ok,
	    "passed_at", run.passed_at ? json_integer(run.passed_at) : json_null(), "steps",
	    steps ? steps : json_array());
	return ERR_OK;
}
