#include "sql/key/credential.h"

#include "handlers/rules/table/kinds.h"

bool
channel_credential_in_force(const struct channel_credential *c, int64_t now)
{
	return !c->disabled_at && (!c->valid_until || c->valid_until > now);
}

enum err
channel_credential_get(struct sql *db, struct arena *arena, int64_t application_id,
    unsigned environment, struct channel_credential *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM credential c WHERE application_id = ? AND environment = ?"
	    " ORDER BY serial DESC LIMIT 1",
	    ARGS(V(application_id), V(environment)), channel_credential_shape(), ret);
}

enum err
channel_credential_by_id(struct sql *db, struct arena *arena, int64_t id,
    struct channel_credential *ret)
{
	return sql_one(db, arena, "SELECT {} FROM credential c WHERE id = ?", ARGS(V(id)),
	    channel_credential_shape(), ret);
}

enum err
channel_credential_list(struct sql *db, struct arena *arena, int64_t application_id,
    const struct channel_credential **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM credential c WHERE application_id = ?"
	    " ORDER BY environment, serial DESC LIMIT 100",
	    ARGS(V(application_id)), channel_credential_shape(), ret, ret_count);
}

enum err
channel_credential_sharing(struct sql *db, struct arena *arena, const char *app_id,
    unsigned environment, const struct channel_credential **ret, size_t *ret_count)
{
	return sql_all(db, arena,
	    "SELECT {} FROM credential c WHERE app_id = ? AND environment = ?"
	    " AND NOT EXISTS (SELECT 1 FROM credential n"
	    " WHERE n.application_id = c.application_id AND n.environment = c.environment"
	    " AND n.serial > c.serial) ORDER BY application_id LIMIT 100",
	    ARGS(V(app_id), V(environment)), channel_credential_shape(), ret, ret_count);
}

enum err
channel_credential_of_app(struct sql *db, struct arena *arena, const char *app_id,
    unsigned environment, struct channel_credential *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM credential c"
	    " WHERE app_id = ? AND environment = ? AND disabled_at IS NULL"
	    " ORDER BY valid_until IS NULL DESC, id DESC LIMIT 1",
	    ARGS(V(app_id), V(environment)), channel_credential_shape(), ret);
}

enum err
channel_credential_replaced(struct sql *db, struct arena *arena, const char *app_id,
    unsigned environment, int64_t now, struct channel_credential *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM credential c"
	    " WHERE app_id = ? AND environment = ? AND disabled_at IS NULL AND valid_until > ?"
	    " ORDER BY id DESC LIMIT 1",
	    ARGS(V(app_id), V(environment), V(now)), channel_credential_shape(), ret);
}

/* The code of a channel is another's only where the channel is the same. */
#define SHARED_COLUMNS(C, E)                                                                       \
	CREDENTIAL_LIST(C, E, "IF(o.channel <=> a.channel, c.channel_code, NULL)")
SQL_SHAPE(shared, channel_credential, SHARED_COLUMNS)

enum err
channel_credential_of_same(struct sql *db, struct arena *arena, int64_t application_id,
    unsigned environment, struct channel_credential *ret)
{
	return sql_one(db, arena,
	    "SELECT {} FROM application a"
	    " JOIN application o ON o.unit_id = a.unit_id AND o.institution_id = a.institution_id"
	    "  AND o.business_type = a.business_type AND o.shown_app_name = a.shown_app_name"
	    "  AND o.id <> a.id"
	    " JOIN credential c ON c.application_id = o.id AND c.environment = ?"
	    "  AND c.disabled_at IS NULL AND c.valid_until IS NULL"
	    " WHERE a.id = ? ORDER BY o.channel <=> a.channel DESC, o.id DESC LIMIT 1",
	    ARGS(V(environment), V(application_id)), shared_shape(), ret);
}

enum err
channel_credential_insert(struct sql_tx *tx, const struct channel_credential *c, int64_t now)
{
	return sql_exec(tx,
	    "INSERT INTO credential (application_id, environment, serial, app_id, secret_sealed,"
	    " channel_private_sealed, channel_public, platform_private_sealed, platform_public,"
	    " channel_code, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    ARGS(V(c->application_id), V(c->environment), V(c->serial), V(c->app_id),
		V(c->secret_sealed), V(c->channel_private_sealed), V(c->channel_public),
		V(c->platform_private_sealed), V(c->platform_public), V(c->channel_code), V(now)),
	    NULL);
}

enum err
channel_credential_report(struct sql_tx *tx, int64_t application_id, const char *channel_public)
{
	return sql_exec(tx,
	    "UPDATE credential SET channel_public = ? WHERE application_id = ? AND environment = ?"
	    " AND disabled_at IS NULL AND valid_until IS NULL",
	    ARGS(V(channel_public), V(application_id), V((unsigned)ENVIRONMENT_FORMAL)), NULL);
}

enum err
channel_credential_disable(struct sql_tx *tx, int64_t application_id, int64_t now)
{
	return sql_exec(tx,
	    "UPDATE credential SET disabled_at = ? WHERE application_id = ?"
	    " AND disabled_at IS NULL",
	    ARGS(V(now), V(application_id)), NULL);
}

enum err
channel_credential_revoke(struct sql_tx *tx, const struct channel_credential *c, const char *reason,
    int64_t now)
{
	return sql_exec(tx,
	    "UPDATE credential SET disabled_at = ?, reason = ? WHERE app_id = ? AND environment = ?"
	    " AND disabled_at IS NULL",
	    ARGS(V(now), V(reason), V(c->app_id), V(c->environment)), NULL);
}

enum err
channel_credential_end_older(struct sql_tx *tx, const struct channel_credential *c,
    const char *reason, int64_t now)
{
	return sql_exec(tx,
	    "UPDATE credential SET disabled_at = ?, reason = ? WHERE app_id = ? AND environment = ?"
	    " AND disabled_at IS NULL AND valid_until IS NOT NULL",
	    ARGS(V(now), V(reason), V(c->app_id), V(c->environment)), NULL);
}

enum err
channel_credential_overlap(struct sql_tx *tx, const struct channel_credential *c,
    const char *reason, int64_t until, int64_t now)
{
	/* two at a time: what was to run out already ends now */
	TRY(sql_exec(tx,
	    "UPDATE credential SET disabled_at = ? WHERE app_id = ? AND environment = ?"
	    " AND disabled_at IS NULL AND valid_until IS NOT NULL",
	    ARGS(V(now), V(c->app_id), V(c->environment)), NULL));
	return sql_exec(tx,
	    "UPDATE credential SET valid_until = ?, reason = ? WHERE app_id = ?"
	    " AND environment = ? AND disabled_at IS NULL",
	    ARGS(V(until), V(reason), V(c->app_id), V(c->environment)), NULL);
}

enum err
channel_credential_expire(struct sql_tx *tx, int64_t id, int64_t now, bool *ret_done)
{
	uint64_t changed;

	TRY(sql_exec(tx,
	    "UPDATE credential SET disabled_at = valid_until WHERE id = ? AND valid_until <= ?"
	    " AND disabled_at IS NULL",
	    ARGS(V(id), V(now)), &changed));
	*ret_done = changed == 1;
	return ERR_OK;
}
