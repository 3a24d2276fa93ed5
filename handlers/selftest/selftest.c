#include "handlers/selftest/selftest.h"

#include <stdlib.h>
#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "fcgi/base/text.h"
#include "fcgi/crypto/sm.h"
#include "handlers/application/access.h"
#include "handlers/common/deed.h"
#include "handlers/rules/form/key_form.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/selftest/diagnose.h"
#include "handlers/selftest/diagnosis_answer.h"
#include "handlers/selftest/keys.h"
#include "sql/key/sandbox.h"
#include "sql/key/selftest.h"

#define DIAGNOSIS_ARENA ((size_t)12 << 20)

static const struct answer_row use_rows[] = {
	ANSWER(struct sandbox_use, orders),
	ANSWER(struct sandbox_use, refunds),
	ANSWER(struct sandbox_use, last_at, .about = "Unix seconds"),
};
static const struct answer use_answer = ANSWER_TABLE("sandbox_use", struct sandbox_use, use_rows);

static const struct answer_row rows[] = {
	ANSWER(struct selftest_answer, at, .about = "Unix seconds"),
	ANSWER(struct selftest_answer, ok),
	ANSWER(struct selftest_answer, passed_at, .null = true, .about = "Unix seconds"),
	ANSWER_ONE(struct selftest_answer, sandbox, &use_answer, .null = true,
	    .about = "how it was used with the keys that passed"),
	ANSWER_MANY(struct selftest_answer, steps, &selftest_step_answer,
	    .about = "of the last run that passed, as all the rest"),
	ANSWER(struct selftest_answer, app_id, .null = true),
	ANSWER(struct selftest_answer, fields, .null = true, .about = "names in the envelope"),
	ANSWER(struct selftest_answer, digest, .null = true, .about = "SM3 of the envelope's text"),
};
const struct answer selftest_answer = ANSWER_TABLE("selftest", struct selftest_answer, rows);

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
 * is of its text, so that a channel can show that it has it. `body` is what the channel is answered.
 */
static json_t *
transcript_json(struct req *q, const struct diagnosis *d, const char *body, const char *app_id,
    const char *envelope)
{
	static const char *const said[] = { "ok", "determined", "step", "mistake", "title",
		"advice", "mistakes", "steps" };
	unsigned char digest[SM3_SIZE];
	json_auto_t *all = json_loads(body, 0, NULL);
	json_t *kept = json_object(), *fields = json_array();

	for (size_t i = 0; i < COUNT(said); i++)
		json_object_set(kept, said[i], json_object_get(all, said[i]));
	sm3(envelope, strlen(envelope), digest);
	for (const struct value *v = d->envelope ? d->envelope->first : NULL; v; v = v->next)
		json_array_append_new(fields, json_string(v->name));
	json_object_set_new(kept, "app_id", json_string(app_id));
	json_object_set_new(kept, "fields", fields);
	json_object_set_new(kept, "digest",
	    json_string(bytes_hex(q->arena, digest, sizeof(digest))));
	return kept;
}

/* Takes over `transcript`, NULL unless it passed. */
static enum err
keep(struct req *q, const struct application *app, json_t *transcript, const char *body)
{
	char *dumped = transcript ? json_dumps(transcript, JSON_COMPACT) : NULL;
	const char *text = dumped ? arena_strndup(q->arena, dumped, strlen(dumped)) : NULL;

	free(dumped);
	json_decref(transcript);
	SQL_TX(tx, q->db);
	TRY(selftest_put(&tx, app->id, text, q->now));
	return deed_done(q, &tx, DEED_SELFTEST_RUN, application_object(q, app),
	    text ? "ok=1" : "ok=0", 200, body);
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
	struct diagnosis_answer shown;
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
	diagnosis_show_masked(arena, &d, &keys, wrong.app_id ? &wrong : NULL, &shown);
	const char *body = answer_text(q, &diagnosis_answer, &shown);
	json_t *transcript =
	    d.ok && body ? transcript_json(q, &d, body, keys.app_id, envelope) : NULL;
	arena_free(arena);
	selftest_keys_forget(&keys);
	selftest_keys_forget(&wrong);
	if (e != ERR_OK) {
		json_decref(transcript);
		return e;
	}
	return keep(q, &app, transcript, body);
}

static const char *
kept_text(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

/* What the transcript says: borrowed from it. */
static void
show_passed(struct req *q, const json_t *kept, struct selftest_answer *ret)
{
	json_t *said = json_object_get(kept, "steps"), *fields = json_object_get(kept, "fields");
	size_t count = json_array_size(said), nfields = json_array_size(fields);
	struct selftest_step_answer *steps =
	    ARENA_ARRAY(q->arena, struct selftest_step_answer, count);
	const char **names = ARENA_ARRAY(q->arena, const char *, nfields);

	for (size_t i = 0; i < count; i++) {
		const json_t *step = json_array_get(said, i);

		steps[i].step = kept_text(step, "step");
		steps[i].text = kept_text(step, "text");
		steps[i].state = kept_text(step, "state");
		steps[i].title = kept_text(step, "title");
	}
	for (size_t i = 0; i < nfields; i++)
		names[i] = json_string_value(json_array_get(fields, i));
	ret->steps.items = steps;
	ret->steps.count = count;
	ret->app_id = kept_text(kept, "app_id");
	ret->digest = kept_text(kept, "digest");
	if (fields)
		ret->fields = (struct text_list){ names, nfields };
}

enum err
selftest_shown(struct req *q, const struct application *app, const struct selftest_answer **ret)
{
	struct selftest_answer *shown = ARENA_NEW(q->arena, struct selftest_answer);
	struct sandbox_use *use = ARENA_NEW(q->arena, struct sandbox_use);
	struct selftest run;

	*ret = NULL;
	if (state_phase((enum state)app->state) == PHASE_APPLY)
		return ERR_OK; /* there are no keys yet */
	enum err e = selftest_get(q->db, q->arena, app->id, &run);
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	shown->at = run.ran_at;
	shown->ok = run.ran_ok;
	shown->passed_at = run.passed_at;
	if (run.transcript)
		show_passed(q, reply_keep(q, json_loads(run.transcript, 0, NULL)), shown);
	if (shown->app_id) {
		TRY(sandbox_use_of(q->db, q->arena, shown->app_id, use));
		shown->sandbox = use;
	}
	*ret = shown;
	return ERR_OK;
}
