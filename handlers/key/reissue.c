#include <string.h>

#include "handlers/application/access.h"
#include "handlers/common/deed.h"
#include "handlers/common/notify.h"
#include "handlers/jobs/jobs.h"
#include "handlers/key/issue.h"
#include "handlers/rules/procedure/date.h"
#include "handlers/rules/procedure/workflow.h"
#include "sql/key/channel_key.h"

/*
 * Keys in the place of others, and the end of those: jobs whose subject
 * is the credential that is replaced. One that runs twice finds it done.
 */

/* Keys end when a day begins, in Asia/Shanghai. */
static const char *
day_text(struct arena *arena, int64_t at)
{
	int64_t day = date_of(at);

	return arena_printf(arena, "%lld年%02d月%02d日", (long long)(day / 10000),
	    (int)(day / 100 % 100), (int)(day % 100));
}

/*
 * 渠道公钥 goes along with a planned change; after keys were revoked the channel
 * has to report one it made since.
 */
static enum err
channel_public(struct req *q, struct sql_tx *tx, const struct channel_credential *old,
    struct channel_credential *c)
{
	struct channel_key key;

	if (c->environment == ENVIRONMENT_TEST)
		return ERR_OK; /* made with the rest */
	c->channel_public = old->disabled_at ? NULL : old->channel_public;
	enum err e = channel_key_current(tx->db, q->arena, c->application_id, &key);
	if (e == ERR_OK && (!old->disabled_at || key.created_at > old->disabled_at))
		c->channel_public = key.public_key;
	return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* fresh: the keys; code: that of `old` gives that of `fresh`, another one a new one. */
static enum err
replace(struct req *q, struct sql_tx *tx, const struct channel_credential *old,
    const struct channel_credential *fresh, const char *code)
{
	struct application app;
	struct channel_credential c = *fresh;

	TRY(application_lock(tx, q->arena, old->application_id, &app));
	if (state_is_final((enum state)app.state))
		return ERR_OK;
	c.application_id = app.id;
	c.serial = old->serial + 1;
	if (!old->channel_code)
		c.channel_code = NULL;
	else if (!code || !c.channel_code || strcmp(old->channel_code, code) != 0)
		c.channel_code = credential_code(q);
	TRY(channel_public(q, tx, old, &c));
	TRY(channel_credential_insert(tx, &c, q->now));
	TRY(credential_sheets(q, tx, &app, &c, q->now));
	const char *const arguments[4] = { c.environment == ENVIRONMENT_TEST ? "测试" : "正式",
		old->valid_until && !old->disabled_at
		    ? arena_printf(q->arena, "旧密钥在 %s 前仍可使用",
			  day_text(q->arena, old->valid_until))
		    : "旧密钥已停用" };
	TRY(notify_operator_about(q, tx, app.operator_id, NOTICE_KEYS_REISSUED,
	    &(struct notice_about){ .application = &app }, arguments));
	return deed_note(q, tx, DEED_CREDENTIAL_REISSUE, application_object(q, &app),
	    arena_printf(q->arena, "environment=%s serial=%lld",
		environment_wire((enum environment)c.environment), (long long)c.serial));
}

enum err
reissue_run(struct req *q, struct sql_tx *tx, const struct job *job)
{
	struct channel_credential old, newest;
	const struct channel_credential *all;
	size_t count;

	TRY(channel_credential_by_id(tx->db, q->arena, job->subject, &old));
	TRY(channel_credential_get(tx->db, q->arena, old.application_id, old.environment, &newest));
	if (newest.id != old.id)
		return ERR_OK;
	struct channel_credential fresh = { .environment = old.environment, .app_id = old.app_id };
	credential_make(q, &fresh);
	if (old.channel_code)
		fresh.channel_code = credential_code(q);
	TRY(channel_credential_sharing(tx->db, q->arena, old.app_id, old.environment, &all,
	    &count));
	for (size_t i = 0; i < count; i++)
		TRY(replace(q, tx, &all[i], &fresh, old.channel_code));
	return ERR_OK;
}

/* To the operator of the application whose keys these are, while they matter to him. */
static enum err
tell(struct req *q, struct sql_tx *tx, const struct channel_credential *c, enum notice notice)
{
	struct application app;

	TRY(application_lock(tx, q->arena, c->application_id, &app));
	if (state_is_final((enum state)app.state))
		return ERR_OK;
	const char *const arguments[4] = { c->environment == ENVIRONMENT_TEST ? "测试" : "正式",
		day_text(q->arena, c->valid_until) };
	return notify_operator_about(q, tx, app.operator_id, notice,
	    &(struct notice_about){ .application = &app }, arguments);
}

enum err
keys_expiring_run(struct req *q, struct sql_tx *tx, const struct job *job)
{
	struct channel_credential c;

	TRY(channel_credential_by_id(tx->db, q->arena, job->subject, &c));
	if (!c.valid_until || !channel_credential_in_force(&c, q->now))
		return ERR_OK;
	return tell(q, tx, &c, NOTICE_KEYS_EXPIRING);
}

enum err
keys_expired_run(struct req *q, struct sql_tx *tx, const struct job *job)
{
	struct channel_credential c;
	bool done;

	TRY(channel_credential_by_id(tx->db, q->arena, job->subject, &c));
	TRY(channel_credential_expire(tx, c.id, q->now, &done));
	return done ? tell(q, tx, &c, NOTICE_KEYS_EXPIRED) : ERR_OK;
}
