#include "handlers/account/attempt.h"

#include "fcgi/crypto/password.h"
#include "fcgi/http/config.h"
#include "fcgi/http/network.h"
#include "handlers/account/device.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/table/limits.h"
#include "sql/account/attempt.h"
#include "sql/account/known_device.h"

#define BUCKETS_MAX 3

/* What one try is counted by; the last one is emptied when it was right. */
struct counted {
	struct attempt_bucket buckets[BUCKETS_MAX];
	enum attempt_kind kinds[BUCKETS_MAX];
	size_t count;
	enum role role; /* of the claimant */
};

/* The store knows neither accounts nor addresses, only these. */
static const char *
index_of(struct req *q, const char *text)
{
	return index_text(q, PURPOSE_ATTEMPT, text);
}

enum role
counted_as(const struct req *q)
{
	enum role role = who_role(q);

	return role == ROLE_UNIT || role == ROLE_OPERATOR ? role : ROLE_OFFICER;
}

static const char *
subject_of(struct req *q, const struct claimant *who)
{
	if (who->user_id)
		return index_of(q, arena_printf(q->arena, "%u/%lld", (unsigned)who->role,
				       (long long)who->user_id));
	return index_of(q, arena_printf(q->arena, "%u//%s", (unsigned)who->role, who->typed));
}

static void
add(struct counted *c, enum attempt_kind kind, const char *subject, const char *source,
    unsigned factor)
{
	const struct attempt_limit *limit = &attempt_limits[kind];

	c->kinds[c->count] = kind;
	c->buckets[c->count++] = (struct attempt_bucket){ subject, source, limit->window,
		limit->most * (int64_t)factor, limit->lock };
}

/* Always in this order, so that of many at once none waits for one that waits for it. */
static enum err
counted_by(struct req *q, const struct claimant *who, struct counted *ret)
{
	const char *device = device_of(q), *subject = subject_of(q, who);
	const char *network = network_of(q->arena, q->address);
	const char *address = index_of(q, arena_printf(q->arena, "address/%s", network));
	struct known_device known = { 0 };

	TRY(known_device_get(q->db, q->arena, who->role, who->user_id, device, network, &known));
	*ret = (struct counted){ .role = who->role };
	if (device && known.browser) {
		add(ret, ATTEMPT_DEVICE, subject,
		    index_of(q, arena_printf(q->arena, "device/%s", device)), 1);
		return ERR_OK;
	}
	add(ret, ATTEMPT_ADDRESS, "", address, q->config->address_factor);
	if (!known.address)
		add(ret, ATTEMPT_ACCOUNT, subject, "", 1);
	add(ret, ATTEMPT_PAIR, subject, address, 1);
	return ERR_OK;
}

static const char *
time_left(struct req *q, int64_t seconds)
{
	long long minutes = (long long)(seconds + 59) / 60;

	return minutes > 120 ? arena_printf(q->arena, "%lld 小时", (minutes + 59) / 60)
			     : arena_printf(q->arena, "%lld 分钟", minutes);
}

static enum err
refuse_full(struct req *q, enum attempt_kind kind, enum role role, int64_t seconds)
{
	const char *left = time_left(q, seconds);

	switch (kind) {
	case ATTEMPT_ADDRESS:
		return refuse(q, ERR_RATE_LIMITED,
		    arena_printf(q->arena, "登录失败次数过多，请 %s后再试", left));
	case ATTEMPT_ACCOUNT:
		return refuse(q, ERR_LOCKED,
		    arena_printf(q->arena,
			"该账号多次登录失败，暂时只能在登录过的浏览器上登录；请 %s后再试，或%s",
			left, role == ROLE_OFFICER ? "联系系统管理员" : "找回密码后登录"));
	case ATTEMPT_PAIR:
	case ATTEMPT_DEVICE:
		return refuse(q, ERR_LOCKED,
		    arena_printf(q->arena, "密码错误次数过多，账号已暂时锁定，请 %s后再试", left));
	case ATTEMPT_CODE:
		return refuse(q, ERR_LOCKED,
		    arena_printf(q->arena, "动态口令错误次数过多，请 %s后重新登录", left));
	case ATTEMPT_LOOKUP:
	case ATTEMPT_LOOKUPS:
		return refuse(q, ERR_RATE_LIMITED,
		    arena_printf(q->arena, "填写手机号次数过多，请 %s后再试", left));
	case ATTEMPT_KINDS:
		break;
	}
	return ERR_LOCKED;
}

/*
 * Counted before the password is looked at, so that a thousand at once get no
 * more tries than one after another.
 */
static enum err
admit(struct req *q, const struct counted *c, struct attempt_count *ret)
{
	TRY(attempt_take(q->db, q->arena, c->buckets, c->count, q->now, ret));
	return ret->full == c->count
		   ? ERR_OK
		   : refuse_full(q, c->kinds[ret->full], c->role, ret->until - q->now);
}

enum err
attempt_password(struct req *q, const struct claimant *who, const char *encoded,
    const char *password)
{
	struct counted c;
	struct attempt_count now = { 0 };
	bool match = false;

	TRY(counted_by(q, who, &c));
	TRY(admit(q, &c, &now));
	if (encoded)
		TRY(password_verify(encoded, password, &match));
	else
		TRY(password_dummy_verify(password));
	if (match)
		return attempt_give_back(q->db, c.buckets, c.count);
	return now.last ? refuse_full(q, c.kinds[c.count - 1], c.role, now.until - q->now)
			: ERR_LOGIN_FAILED;
}

static struct counted
code_of(struct req *q, int64_t staff_id)
{
	struct counted c = { 0 };

	add(&c, ATTEMPT_CODE, subject_of(q, &(struct claimant){ ROLE_OFFICER, staff_id, NULL }),
	    index_of(q, "code"), 1);
	return c;
}

enum err
attempt_code(struct req *q, int64_t staff_id)
{
	struct counted c = code_of(q, staff_id);
	struct attempt_count now = { 0 };

	return admit(q, &c, &now);
}

enum err
attempt_code_right(struct req *q, int64_t staff_id)
{
	struct counted c = code_of(q, staff_id);

	return attempt_give_back(q->db, c.buckets, c.count);
}

enum err
attempt_lookup(struct req *q)
{
	struct counted c = { 0 };
	struct attempt_count now = { 0 };

	if (who_unit(q))
		add(&c, ATTEMPT_LOOKUP, "",
		    index_of(q, arena_printf(q->arena, "lookup/%lld", (long long)who_unit(q))), 1);
	add(&c, ATTEMPT_LOOKUPS, "",
	    index_of(q, arena_printf(q->arena, "lookups/%s", network_of(q->arena, q->address))),
	    q->config->address_factor);
	return admit(q, &c, &now);
}

enum err
attempt_forget(struct req *q, struct sql_tx *tx, enum role role, int64_t user_id)
{
	const struct claimant who = { role, user_id, NULL };

	TRY(known_device_clear(tx, role, user_id));
	return attempt_clear(tx, subject_of(q, &who));
}
