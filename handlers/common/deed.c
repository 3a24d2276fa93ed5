#include "handlers/common/deed.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/sm.h"
#include "fcgi/http/session.h"
#include "fcgi/store/kv.h"
#include "handlers/common/gate.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/table/limits.h"
#include "sql/db/once.h"
#include "sql/record/audit.h"

#define TOKEN_MIN 16
#define TOKEN_MAX 64
#define TOKEN_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
#define SESSION_DIGITS 32 /* of the hash that stands for an anonymous session */

/* Whose keys these are: what one person made up says nothing about another's. */
static const char *
actor(const struct req *q)
{
	unsigned char digest[SM3_SIZE];

	if (who_user(q) != 0)
		return arena_printf(q->arena, "%u/%lld", (unsigned)who_role(q),
		    (long long)who_user(q));
	sm3(q->session->id, strlen(q->session->id), digest);
	return arena_printf(q->arena, "session/%.*s", SESSION_DIGITS,
	    bytes_hex(q->arena, digest, sizeof(digest)));
}

static const char *
token(const struct req *q)
{
	const char *text = q->header(q, "HTTP_IDEMPOTENCY_KEY");
	size_t len = text ? strlen(text) : 0;

	if (len < TOKEN_MIN || len > TOKEN_MAX || strspn(text, TOKEN_CHARACTERS) != len)
		return NULL;
	return text;
}

static bool
is_once(const struct req *q)
{
	return q->route && (q->route->gates & GATE_ONCE) != 0;
}

/* Rows are told apart by their route, so that a key used twice by mistake is noticed. */
static const char *
route_name(const struct req *q)
{
	return arena_printf(q->arena, "%s %s", q->method, q->route->path);
}

static enum err
replay(struct req *q, const struct once *kept)
{
	char *text;

	if (strcmp(kept->route, route_name(q)) != 0)
		return refuse(q, ERR_CONFLICT, "防重复提交标识已用于其他操作，请刷新页面后重试");
	TRY(unseal_text(q, PURPOSE_ONCE, kept->body_sealed, &text));
	if (*text == '\0')
		return reply_empty(q, (int)kept->status);
	return reply_text(q, (int)kept->status, text);
}

/* Answered before? Then q has the answer. */
static enum err
look(struct req *q, const char *key)
{
	struct once kept;
	enum err e = once_get(q->db, q->arena, actor(q), key, &kept);

	if (e == ERR_NOT_FOUND)
		return ERR_OK;
	TRY(e);
	return replay(q, &kept);
}

/* Copies have one: the same person, key, address and body. */
static const char *
turn_of(struct req *q, const char *key)
{
	size_t size = q->input ? json_dumpb(q->input, NULL, 0, JSON_COMPACT) : 0;
	char *body = arena_alloc(q->arena, size + 1);
	unsigned char digest[SM3_SIZE];

	if (size > 0)
		json_dumpb(q->input, body, size, JSON_COMPACT);
	sm3(body, size, digest);
	return index_text(q, PURPOSE_ONCE_TURN,
	    arena_printf(q->arena, "%s %s %s %s", actor(q),
		bytes_hex(q->arena, (const unsigned char *)key, strlen(key)), route_name(q),
		bytes_hex(q->arena, digest, sizeof(digest))));
}

/* What a copy was refused a moment ago. ERR_NOT_FOUND: nothing. */
static enum err
refused(struct req *q, const char *turn)
{
	const char *sealed;
	char *text;

	TRY(kv_get(q->kv, q->arena, &kv_once_refused, turn, &sealed));
	TRY(unseal_text(q, PURPOSE_ONCE, sealed, &text));
	const char *body = strchr(text, ' ');
	TRY(reply_text(q, (int)strtol(text, NULL, 10), body ? body + 1 : NULL));
	q->content_type = "application/problem+json";
	return ERR_OK;
}

/* One of several copies gets the turn; the others come back here until there is an answer. */
static enum err
wait_for_turn(struct req *q, const char *key)
{
	const struct timespec pause = { 0, 20L * 1000 * 1000 };
	const char *turn = turn_of(q, key);

	for (int i = 0; i < ONCE_WAIT * 50; i++, nanosleep(&pause, NULL)) {
		enum err e = kv_set_new(q->kv, &kv_once_turn, turn, "");
		bool mine = e == ERR_OK;

		if (e != ERR_OK && e != ERR_CONFLICT)
			return e;
		if (mine)
			q->turn = turn;
		TRY(look(q, key)); /* the turn may have come by the end of the one before */
		if (q->status)
			return ERR_OK;
		e = refused(q, turn);
		if (e != ERR_NOT_FOUND || mine)
			return e == ERR_NOT_FOUND ? ERR_OK : e;
	}
	return refuse(q, ERR_UNAVAILABLE, "相同的请求正在处理中，请稍后刷新页面查看结果");
}

enum err
deed_gate_once(struct req *q)
{
	const char *key = token(q);

	if (!key)
		return ERR_KEY_MISSING;
	TRY(look(q, key));
	return q->status ? ERR_OK : wait_for_turn(q, key);
}

/* What is our fault or passes by itself is not kept: whoever waits tries himself. */
static bool
is_refusal(const struct req *q)
{
	return q->status >= 400 && q->status < 500 && q->status != 429 && q->bytes;
}

void
deed_end(struct req *q)
{
	if (!q->turn)
		return;
	if (is_refusal(q))
		(void)!kv_set(q->kv, &kv_once_refused, q->turn,
		    seal_text(q, PURPOSE_ONCE,
			arena_printf(q->arena, "%d %s", q->status, (const char *)q->bytes)));
	(void)!kv_delete(q->kv, &kv_once_turn, q->turn); /* else it ends by itself */
}

enum err
deed_note(struct req *q, struct sql_tx *tx, enum deed deed, const char *object, const char *detail)
{
	struct audit_entry entry = {
		.role = (unsigned)who_role(q),
		.user_id = who_user(q),
		.address = q->address ? q->address : "",
		.name = deed_name(deed),
		.object = object,
		.detail = detail,
		.now = q->now,
	};

	return audit_write(tx, q->arena, &entry);
}

static enum err
keep_answer(struct req *q, struct sql_tx *tx, int status, const char *body)
{
	struct once once = {
		.actor = actor(q),
		.token = token(q),
		.route = route_name(q),
		.status = status,
		.body_sealed = seal_text(q, PURPOSE_ONCE, body ? body : ""),
	};

	return once.token ? once_put(tx, &once, q->now) : ERR_KEY_MISSING;
}

static enum err
finish(struct req *q, struct sql_tx *tx, enum deed deed, const char *object, const char *detail,
    int status, const char *body)
{
	if (is_once(q))
		TRY(keep_answer(q, tx, status, body));
	TRY(deed_note(q, tx, deed, object, detail));
	return sql_commit(tx);
}

enum err
deed_done(struct req *q, struct sql_tx *tx, enum deed deed, const char *object, const char *detail,
    int status, const char *body)
{
	enum err e = body || status == 204 ? finish(q, tx, deed, object, detail, status, body)
					   : ERR_INTERNAL;

	if (e == ERR_OK)
		return body ? reply_text(q, status, body) : reply_empty(q, status);
	if (e != ERR_EXISTS || !is_once(q))
		return e;
	/* The same request came twice at once and the other one was first: give its answer. */
	sql_tx_end(tx);
	return look(q, token(q));
}
