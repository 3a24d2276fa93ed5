#include "handlers/account/attempt.h"

#include "fcgi/config.h"
#include "fcgi/keyring.h"
#include "fcgi/password.h"
#include "handlers/rules/kv_families.h"

const char *
attempt_key(struct req *q, enum role role, int64_t user_id, const char *typed)
{
	if (user_id)
		return arena_printf(q->arena, "%u/%lld", (unsigned)role, (long long)user_id);
	return arena_printf(q->arena, "%u/%s", (unsigned)role,
	    keyring_index(q->keyring, q->arena, "login.account", typed));
}

static long long
minutes(int64_t seconds)
{
	return (long long)(seconds + 59) / 60;
}

static enum err
locked(struct req *q, int64_t left)
{
	return refuse(q, ERR_LOCKED,
	    arena_printf(q->arena, "密码错误次数过多，账号已暂时锁定，请 %lld 分钟后再试",
		minutes(left)));
}

/*
 * Counted before the password is looked at, so that a thousand at once get no
 * more tries than one after another.
 */
static enum err
admit(struct req *q, const char *key)
{
	int64_t count, left;

	TRY(kv_counted(q->kv, &limit_login_address.family, q->address, &count, &left));
	if (count >= limit_login_address.most * q->config->address_factor)
		return refuse(q, ERR_RATE_LIMITED,
		    arena_printf(q->arena, "登录失败次数过多，请 %lld 分钟后再试", minutes(left)));
	TRY(kv_counted(q->kv, &limit_login_lock.family, key, &count, &left));
	if (count > limit_login_lock.most)
		return locked(q, left);
	TRY(kv_count(q->kv, &limit_login_tries.family, key, &count, &left));
	return count > limit_login_tries.most ? locked(q, left) : ERR_OK;
}

static enum err
failed(struct req *q, const char *key)
{
	int64_t count, left;

	TRY(kv_count(q->kv, &limit_login_address.family, q->address, NULL, NULL));
	TRY(kv_counted(q->kv, &limit_login_tries.family, key, &count, &left));
	if (count < limit_login_tries.most)
		return ERR_LOGIN_FAILED;
	TRY(kv_count(q->kv, &limit_login_lock.family, key, NULL, &left));
	TRY(kv_delete(q->kv, &limit_login_tries.family, key));
	return locked(q, left);
}

enum err
attempt(struct req *q, const char *key, const char *encoded, const char *password)
{
	bool match = false;

	TRY(admit(q, key));
	if (encoded)
		TRY(password_verify(encoded, password, &match));
	else
		TRY(password_dummy_verify(password));
	if (!match)
		return failed(q, key);
	return kv_delete(q->kv, &limit_login_tries.family, key);
}

enum err
attempt_forget(struct req *q, const char *key)
{
	TRY(kv_delete(q->kv, &limit_login_tries.family, key));
	return kv_delete(q->kv, &limit_login_lock.family, key);
}
