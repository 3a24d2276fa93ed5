#ifndef FCGI_HTTP_REQUEST_H
#define FCGI_HTTP_REQUEST_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "fcgi/base/arena.h"
#include "fcgi/base/err.h"
#include "fcgi/base/source.h"
#include "fcgi/http/form.h"

struct config;
struct keyring;
struct kv;
struct route;
struct sql;

/* A name and a value, both NUL-terminated, in the arena. */
struct param {
	const char *name, *value;
};

/* Who asks, by his cookie; kept by fcgi/http/session.h. */
struct session {
	const char *id;      /* 64 hex digits: the cookie's value */
	const char *csrf;    /* 32 hex digits */
	unsigned role;       /* a code of the program's; 0 nobody */
	int64_t user_id;     /* in the role's own table; 0 nobody */
	int64_t created;     /* Unix seconds, of the login */
	const char *address; /* of the login; NULL: nobody signed in */
	json_t *data;        /* the program's own part; an object, owned by the request */
	bool kept;           /* in Redis; an anonymous one is not before something has to be */
};

#define QUERY_MAX 16
#define REPLY_HEADERS_MAX 16

/*
 * One request, from the router to the reply. But for tables and the settings of its area a
 * handler sees nothing else: no globals, no environment, no clock of its own.
 */
struct req {
	struct arena *arena;

	/* what the process keeps; not owned */
	struct sql *db;
	struct kv *kv;
	const struct config *config;
	struct keyring *keyring; /* personal fields; NULL where nobody reads them */
	struct keyring *vault;   /* what few workers may read; NULL in all others */

	/* what came in */
	const struct route *route;
	const char *method, *path;
	const char *address;    /* of the client, from nginx */
	const char *request_id; /* for the log and for error answers */
	int64_t now;            /* Unix seconds, read once */
	struct param query[QUERY_MAX];
	size_t nquery;
	/* A header by its CGI name ("HTTP_X_CSRF_TOKEN"), or NULL; set by the transport. */
	const char *(*header)(const struct req *q, const char *name);
	void *transport;
	int64_t body_length;     /* declared, bytes; 0 when there is none */
	struct body_source body; /* one that is not JSON */
	json_t *input;           /* the parsed JSON object, owned; NULL when the route takes none */

	/* what the path named */
	int64_t id;          /* {id}, or 0 */
	const char *key;     /* {key}: 32 lower-case hex digits, or NULL */
	const char *word[2]; /* {word}: [a-z-]+, or NULL */

	struct session *session; /* NULL when the route needs none and none came */
	const char *turn;        /* of a POST that counts once: the program's; or NULL */

	/* what goes out */
	struct field_errors errors;
	const char *detail; /* what the text of the error cannot know, or NULL */
	int status;
	enum err ended; /* ERR_OK, or what the problem is that was sent */
	json_t *kept;   /* what the reply is made of, owned: reply_keep(); or NULL */
	const char *content_type;
	const void *bytes; /* in the arena; JSON has a NUL behind it; NULL when there is no body */
	size_t nbytes;
	struct param headers[REPLY_HEADERS_MAX];
	size_t nheaders;
};

/* Answer with `json`, text in the arena; ERR_INTERNAL when it is NULL. */
MUST_CHECK enum err reply_text(struct req *q, int status, const char *json);
/* The same of a tree, which passes to q even when this fails; json_pack() needs no check of its own. */
MUST_CHECK enum err reply_json(struct req *q, int status, json_t *body);
/* No body. */
MUST_CHECK enum err reply_empty(struct req *q, int status);
/* `bytes` must live in the arena, or as long as the program. */
MUST_CHECK enum err reply_bytes(struct req *q, const char *type, const void *bytes, size_t size);
/*
 * Name is a literal; the value must live as long as the arena. A header set
 * before is replaced; control characters, which could end the line, become '_'.
 */
void reply_header(struct req *q, const char *name, const char *value);

/* End with `e`; people read this text instead of the one in its table. Returns `e`. */
MUST_CHECK enum err refuse(struct req *q, enum err e, const char *text);
/* End with ERR_INVALID naming one field that no form table knows more about. */
MUST_CHECK enum err refuse_field(struct req *q, const char *field, const char *text);

/* form_read() of q->input; see fcgi/http/form.h. */
MUST_CHECK enum err form_bind(const struct form *form, struct req *q, const char *variant,
    enum form_mode mode, void *out);

/*
 * As form_bind(), but refused fields are no end yet: the caller looks for more
 * in what was accepted (members refused or not given stay zero) and ends with
 * form_end(), so that people see all mistakes at once.
 */
MUST_CHECK enum err form_collect(const struct form *form, struct req *q, const char *variant,
    enum form_mode mode, void *out);
/* ERR_INVALID when any field was refused. */
MUST_CHECK enum err form_end(const struct req *q);

/* Gives back everything q holds. q may be used again after it. */
void req_release(struct req *q);

#endif
