#ifndef FCGI_HTTP_ROUTE_H
#define FCGI_HTTP_ROUTE_H

#include "fcgi/http/request.h"

/*
 * Checks that happen before the handler, in the order of these bits. The bits
 * from GATE_DOMAIN on belong to the program; their functions are in the table
 * it hands to dispatch().
 */
enum gate {
	GATE_SESSION = 1 << 0, /* load the session; make an anonymous one if there is none */
	GATE_CSRF = 1 << 1,    /* same origin, and the session's token came along in a header */
	GATE_DOMAIN = 1 << 2,  /* first bit of the program's own gates */
};

#define WHO(role) (1u << (role))
#define WHO_ANYONE (~0u)

struct answer;

/* clang-format off */
struct route {
	const char *method;
	const char *path;	/* may hold {id}, {key} and up to two {word}; see struct req */
	enum err (*handler)(struct req *q);
	unsigned who;		/* WHO() bits of the session's role; 0 lets nobody in */
	unsigned gates;		/* enum gate and the program's own */
	size_t body_max;	/* bytes; 0: no body */
	unsigned per_minute;	/* requests from one address, of one person where `who` lets no
				   stranger in; 0 for no limit */
	const struct form *form;/* of the JSON body; NULL: no JSON body (a raw one when body_max) */
	const struct answer *answer;	/* what a 2xx sends: fcgi/http/answer.h; answer_nothing for 204 */
	const char *about;	/* one line for OpenAPI */
	const struct form *query;/* of what may stand behind "?", see query_bind(); NULL: nothing */
};
/* clang-format on */

struct route_table {
	const struct route *rows;
	size_t count;
};

/* One of the program's gates. Rows are run in table order. */
struct gate_row {
	unsigned bit;
	enum err (*check)(struct req *q);
};

/*
 * The row that serves q->method and q->path, to q->route, with what the path
 * named. HEAD is served by its own rows only.
 * ERR_NOT_FOUND no such path, ERR_METHOD the path exists for other methods,
 * which the reply then names (Allow).
 */
MUST_CHECK enum err route_find(const struct route_table *table, struct req *q);

#endif
