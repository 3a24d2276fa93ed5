#ifndef TESTS_FAKES_VISITOR_H
#define TESTS_FAKES_VISITOR_H

#include "fcgi/http/request.h"
#include "handlers/rules/table/kinds.h"

/*
 * A request for handlers under test, with a session, a keyring and the fakes
 * behind it. One at a time.
 */
#define VISITOR_NOW INT64_C(1769817600) /* 2026-01-31 08:00 in Asia/Shanghai */

/* Once per program. Aborts when it cannot. */
void visitor_open(void);
void visitor_close(void);

/* All fakes empty, nobody signed in. */
void visitor_clear(void);
/* PORTAL_STAFF_TOTP from now on; "optional" at first. */
void visitor_totp(const char *setting);
/* The session of the requests to come: of this person, with these numbers in its data (0: none). */
void visitor_sign_in(enum role role, int64_t user_id, int64_t unit_id, int64_t institution_id);
/* Sends a request: input (stolen; NULL for none) to the handler. Its answer is in visitor_q. */
enum err visitor_send(enum err (*handler)(struct req *q), unsigned gates, json_t *input);

/* Where the requests to come are from; "192.0.2.1" again after visitor_clear(). */
extern const char *visitor_address;
/* The requests to come are those of a browser that was never here. */
void visitor_other_browser(void);
/* Its cookies, to come back to it: 300 bytes or less. */
const char *visitor_cookies(void);
void visitor_browser_again(const char *cookies);

/* As if this SMS code had been sent to the phone for the session of the requests to come. */
void visitor_sms_code(const char *purpose, const char *phone, const char *code);

/* What {id} of the requests to come is; 0 again after visitor_clear(). */
extern int64_t visitor_next_id;
/* How many sessions this person has. */
size_t visitor_sessions(enum role role, int64_t user_id);

/* The request and its answer, until the next visitor_send(). */
extern struct req visitor_q;
/* A member of the answer, as text; "" when there is none. */
const char *visitor_answer(const char *name);
/* Was this field refused? */
bool visitor_refused(const char *field);

/*
 * Every store and Redis call of one request fails once: sends it again and
 * again after `prepare`, and asserts that what fails commits nothing.
 * Returns how many calls a request without fault makes.
 */
unsigned visitor_torture(void (*prepare)(void), enum err (*handler)(struct req *q), unsigned gates,
    json_t *(*input)(void));

#endif
