#ifndef TESTS_SUPPORT_BROWSER_H
#define TESTS_SUPPORT_BROWSER_H

#include <CUnit/Basic.h>
#include <stdint.h>

#include "fcgi/http/config.h"
#include "fcgi/http/request.h"
#include "fcgi/http/session.h"

/* A browser with one cookie, and the request it makes: for tests of sessions, with a real Redis. */

#define IDLE 600u /* seconds, the settings of these tests */
#define MAX 3600u

extern struct config config;
extern struct req q;
extern char cookie[128]; /* as the browser keeps it: name=value; "" for none */
extern int64_t now;      /* seconds */

/* Runs a suite with a Redis of its own. */
int run_with_redis(const char *name, CU_TestInfo *tests);

/* A request with this Cookie header, or none. */
void arrive_with(const char *cookies);
/* What a browser does with the reply. */
void keep_cookie(void);
/* One request with what the browser has; the session is loaded. */
enum err visit(void);
/* Someone signs in, for this unit. */
void sign_in(unsigned role, int64_t user, int64_t unit);
/* Neither Redis nor the browser know anything. */
void afresh(void);
/* The key Redis has for the session of this cookie; overwritten by the next call. */
const char *key_of(const char *kept);

#endif
