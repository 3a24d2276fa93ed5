#include "handlers/selftest/selftest.h"

#include <stdlib.h>
#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/text.h"
#include "fcgi/crypto/sm.h"
#include "handlers/application/access.h"
#include "handlers/common/deed.h"
#include "handlers/rules/form/selftest_form.h"
#include "handlers/rules/table/kinds.h"
#include "sql/key/sandbox.h"
#include "sql/key/selftest.h"

#define DIAGNOSIS_ARENA ((size_t)12 << 20)

/* The keys of both environments; *ret_wrong stays zero while the formal ones are not issued. */
static enum err
load_keys(struct req *q, const struct application *app, struct selftest_keys *ret_keys,
    struct selftest_keys *ret_wrong)
{
	struct channel_credential test, formal;
	enum err e = channel_credential_get(q->db, q->arena, app->id, ENVIRONMENT_TEST, &test);

	if (e == ERR_NOT_FOUND || (e == ERR_OK && !channel_credential_in_force(&test, q->now)))
		return refuse(q, ERR_WRONG_STATE, "测试环境反馈单生成后才能联调自测");
	TRY(e);
	TRY(selftest_keys_of(q, &test, ret_keys));
	e = channel_credential_get(q->db, q->arena, app->id, ENVIRONMENT_FORMAL, &formal);
	if (e == ERR_OK)
		e = selftest_keys_of(q, &formal, ret_wrong);
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* What the keys before these make of it, while those are valid too: ok, or nothing is changed. */
static enum err
try_replaced(struct req *q, struct arena *arena, struct selftest_keys *keys, const char *envelope,
    struct diagnosis *d)
{
	struct channel_credential c;
	struct selftest_keys older = { 0 };
	struct diagnosis other;
	enum err e = channel_credential_replaced(q->db, q->arena, keys->app_id, ENVIRONMENT_TEST,
	    q->now, &c);

	if (e == ERR_OK)
		e = selftest_keys_of(q, &c, &older);
	if (e == ERR_OK) {
		diagnose(arena, &older, NULL, envelope, strlen(envelope), q->now, &other);
		if (other.ok) {
			selftest_keys_forget(keys);
			*keys = older;
			*d = other;
			return ERR_OK;
		}
	}
	selftest_keys_forget(&older);
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/*
 * What of a passed envelope is kept for the reviewers: which it was, not what it said. The digest
 * is of its text, so that a channel can show that it has it.
 */
static void
add_facts(struct req *q, json_t *steps, const struct diagnosis *d, const char *envelope)
{
	unsigned char digest[SM3_SIZE];
	json_t *fields = json_array();

	sm3(envelope, strlen(envelope), digest);
	for (const struct value *v = d->envelope ? d->envelope->first : NULL; v; v = v->next)
		json_array_append_new(fields, json_string(v->name));
	json_object_set_new(steps, "fields", fields);
	json_object_set_new(steps, "digest",
	    json_string(bytes_hex(q->arena, digest, sizeof(digest))));
}

static enum err
keep(struct req *q, const struct application *app, bool ok, json_t *steps, json_t *body)
{
	char *text = ok ? json_dumps(steps, JSON_COMPACT) : NULL;
	const char *transcript = text ? arena_strndup(q->arena, text, strlen(text)) : NULL;

	free(text);
	json_decref(steps);
	SQL_TX(tx, q->db);
	TRY(selftest_put(&tx, app->id, transcript, q->now));
	return deed_done(q, &tx, "bench.run", application_object(q, app), ok ? "ok=1" : "ok=0", 200,
	    body);
}

/* As it was sent: BOM, blanks and line ends are part of what is looked at. NULL: see the form. */
static const char *
exact_envelope(const struct req *q)
{
	const json_t *given = json_object_get(q->input, "envelope");
	const char *text = json_string_value(given);
	size_t size = json_string_length(given);
	bool whole = text && json_object_size(q->input) == 1 && strlen(text) == size;

	return whole && size <= SELFTEST_MAX && !text_is_blank(text) ? text : NULL;
}

/* The same, or what the form says of it. */
static enum err
read_envelope_field(struct req *q, const char **ret)
{
	struct selftest_form in = { 0 };

	*ret = exact_envelope(q);
	if (*ret)
		return ERR_OK;
	TRY(form_bind(&selftest_form, q, NULL, FORM_SUBMIT, &in));
	if (strlen(in.envelope) > SELFTEST_MAX)
		return form_refuse(&selftest_form, &q->errors, "envelope", NULL);
	*ret = in.envelope;
	return ERR_OK;
}

enum err
selftest_run(struct req *q)
{
	const char *envelope;
	struct selftest_keys keys = { 0 }, wrong = { 0 };
	struct application app;
	struct diagnosis d;

	TRY(application_of_mine(q, q->db, &app));
	TRY(application_to_write(q, q->db, app.version, &app));
	TRY(read_envelope_field(q, &envelope));
	enum err e = load_keys(q, &app, &keys, &wrong);
	if (e != ERR_OK) {
		selftest_keys_forget(&keys);
		return e;
	}
	/* what was tried holds the secret: it goes with an arena of its own */
	struct arena *arena = arena_new(DIAGNOSIS_ARENA);
	diagnose(arena, &keys, wrong.app_id ? &wrong : NULL, envelope, strlen(envelope), q->now,
	    &d);
	if (!d.ok)
		e = try_replaced(q, arena, &keys, envelope, &d);
	json_t *body = diagnosis_json_masked(arena, &d, &keys, wrong.app_id ? &wrong : NULL);
	json_t *steps = diagnosis_steps_json(&d);
	json_object_set_new(steps, "app_id", json_string(keys.app_id));
	add_facts(q, steps, &d, envelope);
	arena_free(arena);
	selftest_keys_forget(&keys);
	selftest_keys_forget(&wrong);
	if (e != ERR_OK) {
		json_decref(body);
		json_decref(steps);
		return e;
	}
	return keep(q, &app, d.ok, steps, body);
}

/* How the sandbox was used with the keys that passed. */
static enum err
sandbox_json(struct req *q, const char *app_id, json_t **ret)
{
	struct sandbox_use use;

	TRY(sandbox_use_of(q->db, q->arena, app_id, &use));
	*ret = json_pack("{sI sI sI}", "orders", (json_int_t)use.orders, "refunds",
	    (json_int_t)use.refunds, "last_at", (json_int_t)use.last_at);
	return ERR_OK;
}

enum err
selftest_json(struct req *q, const struct application *app, json_t **ret)
{
	static const char *const parts[] = { "steps", "app_id", "fields", "digest" };
	struct selftest run;
	enum err e = selftest_get(q->db, q->arena, app->id, &run);

	*ret = NULL;
	if (e == ERR_NOT_FOUND) {
		*ret = json_null();
		return ERR_OK;
	}
	TRY(e);
	json_auto_t *kept = run.transcript ? json_loads(run.transcript, 0, NULL) : NULL;
	const char *app_id = json_string_value(json_object_get(kept, "app_id"));
	json_t *sandbox = json_null();
	if (app_id)
		TRY(sandbox_json(q, app_id, &sandbox));
	*ret =
	    json_pack("{sI sb so so}", "at", (json_int_t)run.ran_at, "ok", run.ran_ok, "passed_at",
		run.passed_at ? json_integer(run.passed_at) : json_null(), "sandbox", sandbox);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		json_t *part = json_object_get(kept, parts[i]);

		json_object_set_new(*ret, parts[i],
		    part ? json_incref(part)
		    : i  ? json_null()
			 : json_array());
	}
	return ERR_OK;
}
