#include "tests/support/browser.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/base/bytes.h"
#include "fcgi/crypto/keyring.h"
#include "fcgi/crypto/sm.h"
#include "fcgi/store/kv.h"
#include "tests/support/redis.h"
#include "tests/support/request.h"
#include "tests/support/suite.h"

struct config config = { .cookie = "jieru",
	.session_idle = IDLE,
	.session_max = MAX,
	.address_factor = 1 };
static struct kv *kv;
static struct keyring *keyring;
struct req q;
char cookie[128];
int64_t now = 1700000000;

void
arrive_with(const char *cookies)
{
	request_begin(&q, "GET", "/");
	json_decref(q.session->data);
	q.session = NULL;
	q.kv = kv;
	q.config = &config;
	q.keyring = keyring;
	q.now = now;
	request_header(&q, "HTTP_COOKIE", cookies);
}

void
keep_cookie(void)
{
	const char *set = reply_get(&q, "Set-Cookie");

	if (set)
		snprintf(cookie, sizeof(cookie), "%.*s", (int)strcspn(set, ";"), set);
	if (set && strstr(set, "Max-Age=0"))
		cookie[0] = '\0';
}

enum err
visit(void)
{
	static char sent[sizeof(cookie)];

	memcpy(sent, cookie, sizeof(cookie));
	arrive_with(*sent ? sent : NULL);
	enum err e = session_load(&q);
	keep_cookie();
	return e;
}

void
sign_in(unsigned role, int64_t user, int64_t unit)
{
	CU_ASSERT_EQUAL_FATAL(visit(), ERR_OK);
	CU_ASSERT_EQUAL_FATAL(session_begin(&q, role, user,
				  json_pack("{sI}", "unit_id", (json_int_t)unit)),
	    ERR_OK);
	keep_cookie();
}

void
afresh(void)
{
	CU_ASSERT_STRING_EQUAL(redis_text("FLUSHALL"), "OK");
	cookie[0] = '\0';
}

const char *
key_of(const char *kept)
{
	static char key[80];
	unsigned char digest[SM3_SIZE];
	const char *id = strchr(kept, '=') + 1;

	sm3(id, strlen(id), digest);
	snprintf(key, sizeof(key), "session:%s", bytes_hex(q.arena, digest, sizeof(digest)));
	return key;
}

static void
make_keyring(void)
{
	char path[] = "/tmp/jieru-test-keyring-XXXXXX";
	int fd = mkstemp(path);

	if (fd < 0 || close(fd) || unlink(path) || keyring_generate(path) != ERR_OK ||
	    keyring_open(path, &keyring) != ERR_OK || unlink(path))
		abort();
}

int
run_with_redis(const char *name, CU_TestInfo *tests)
{
	alarm(120);
	signal(SIGPIPE, SIG_IGN);
	redis_start();
	kv = kv_new(redis_path(), 2);
	make_keyring();
	int failed = run_suite(name, tests);
	req_release(&q);
	arena_free(q.arena);
	kv_free(kv);
	keyring_close(keyring);
	return failed;
}
