/*
 * Why an anonymous session is not kept, and what still holds:
 *
 * A page needs a token before anybody has signed in, for the login itself and
 * what stands around it. Kept for each visitor, these sessions were a way for
 * strangers to fill Redis by GET alone, until nobody could sign in. So the
 * anonymous id is
 *
 *     8 hex digits of when | 24 random ones | 32 of a MAC over both
 *
 * and the token a MAC over the id for another purpose (a signed double-submit
 * cookie). A page of another site cannot read the cookie, so it cannot know the
 * token; it cannot send the header of the token without a preflight, which we
 * do not answer; and a browser that sends Origin or Sec-Fetch-Site is believed
 * (gate_csrf in fcgi/http/dispatch.c). Who plants a cookie of his own, from a
 * name beside ours, would know the token of that id: __Host- keeps such cookies
 * out, and signing in begins another session (session_begin), so that nothing
 * he planted is ever signed in. An id that is not ours, or older than
 * config->session_max, is replaced, so the anonymous have an absolute end too.
 *
 * What has to be remembered of somebody who has not signed in makes a key like
 * any session, at its first session_save(), which counts it by network.
 */
#include "fcgi/http/session.h"

#include <stdlib.h>
#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "fcgi/crypto/keyring.h"
#include "fcgi/crypto/sm.h"
#include "fcgi/http/config.h"
#include "fcgi/http/cookie.h"
#include "fcgi/http/network.h"
#include "fcgi/store/kv.h"

#define ID_BYTES 32
#define TOKEN_BYTES 16
#define TIME_DIGITS 8
#define SAID_DIGITS 32 /* of an anonymous id: when it was made, and random ones */
#define MAC_DIGITS 32
#define SKEW 60     /* seconds another host may be ahead */
#define ROLE_MAX 31 /* WHO() makes bits of them */

/* Lifetimes come from the settings, so these two families are made per call. */
static struct kv_family
sessions(const struct req *q)
{
	return (struct kv_family){ "session", q->config->session_idle };
}

static struct kv_family
owners(const struct req *q)
{
	return (struct kv_family){ "sessions", q->config->session_max };
}

/* Those that were kept for people who have not signed in, by their network. */
static struct kv_family
begun(const struct req *q)
{
	return (struct kv_family){ "anonymous", q->config->session_idle };
}

/* What Redis knows a session by. */
static const char *
hashed(struct req *q, const char *id)
{
	unsigned char digest[SM3_SIZE];

	sm3(id, strlen(id), digest);
	return bytes_hex(q->arena, digest, sizeof(digest));
}

static const char *
owner_key(struct req *q, unsigned role, int64_t user_id)
{
	return arena_printf(q->arena, "%u/%lld", role, (long long)user_id);
}

static const char *
random_hex(struct req *q, size_t bytes)
{
	unsigned char raw[ID_BYTES];

	random_bytes(raw, bytes);
	return bytes_hex(q->arena, raw, bytes);
}

static void
send_cookie(struct req *q, const char *id)
{
	cookie_send(q, q->config->cookie, id, 0);
}

/* For somebody who signs in. */
static struct session *
fresh(struct req *q)
{
	struct session *s = ARENA_NEW(q->arena, struct session);

	s->id = random_hex(q, ID_BYTES);
	s->csrf = random_hex(q, TOKEN_BYTES);
	s->created = q->now;
	s->data = json_object();
	return s;
}

/* also: by the other key, while the key of the index is exchanged; NULL when it is not. */
static const char *
mac(struct req *q, const char *purpose, const char *text, bool also)
{
	const char *digits = also ? keyring_index_also(q->keyring, q->arena, purpose, text)
				  : keyring_index(q->keyring, q->arena, purpose, text);

	return digits ? arena_strndup(q->arena, digits, MAC_DIGITS) : NULL;
}

static bool
is_by(struct req *q, const char *id, const char *said, bool also)
{
	const char *right = mac(q, "session.anonymous", said, also);

	return right && bytes_equal(right, id + SAID_DIGITS, MAC_DIGITS);
}

/*
 * Whose id says when it was made, if it is one of ours and not too old; else NULL. A process
 * without the keyring serves nobody who is not signed in.
 */
static struct session *
anonymous(struct req *q, const char *id)
{
	const char *said = arena_strndup(q->arena, id, SAID_DIGITS);
	int64_t created = strtoll(arena_strndup(q->arena, id, TIME_DIGITS), NULL, 16);

	if (!q->keyring)
		return NULL;
	bool also = !is_by(q, id, said, false);
	if ((also && !is_by(q, id, said, true)) || created > q->now + SKEW ||
	    q->now - created > (int64_t)q->config->session_max)
		return NULL;
	struct session *s = ARENA_NEW(q->arena, struct session);
	s->id = id;
	s->csrf = mac(q, "session.csrf", id, also);
	s->created = created;
	s->data = json_object();
	return s;
}

/* Nobody yet; nothing is kept of him. */
static struct session *
nobody(struct req *q)
{
	const char *said = arena_printf(q->arena, "%08llx%s", (unsigned long long)q->now,
	    random_hex(q, (SAID_DIGITS - TIME_DIGITS) / 2));

	if (!q->keyring)
		return fresh(q);
	struct session *s = anonymous(q,
	    arena_printf(q->arena, "%s%s", said, mac(q, "session.anonymous", said, false)));
	send_cookie(q, s->id);
	return s;
}

static void
replace(struct req *q, struct session *s)
{
	if (q->session)
		json_decref(q->session->data);
	q->session = s;
}

/* To Redis; only over what is there when `again`. */
static enum err
keep(struct req *q, bool again)
{
	const struct session *s = q->session;
	struct kv_family family = sessions(q);
	json_t *kept = json_pack("{ss ss* si sI sI sO}", "csrf", s->csrf, "address", s->address,
	    "role", (int)s->role, "user", (json_int_t)s->user_id, "created", (json_int_t)s->created,
	    "data", s->data);
	char *text = kept ? json_dumps(kept, JSON_COMPACT) : NULL;
	enum err e = ERR_INTERNAL;

	if (text)
		e = again ? kv_replace(q->kv, &family, hashed(q, s->id), text)
			  : kv_set(q->kv, &family, hashed(q, s->id), text);
	free(text);
	json_decref(kept);
	return e;
}

/* ERR_RATE_LIMITED: this network began as many as it may. */
static enum err
admit(struct req *q)
{
	struct kv_family family = begun(q);
	int64_t count, left;

	TRY(kv_count(q->kv, &family, network_around(q->arena, q->address), &count, &left));
	if (count <= (int64_t)SESSIONS_ANONYMOUS * q->config->address_factor)
		return ERR_OK;
	reply_header(q, "Retry-After",
	    arena_printf(q->arena, "%lld", left > 0 ? (long long)left : 1));
	return refuse(q, ERR_RATE_LIMITED,
	    arena_printf(q->arena, "您所在的网络办理过于频繁，请 %lld 分钟后再试",
		(long long)(left > 60 ? (left + 59) / 60 : 1)));
}

enum err
session_save(struct req *q)
{
	if (!q->session->kept && !q->session->role) {
		TRY(admit(q));
		TRY(keep(q, false));
		q->session->kept = true;
		return ERR_OK;
	}
	enum err e = keep(q, true);

	return e == ERR_NOT_FOUND ? ERR_UNAUTHENTICATED : e;
}

/* A kept session as a struct; NULL when the text is none of ours or too old. */
static struct session *
parse(struct req *q, const char *id, const char *text)
{
	json_t *kept = json_loads(text, 0, NULL);
	struct session *s = ARENA_NEW(q->arena, struct session);
	const char *csrf, *address = NULL;
	int role;
	json_int_t user, created;
	json_t *data;

	if (json_unpack(kept, "{ss s?s si sI sI sO}", "csrf", &csrf, "address", &address, "role",
		&role, "user", &user, "created", &created, "data", &data)) {
		json_decref(kept);
		return NULL;
	}
	if (role < 0 || role > ROLE_MAX || !json_is_object(data)) {
		json_decref(data);
		json_decref(kept);
		return NULL;
	}
	*s = (struct session){ id, arena_strndup(q->arena, csrf, strlen(csrf)), (unsigned)role,
		user, created, NULL, data, true };
	if (address)
		s->address = arena_strndup(q->arena, address, strlen(address));
	json_decref(kept);
	if (q->now - s->created > (int64_t)q->config->session_max) {
		json_decref(data);
		return NULL;
	}
	return s;
}

enum err
session_load(struct req *q)
{
	struct kv_family family = sessions(q);
	const char *id = cookie_hex(q, q->config->cookie, ID_BYTES * 2), *text;
	struct session *s = NULL;

	if (id) {
		enum err e = kv_get_fresh(q->kv, q->arena, &family, hashed(q, id), &text);

		if (e != ERR_OK && e != ERR_NOT_FOUND)
			return e;
		if (e == ERR_OK)
			s = parse(q, id, text);
	}
	if (id && !s)
		s = anonymous(q, id);
	replace(q, s ? s : nobody(q));
	return ERR_OK;
}

/* Take the session the request came with out of Redis; ERR_NOT_FOUND when it has gone meanwhile. */
static enum err
forget(struct req *q)
{
	struct kv_family family = sessions(q), owned = owners(q);
	const struct session *s = q->session;
	const char *text;

	if (!s->kept)
		return ERR_NOT_FOUND;
	TRY(kv_take(q->kv, q->arena, &family, hashed(q, s->id), &text));
	if (s->role)
		TRY(kv_remove(q->kv, &owned, owner_key(q, s->role, s->user_id), hashed(q, s->id)));
	return ERR_OK;
}

/* Sessions that ran out are still named in their owner's set; without this it would only grow. */
static enum err
prune(struct req *q, const char *owner)
{
	struct kv_family family = sessions(q), owned = owners(q);
	const char *const *members, *text;
	size_t count;

	TRY(kv_members(q->kv, q->arena, &owned, owner, &members, &count));
	for (size_t i = 0; i < count; i++) {
		enum err e = kv_get(q->kv, q->arena, &family, members[i], &text);

		if (e == ERR_NOT_FOUND)
			e = kv_remove(q->kv, &owned, owner, members[i]);
		TRY(e);
	}
	return ERR_OK;
}

/* s in the place of the session the request came with, named among those of its owner. */
static enum err
put(struct req *q, struct session *s)
{
	struct kv_family owned = owners(q);

	replace(q, s);
	TRY(kv_add(q->kv, &owned, owner_key(q, s->role, s->user_id), hashed(q, s->id)));
	TRY(keep(q, false));
	s->kept = true;
	send_cookie(q, s->id);
	return ERR_OK;
}

enum err
session_begin(struct req *q, unsigned role, int64_t user_id, json_t *data)
{
	struct session *s = fresh(q);
	enum err e = q->session ? forget(q) : ERR_OK;

	json_decref(s->data);
	s->data = data;
	s->role = role;
	s->user_id = user_id;
	s->address = q->address;
	if (e == ERR_OK || e == ERR_NOT_FOUND) /* gone meanwhile: nothing of it goes on */
		e = prune(q, owner_key(q, role, user_id));
	if (e == ERR_OK)
		return put(q, s);
	json_decref(data);
	return e;
}

enum err
session_renew(struct req *q, json_t *data)
{
	struct session *s = fresh(q);
	const struct session *old = q->session;
	enum err e = forget(q);

	json_decref(s->data);
	s->data = data;
	s->role = old->role;
	s->user_id = old->user_id;
	s->created = old->created; /* the login's time and place count */
	s->address = old->address;
	if (e == ERR_OK)
		return put(q, s);
	json_decref(data);
	/* one that was ended a moment ago must not live on under a new id */
	return e == ERR_NOT_FOUND ? ERR_UNAUTHENTICATED : e;
}

enum err
session_end(struct req *q)
{
	enum err e = forget(q);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	send_cookie(q, NULL);
	return ERR_OK;
}

/* Does a kept session's data have name == value? One that is gone does not matter. */
static bool
has_value(struct req *q, const char *member, const char *name, int64_t value)
{
	struct kv_family family = sessions(q);
	const char *text;

	if (kv_get(q->kv, q->arena, &family, member, &text) != ERR_OK)
		return true;
	json_t *kept = json_loads(text, 0, NULL);
	const json_t *found = json_object_get(json_object_get(kept, "data"), name);
	bool same = json_is_integer(found) && json_integer_value(found) == value;
	json_decref(kept);
	return same;
}

enum err
session_end_all(struct req *q, unsigned role, int64_t user_id, const char *name, int64_t value,
    const char *keep)
{
	struct kv_family family = sessions(q), owned = owners(q);
	const char *owner = owner_key(q, role, user_id), *const * members;
	size_t count;

	TRY(kv_members(q->kv, q->arena, &owned, owner, &members, &count));
	for (size_t i = 0; i < count; i++) {
		if (keep && strcmp(members[i], hashed(q, keep)) == 0)
			continue;
		if (name && !has_value(q, members[i], name, value))
			continue;
		TRY(kv_delete(q->kv, &family, members[i]));
		TRY(kv_remove(q->kv, &owned, owner, members[i]));
	}
	return ERR_OK;
}

enum err
session_list(struct req *q, const struct session_info **ret, size_t *ret_count)
{
	struct kv_family family = sessions(q), owned = owners(q);
	const char *owner = owner_key(q, q->session->role, q->session->user_id), *const * members;
	const char *mine = hashed(q, q->session->id), *text;
	size_t count, living = 0;

	TRY(kv_members(q->kv, q->arena, &owned, owner, &members, &count));
	struct session_info *list = arena_alloc(q->arena, (count + 1) * sizeof(*list));
	for (size_t i = 0; i < count; i++) {
		enum err e = kv_get(q->kv, q->arena, &family, members[i], &text);

		if (e == ERR_NOT_FOUND) /* ran out since */
			continue;
		TRY(e);
		const struct session *s = parse(q, "", text);
		if (!s)
			continue;
		json_decref(s->data);
		list[living++] = (struct session_info){ members[i], s->created, s->address,
			strcmp(members[i], mine) == 0 };
	}
	*ret = list;
	*ret_count = living;
	return ERR_OK;
}

enum err
session_end_listed(struct req *q, const struct session_info *info)
{
	struct kv_family family = sessions(q), owned = owners(q);

	TRY(kv_delete(q->kv, &family, info->key));
	return kv_remove(q->kv, &owned, owner_key(q, q->session->role, q->session->user_id),
	    info->key);
}
