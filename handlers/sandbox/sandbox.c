/* POST /sandbox/{word}: who asks, what was asked, and the answer as the platform writes it. */
#include "handlers/sandbox/sandbox.h"

#include <stdlib.h>
#include <string.h>

#include "fcgi/base/bytes.h"
#include "handlers/common/sealing.h"
#include "handlers/key/credential_row.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/rules/table/limits.h"
#include "handlers/sandbox/services.h"
#include "handlers/selftest/diagnose.h"
#include "handlers/selftest/envelope.h"
#include "handlers/selftest/keys.h"
#include "handlers/selftest/selftest_time.h"
#include "handlers/selftest/value_read.h"

#define ARENA_SIZE ((size_t)12 << 20)

/* Whose answers are signed. */
struct caller {
	struct channel_credential credential;
	struct selftest_keys keys;
};

struct sandbox_reply_answer {
	bool success;
	const char *code, *message;
	/* of the envelope: envelope_seal() writes them */
	const char *app_id, *version, *timestamp, *enc_type, *sign_type, *enc_data, *sign_data;
};
static const struct answer_row rows[] = {
	ANSWER(struct sandbox_reply_answer, success),
	ANSWER(struct sandbox_reply_answer, code,
	    .about = "0, of the sandbox, or a mistake of the self-test"),
	ANSWER(struct sandbox_reply_answer, message),
	ANSWER_AS(struct sandbox_reply_answer, app_id, "appId", .optional = true,
	    .about = "this and the rest once it is known who asks"),
	ANSWER_AS(struct sandbox_reply_answer, version, "version", .optional = true),
	ANSWER_AS(struct sandbox_reply_answer, timestamp, "timestamp", .optional = true),
	ANSWER_AS(struct sandbox_reply_answer, enc_type, "encType", .optional = true),
	ANSWER_AS(struct sandbox_reply_answer, sign_type, "signType", .optional = true),
	ANSWER_AS(struct sandbox_reply_answer, enc_data, "encData", .optional = true,
	    .about = "of a success"),
	ANSWER_AS(struct sandbox_reply_answer, sign_data, "signData", .optional = true),
};
const struct answer sandbox_reply_answer =
    ANSWER_TABLE("sandbox_reply", struct sandbox_reply_answer, rows);

/* To nobody in particular: not signed. */
static enum err
answer_stranger(struct req *q, const char *code, const char *text)
{
	const struct sandbox_reply_answer says = { .code = code, .message = text };

	return reply(q, 200, &sandbox_reply_answer, &says);
}

/* {success, code, message} and the fields of an envelope, signed with the platform's test key. */
static enum err
answer(struct req *q, const struct caller *c, const struct sandbox_reply_answer *says,
    const json_t *data)
{
	struct envelope_keys own = { .app_id = c->keys.app_id, .app_secret = c->keys.app_secret };
	const char *more = answer_text(q, &sandbox_reply_answer, says);
	if (!more)
		return ERR_INTERNAL;
	char *data_text = data ? json_dumps(data, JSON_COMPACT) : NULL, *platform;
	const char *envelope = NULL;

	enum err e = unseal_text(q, PURPOSE_CREDENTIAL_PLATFORM_PRIVATE,
	    credential_row(q, &c->credential), c->credential.platform_private_sealed, &platform);
	if (e == ERR_OK) {
		e = sm2_read_private(platform, own.own_private);
		explicit_bzero(platform, strlen(platform));
	}
	if (e == ERR_OK)
		e = envelope_seal(q->arena, &own, data_text,
		    arena_printf(q->arena, "%lld000", (long long)q->now), more, &envelope);
	explicit_bzero(&own, sizeof(own));
	free(data_text);
	TRY(e);
	return reply_bytes(q, "application/json", envelope, strlen(envelope));
}

static enum err
answer_fault(struct req *q, const struct caller *c, const char *code, const char *text)
{
	const struct sandbox_reply_answer says = { .code = code, .message = text };

	return answer(q, c, &says, NULL);
}

static enum err
answer_mistake(struct req *q, const struct caller *c, enum mistake mistake)
{
	const struct mistake_info *info = &mistakes[mistake];

	return answer_fault(q, c, info->wire,
	    arena_printf(q->arena, "%s。%s", info->title, info->advice));
}

/* Why the envelope does not open, in the words of the self-test. */
static enum err
explain(struct req *q, const struct caller *c, const char *body, size_t size)
{
	struct arena *arena = arena_new(ARENA_SIZE);
	struct diagnosis d;

	diagnose(arena, &c->keys, NULL, body, size, q->now, false, &d);
	arena_free(arena);
	return answer_mistake(q, c, d.count ? d.mistakes[0] : MISTAKE_SIGN_MISMATCH);
}

/* ERR_CONFLICT: the same bytes were signed and sent before. */
static enum err
first_time(struct req *q, const struct value *envelope)
{
	unsigned char digest[SM3_SIZE];
	const char *text = value_text(envelope, "signData");

	sm3(text, strlen(text), digest);
	return kv_set_new(q->kv, &kv_sandbox_seen, bytes_hex(q->arena, digest, sizeof(digest)),
	    "1");
}

static enum err
serve(struct req *q, enum sandbox_service service, const struct caller *c, const char *body,
    size_t size)
{
	struct envelope_keys theirs = { .app_id = c->keys.app_id,
		.app_secret = c->keys.app_secret };
	struct opened_envelope opened;

	memcpy(theirs.peer_public, c->keys.channel_public, sizeof(theirs.peer_public));
	if (envelope_open(q->arena, &theirs, body, size, &opened) != ERR_OK)
		return explain(q, c, body, size);
	/* a time that cannot be read is opaque, and let through: what came before tells a repetition */
	int hours;
	enum mistake late = selftest_time_mistake(value_member(opened.envelope, "timestamp"),
	    q->now, SANDBOX_CLOCK, &hours);
	if (late == MISTAKE_TIMESTAMP_ZONE)
		return answer_fault(q, c, mistakes[late].wire,
		    arena_printf(q->arena, "%s。%s", selftest_time_note(q->arena, hours),
			mistakes[late].advice));
	if (late != MISTAKE_COUNT)
		return answer_mistake(q, c, late);
	enum err e = first_time(q, opened.envelope);
	if (e == ERR_CONFLICT)
		return answer_fault(q, c, sandbox_codes[SANDBOX_CODE_REPLAY].wire,
		    sandbox_codes[SANDBOX_CODE_REPLAY].text);
	TRY(e);
	struct sandbox_request r = { .q = q, .app_id = c->keys.app_id, .data = opened.data };
	TRY(sandbox_serve(&r, service));
	if (r.fault != SANDBOX_CODE_COUNT)
		return answer_fault(q, c, sandbox_codes[r.fault].wire,
		    r.message ? r.message : sandbox_codes[r.fault].text);
	json_auto_t *data = r.answer;
	const struct sandbox_reply_answer says = { .success = true,
		.code = "0",
		.message = "成功" };
	return answer(q, c, &says, data);
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

/* The service of that name; ERR_NOT_FOUND. */
static enum err
service_of(const char *word, enum sandbox_service *ret)
{
	for (enum sandbox_service s = 0; s < SANDBOX_SERVICE_COUNT; s++)
		if (strcmp(sandbox_services[s].wire, word) == 0) {
			*ret = s;
			return ERR_OK;
		}
	return ERR_NOT_FOUND;
}

enum err
sandbox_call(struct req *q)
{
	struct caller c = { 0 };
	const struct value *envelope;
	enum sandbox_service service;
	size_t size;
	char *body;

	TRY(service_of(q->word[0], &service));
	TRY(read_body(q, &body, &size));
	if (value_read(q->arena, body, size, &envelope) != ERR_OK)
		return answer_stranger(q, mistakes[MISTAKE_NOT_JSON].wire,
		    mistakes[MISTAKE_NOT_JSON].title);
	const char *app_id = value_text(envelope, "appId");
	enum err e = !app_id || !envelope_id_ok(app_id)
			 ? ERR_NOT_FOUND
			 : selftest_keys_for(q, app_id, body, size, &c.credential, &c.keys);
	if (e == ERR_NOT_FOUND)
		return answer_stranger(q, sandbox_codes[SANDBOX_CODE_APP_ID].wire,
		    sandbox_codes[SANDBOX_CODE_APP_ID].text);
	if (e == ERR_OK)
		e = serve(q, service, &c, body, size);
	selftest_keys_forget(&c.keys);
	return e;
}
