#include <string.h>

#include "fcgi/session.h"
#include "fcgi/sm.h"
#include "handlers/application/access.h"
#include "handlers/deed.h"
#include "handlers/rules/channel_key_form.h"
#include "handlers/rules/kv_families.h"
#include "handlers/sheet/offer.h"
#include "handlers/sheet/sheet.h"
#include "handlers/who.h"
#include "sql/channel_key.h"

#define CHALLENGE_BYTES 32

/* A challenge is for one application and one session; Redis never learns the session's id. */
static const char *
challenge_key(struct req *q, const struct application *app)
{
	unsigned char digest[SM3_SIZE];

	sm3(q->session->id, strlen(q->session->id), digest);
	return arena_printf(q->arena, "%s:%s", app->number,
	    sm_hex(q->arena, digest, sizeof(digest)));
}

enum err
channel_key_show(struct req *q)
{
	unsigned char bytes[CHALLENGE_BYTES];
	struct application app;
	const struct channel_key *keys;
	size_t count;

	TRY(application_of_mine(q, q->db, &app));
	TRY(application_to_write(q, q->db, app.version, &app));
	if (!offer_key_report(&app))
		return ERR_WRONG_STATE;
	sm_random(bytes, sizeof(bytes));
	/* says what it is for, so that the signature is good for nothing else */
	const char *challenge = arena_printf(q->arena, "jieru-channel-key:%s:%s", app.number,
	    sm_hex(q->arena, bytes, sizeof(bytes)));
	TRY(kv_set(q->kv, &kv_channel_challenge, challenge_key(q, &app), challenge));

	TRY(channel_key_list(q->db, q->arena, app.id, &keys, &count));
	json_t *history = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(history,
		    json_pack("{ss sI}", "public_key", keys[i].public_key, "reported_at",
			(json_int_t)keys[i].created_at));
	json_t *current = count ? json_incref(json_array_get(history, 0)) : json_null();
	return reply_json(q, 200,
	    json_pack("{ss so so}", "challenge", challenge, "current", current, "history",
		history));
}

static enum err
refuse_key(struct req *q, const char *field, const char *text)
{
	return form_refuse(&channel_key_form, &q->errors, field, text);
}

/* On the curve, and not the pair the platform made for the test environment. */
static enum err
read_key(struct req *q, const struct application *app, const char *text,
    unsigned char key[SM2_PUBLIC_SIZE])
{
	unsigned char test_key[SM2_PUBLIC_SIZE];
	struct channel_credential test;

	if (sm2_read_public(text, key) != ERR_OK)
		return refuse_key(q, "public_key",
		    "公钥无法识别：应为 SM2 曲线上的点，65 字节（04‖X‖Y）的 Base64");
	enum err e = channel_credential_get(q->db, q->arena, app->id, ENVIRONMENT_TEST, &test);
	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	e = channel_credential_spent(q->db, q->arena, app->id,
	    sm_base64(q->arena, key, SM2_PUBLIC_SIZE));
	if (e == ERR_OK)
		return refuse_key(q, "public_key",
		    "该公钥对应的密钥已作废，请重新生成密钥对后上报");
	if (e != ERR_NOT_FOUND)
		return e;
	if (test.channel_public && sm2_read_public(test.channel_public, test_key) == ERR_OK &&
	    sm_equal(key, test_key, sizeof(test_key)))
		return refuse_key(q, "public_key",
		    "不能使用测试环境的渠道公钥，请自行生成正式环境的密钥对后上报");
	return ERR_OK;
}

/* Whoever reports the key holds the private one: the challenge, used up by this, is signed with it. */
static enum err
prove(struct req *q, const struct application *app, const char *text,
    const unsigned char key[SM2_PUBLIC_SIZE])
{
	unsigned char signature[SM2_SIGNATURE_SIZE];
	const char *challenge;

	if (sm2_read_signature(text, signature) != ERR_OK)
		return refuse_key(q, "signature", NULL);
	enum err e =
	    kv_take(q->kv, q->arena, &kv_channel_challenge, challenge_key(q, app), &challenge);
	if (e == ERR_NOT_FOUND)
		return refuse_key(q, "signature", "挑战值已失效，请刷新页面，用新的挑战值重新签名");
	TRY(e);
	if (sm2_verify(key, challenge, strlen(challenge), signature) != ERR_OK)
		return refuse_key(q, "signature",
		    "签名与公钥不匹配，请用该公钥对应的私钥对页面显示的挑战值重新签名");
	return ERR_OK;
}

enum err
channel_key_report(struct req *q)
{
	struct channel_key_form in = { 0 };
	unsigned char key[SM2_PUBLIC_SIZE];
	struct application app;

	TRY(application_of_mine(q, q->db, &app));
	TRY(application_to_write(q, q->db, app.version, &app));
	if (!offer_key_report(&app))
		return ERR_WRONG_STATE;
	TRY(form_bind(&channel_key_form, q, NULL, FORM_SUBMIT, &in));
	TRY(read_key(q, &app, in.public_key, key));
	TRY(prove(q, &app, in.signature, key));
	const char *kept = sm_base64(q->arena, key, sizeof(key));

	SQL_TX(tx, q->db);
	TRY(application_lock(&tx, q->arena, app.id,
	    &app)); /* issuing looks for the key meanwhile */
	TRY(channel_key_add(&tx, app.id, kept, who_user(q), q->now));
	TRY(channel_credential_report(&tx, app.id, kept));
	return deed_done(q, &tx, "channel_key.report", application_object(q, &app), "", 200,
	    json_pack("{ss sI}", "public_key", kept, "reported_at", (json_int_t)q->now));
}
