#include "tests/fakes/visitor.h"

#include <CUnit/Basic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/crypto/keyring.h"
#include "fcgi/http/config.h"
#include "fcgi/http/route.h"
#include "fcgi/http/session.h"
#include "handlers/account/second_factor.h"
#include "handlers/common/sites.h"
#include "handlers/common/who.h"
#include "handlers/rules/table/limits.h"
#include "tests/fakes/attempt_store.h"
#include "tests/fakes/deed_store.h"
#include "tests/fakes/kv_memory.h"
#include "tests/fakes/notice_store.h"
#include "tests/fakes/people_store.h"
#include "tests/fakes/sql.h"
#include "tests/support/replied.h"

#define ARENA_CAP ((size_t)4 << 20)

struct req visitor_q;
int64_t visitor_next_id;

static struct arena *arena;
static struct keyring *keyring;
static struct route route;
static char cookie[100];  /* "jieru=…" once there is a session */
static char device[100];  /* "jieru_device=…" once somebody signed in */
static char cookies[300]; /* both, as the browser sends them */
const char *visitor_address;

static struct config config = {
	.session_idle = 1800,
	.session_max = 28800,
	.address_factor = 1,
	.cookie = "jieru",
	.origins = "",
};

static const char *
header(const struct req *q, const char *name)
{
	(void)q;
	if (strcmp(name, "HTTP_COOKIE") == 0)
		return visitor_cookies();
	if (strcmp(name, "HTTP_IDEMPOTENCY_KEY") == 0)
		return "0123456789abcdef";
	return NULL;
}

void
visitor_open(void)
{
	char path[] = "/tmp/jieru-test-keyring-XXXXXX";
	int fd = mkstemp(path);

	if (fd < 0 || close(fd) || unlink(path) || keyring_generate(path) != ERR_OK ||
	    keyring_open(path, &keyring) != ERR_OK || unlink(path))
		abort();
	arena = arena_new(ARENA_CAP);
	second_factor_settings.staff = "optional";
	sites_settings.footer = "";
	visitor_q.arena = arena;
}

void
visitor_close(void)
{
	visitor_clear();
	keyring_close(keyring);
	arena_free(arena);
}

void
visitor_clear(void)
{
	req_release(&visitor_q);
	kv_memory_clear();
	attempt_store_clear();
	fake_sql_reset();
	fake_deeds = (struct fake_deeds){ 0 };
	fake_notices = (struct fake_notices){ 0 };
	people_reset();
	visitor_other_browser();
	visitor_address = "192.0.2.1";
	visitor_next_id = 0;
	visitor_q = (struct req){ .arena = arena,
		.kv = kv_memory,
		.config = &config,
		.keyring = keyring,
		.now = VISITOR_NOW };
}

/* Rows of the fakes hold strings of this arena, so only the answer is given back between requests. */
static void
begin(json_t *input)
{
	struct req *q = &visitor_q;

	json_decref(q->input);
	json_decref(q->kept);
	if (q->session)
		json_decref(q->session->data);
	*q = (struct req){ .arena = arena,
		.kv = kv_memory,
		.config = &config,
		.keyring = keyring,
		.now = VISITOR_NOW,
		.header = header,
		.address = visitor_address,
		.method = "POST",
		.route = &route,
		.id = visitor_next_id,
		.input = input };
}

static void
keep_cookie(void)
{
	snprintf(cookie, sizeof(cookie), "jieru=%s", visitor_q.session->id);
	for (size_t i = 0; i < visitor_q.nheaders; i++) {
		const char *value = visitor_q.headers[i].value;

		if (strncmp(value, "jieru_device=", 13) == 0)
			snprintf(device, sizeof(device), "%.*s", (int)strcspn(value, ";"), value);
	}
}

void
visitor_other_browser(void)
{
	cookie[0] = device[0] = '\0';
}

const char *
visitor_cookies(void)
{
	snprintf(cookies, sizeof(cookies), "%s; %s", cookie, device);
	return cookies;
}

void
visitor_browser_again(const char *kept)
{
	const char *second = strstr(kept, "; ");

	snprintf(cookie, sizeof(cookie), "%.*s", (int)(second - kept), kept);
	snprintf(device, sizeof(device), "%s", second + 2);
}

void
visitor_totp(const char *setting)
{
	second_factor_settings.staff = setting;
}

void
visitor_sign_in(enum role role, int64_t user_id, int64_t unit_id, int64_t institution_id)
{
	json_t *data = json_object();

	if (unit_id)
		json_object_set_new(data, WHO_UNIT, json_integer(unit_id));
	if (institution_id)
		json_object_set_new(data, WHO_INSTITUTION, json_integer(institution_id));
	begin(NULL);
	if (session_begin(&visitor_q, role, user_id, data) != ERR_OK)
		abort();
	keep_cookie();
}

enum err
visitor_send(enum err (*handler)(struct req *q), unsigned gates, json_t *input)
{
	begin(input);
	route = (struct route){ "POST", "/test", handler, 0, gates, 0, 0, NULL, NULL, NULL };
	unsigned fail_at = fake_sql.fail_at;

	fake_sql.fail_at = 0;
	if (session_load(&visitor_q) != ERR_OK)
		abort();
	fake_sql.calls = 0;
	fake_sql.fail_at = fail_at;
	enum err e = handler(&visitor_q);
	if (visitor_q.session)
		keep_cookie();
	return e;
}

void
visitor_sms_code(const char *purpose, const char *phone, const char *code)
{
	begin(NULL);
	if (session_load(&visitor_q) != ERR_OK)
		abort();
	keep_cookie();
	const char *session = visitor_q.session->id;
	const char *key = arena_printf(arena, "%s/%s/%s", purpose,
	    keyring_index(keyring, arena, "sms.phone", phone),
	    keyring_index(keyring, arena, "sms.code", arena_printf(arena, "session/%s", session)));
	const char *kept = keyring_index(keyring, arena, "sms.code",
	    arena_printf(arena, "%s/%s/%s/%s", purpose, phone, session, code));

	if (kv_set(kv_memory, &kv_sms_code, key, kept) != ERR_OK)
		abort();
}

size_t
visitor_sessions(enum role role, int64_t user_id)
{
	const char *const *members;
	size_t count;

	if (kv_members(kv_memory, arena, &(struct kv_family){ "sessions", 0 },
		arena_printf(arena, "%u/%lld", (unsigned)role, (long long)user_id), &members,
		&count) != ERR_OK)
		abort();
	return count;
}

const char *
visitor_answer(const char *name)
{
	const char *text = json_string_value(json_object_get(replied(&visitor_q), name));

	return text ? text : "";
}

bool
visitor_refused(const char *field)
{
	for (size_t i = 0; i < visitor_q.errors.count; i++)
		if (strcmp(visitor_q.errors.list[i].name, field) == 0)
			return true;
	return false;
}

unsigned
visitor_torture(void (*prepare)(void), enum err (*handler)(struct req *q), unsigned gates,
    json_t *(*input)(void))
{
	prepare();
	CU_ASSERT_EQUAL_FATAL(visitor_send(handler, gates, input()), ERR_OK);
	unsigned calls = fake_sql.calls;

	for (unsigned nth = 1; nth <= calls; nth++) {
		prepare();
		fake_sql.fail_at = nth;
		struct people before = people;
		enum err e = visitor_send(handler, gates, input());

		CU_ASSERT_EQUAL(fake_sql.rolled_back + fake_sql.committed, fake_sql.begun);
		if (e == ERR_OK) { /* what may fail unnoticed comes after the commit */
			CU_ASSERT_EQUAL(fake_sql.committed, 1);
			continue;
		}
		CU_ASSERT_EQUAL(e, ERR_UNAVAILABLE);
		CU_ASSERT_EQUAL(fake_sql.committed, 0);
		CU_ASSERT_EQUAL(memcmp(&before, &people, sizeof(people)), 0);
		CU_ASSERT_PTR_NULL(replied(&visitor_q));
	}
	fake_sql.fail_at = 0;
	return calls;
}
