#include "handlers/key/channel_key.h"

#include <stdlib.h>
#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "fcgi/crypto/sm.h"
#include "fcgi/http/session.h"
#include "handlers/application/access.h"
#include "handlers/common/deed.h"
#include "handlers/common/mask.h"
#include "handlers/common/who.h"
#include "handlers/key/channel_key_proof.h"
#include "handlers/rules/form/key_form.h"
#include "handlers/rules/table/limits.h"
#include "handlers/sheet/offer.h"
#include "sql/key/channel_key.h"

/* In hex no longer than half a private key, so that the two are not mistaken for each other. */
#define CHALLENGE_BYTES 16
#define CHALLENGE_LEFT 300 /* seconds; with less, another one is shown */

struct reported_key_answer {
	const char *public_key, *by, *state;
	int64_t reported_at;
};
static const struct answer_row reported_rows[] = {
	ANSWER(struct reported_key_answer, public_key, .about = "base64"),
	ANSWER(struct reported_key_answer, reported_at, .about = "Unix seconds"),
	ANSWER(struct reported_key_answer, by, .null = true, .about = "masked"),
	ANSWER(struct reported_key_answer, state, .words = "current replaced ended"),
};
static const struct answer reported_key_answer =
    ANSWER_TABLE("reported_key", struct reported_key_answer, reported_rows);

struct channel_keys_answer {
	const char *challenge;
	int64_t expires_at;
	const struct reported_key_answer *current;
	ANSWER_ITEMS(struct reported_key_answer) history;
};
static const struct answer_row keys_rows[] = {
	ANSWER(struct channel_keys_answer, challenge, .null = true,
	    .about = "null: nothing can be reported any more"),
	ANSWER(struct channel_keys_answer, expires_at,
	    .about = "Unix seconds; 0 without a challenge"),
	ANSWER_ONE(struct channel_keys_answer, current, &reported_key_answer, .null = true),
	ANSWER_MANY(struct channel_keys_answer, history, &reported_key_answer,
	    .about = "newest first, the current one too"),
};
const struct answer channel_keys_answer =
    ANSWER_TABLE("channel_keys", struct channel_keys_answer, keys_rows);

struct channel_key_answer {
	const char *public_key;
	int64_t reported_at;
};
static const struct answer_row key_rows[] = {
	ANSWER(struct channel_key_answer, public_key, .about = "base64"),
	ANSWER(struct channel_key_answer, reported_at, .about = "Unix seconds"),
};
const struct answer channel_key_answer =
    ANSWER_TABLE("channel_key", struct channel_key_answer, key_rows);

/* A challenge is for one application and one session; Redis never learns the session's id. */
static const char *
challenge_key(struct req *q, const struct application *app)
{
	unsigned char digest[SM3_SIZE];

	sm3(q->session->id, strlen(q->session->id), digest);
	return arena_printf(q->arena, "%s:%s", app->number,
	    bytes_hex(q->arena, digest, sizeof(digest)));
}

/* What is kept: when it was made, and itself. */
static enum err
kept_challenge(struct req *q, const struct application *app, int64_t *ret_made, const char **ret)
{
	const char *kept;
	char *end;

	TRY(kv_get(q->kv, q->arena, &kv_channel_challenge, challenge_key(q, app), &kept));
	*ret_made = strtoll(kept, &end, 10);
	if (*end != ' ')
		return ERR_NOT_FOUND;
	*ret = end + 1;
	return ERR_OK;
}

/* The one shown before stays while it is unused: people sign elsewhere and come back. */
static enum err
show_challenge(struct req *q, const struct application *app, const char **ret, int64_t *ret_until)
{
	const int64_t lifetime = kv_channel_challenge.lifetime;
	unsigned char bytes[CHALLENGE_BYTES];
	int64_t made;
	enum err e = kept_challenge(q, app, &made, ret);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	if (e == ERR_NOT_FOUND || made + lifetime - q->now < CHALLENGE_LEFT) {
		random_bytes(bytes, sizeof(bytes));
		/* says what it is for, so that the signature is good for nothing else */
		*ret = arena_printf(q->arena, "jieru-channel-key:%s:%s", app->number,
		    bytes_hex(q->arena, bytes, sizeof(bytes)));
		made = q->now;
		TRY(kv_set(q->kv, &kv_channel_challenge, challenge_key(q, app),
		    arena_printf(q->arena, "%lld %s", (long long)made, *ret)));
	}
	*ret_until = made + lifetime;
	return ERR_OK;
}

/* Newest first, in the arena. */
static const struct reported_key_answer *
history_of(struct req *q, const struct channel_key *keys, size_t count)
{
	struct reported_key_answer *history =
	    ARENA_ARRAY(q->arena, struct reported_key_answer, count);

	for (size_t i = 0; i < count; i++)
		history[i] = (struct reported_key_answer){
			.public_key = keys[i].public_key,
			.reported_at = keys[i].created_at,
			.by = mask_name(q->arena, keys[i].name),
			.state = keys[i].ended ? "ended"
				 : i           ? "replaced"
					       : "current",
		};
	return history;
}

enum err
channel_key_show(struct req *q)
{
	struct application app;
	const struct channel_key *keys;
	struct channel_keys_answer answer = { 0 };
	size_t count;

	TRY(application_of_mine(q, q->db, &app));
	TRY(application_to_write(q, q->db, app.version, &app));
	TRY(channel_key_list(q->db, q->arena, app.id, &keys, &count));
	if (offer_key_report(&app))
		TRY(show_challenge(q, &app, &answer.challenge, &answer.expires_at));
	else if (!count)
		return ERR_WRONG_STATE;
	answer.history.items = history_of(q, keys, count);
	answer.history.count = count;
	answer.current = count ? answer.history.items : NULL;
	return reply(q, 200, &channel_keys_answer, &answer);
}

/* Whoever reports the key holds the private one: the challenge is signed with it, and then used up. */
static enum err
prove(struct req *q, const struct application *app, const char *signature,
    const unsigned char key[SM2_PUBLIC_SIZE])
{
	const char *challenge, *taken;
	int64_t made;

	enum err e = kept_challenge(q, app, &made, &challenge);
	if (e == ERR_OK) {
		TRY(channel_key_prove(q, challenge, signature, key));
		e = kv_take(q->kv, q->arena, &kv_channel_challenge, challenge_key(q, app), &taken);
	}
	if (e == ERR_OK && strcmp(strchr(taken, ' ') + 1, challenge) == 0)
		return ERR_OK;
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	return form_refuse(&channel_key_form, &q->errors, "signature",
	    "挑战值已使用或已失效，请用页面上新的挑战值重新签名");
}

enum err
channel_key_report(struct req *q)
{
	struct channel_key_form in = { 0 };
	unsigned char key[SM2_PUBLIC_SIZE];
	struct application app;
	bool contested;

	TRY(application_of_mine(q, q->db, &app));
	TRY(application_to_write(q, q->db, app.version, &app));
	if (!offer_key_report(&app))
		return ERR_WRONG_STATE;
	TRY(form_bind(&channel_key_form, q, NULL, FORM_SUBMIT, &in));
	TRY(channel_key_no_secret(q, &in));
	TRY(channel_key_read(q, app.id, in.public_key, key));
	TRY(prove(q, &app, in.signature, key));
	const char *kept = bytes_base64(q->arena, key, sizeof(key));

	SQL_TX(tx, q->db);
	/* issuing looks for the key meanwhile */
	TRY(application_lock(&tx, q->arena, app.id, &app));
	TRY(channel_key_add(&tx, app.id, kept, who_user(q), q->now));
	TRY(channel_key_contested(&tx, q->arena, app.id, kept, &contested));
	if (contested)
		return ERR_CONFLICT;
	TRY(channel_credential_report(&tx, app.id, kept));
	const struct channel_key_answer answer = { kept, q->now };
	return deed_done(q, &tx, DEED_CHANNEL_KEY_REPORT, application_object(q, &app), "", 200,
	    answer_text(q, &channel_key_answer, &answer));
}
