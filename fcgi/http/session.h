#ifndef FCGI_HTTP_SESSION_H
#define FCGI_HTTP_SESSION_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "fcgi/http/request.h"

/*
 * Sessions of people who signed in live in Redis under the SM3 of their id, so a
 * dump of Redis opens none. They end after config->session_idle seconds without
 * a request and config->session_max after login. Losing Redis logs everybody
 * out and loses nothing else.
 *
 * Whoever has not signed in costs nothing: his id says when it was made and
 * proves by the keyring that it is ours, his token follows from it, and only
 * what a handler gives session_save() to keep makes a key in Redis. Of those
 * each network may begin SESSIONS_ANONYMOUS in config->session_idle seconds,
 * times the address factor, and they end config->session_max after the id was
 * made, whatever is done.
 */
#define SESSIONS_ANONYMOUS 200

/* The session the cookie names, or a new anonymous one, to q->session. ERR_UNAVAILABLE. */
MUST_CHECK enum err session_load(struct req *q);
/*
 * Write q->session back after its data changed. ERR_UNAUTHENTICATED: it was
 * ended meanwhile. ERR_RATE_LIMITED: an anonymous one too many of this network.
 */
MUST_CHECK enum err session_save(struct req *q);
/*
 * Someone signed in: a new id, token and life, the old session gone, also when
 * it was his. `data` passes to the session.
 */
MUST_CHECK enum err session_begin(struct req *q, unsigned role, int64_t user_id, json_t *data);
/*
 * The rights of the session grow: a new id and token, the
 * old ones gone; its life goes on. `data` passes to it. ERR_UNAUTHENTICATED
 * when it was ended meanwhile.
 */
MUST_CHECK enum err session_renew(struct req *q, json_t *data);
/* Sign out: the session and its cookie are gone. */
MUST_CHECK enum err session_end(struct req *q);
/*
 * End all sessions of a person, at once for every worker; those whose data has
 * `name` == `value` only, when name is not NULL. `keep`: an id to leave, or NULL.
 */
MUST_CHECK enum err session_end_all(struct req *q, unsigned role, int64_t user_id, const char *name,
    int64_t value, const char *keep);

/* One of the sessions of whoever signed in, as he may see it. */
struct session_info {
	const char *key;     /* 64 hex digits: what Redis knows it by; opens nothing */
	int64_t created;     /* Unix seconds, of the login */
	const char *address; /* or NULL */
	bool current;        /* the one that asks */
};
/* Those that live, in no order. */
MUST_CHECK enum err session_list(struct req *q, const struct session_info **ret, size_t *ret_count);
MUST_CHECK enum err session_end_listed(struct req *q, const struct session_info *info);

#endif
