#include "sql/credential.h"

#include "handlers/rules/kinds.h"

static const struct sql_column columns[] = {
	COLUMN(struct channel_credential, application_id),
	COLUMN(struct channel_credential, environment),
	COLUMN(struct channel_credential, app_id),
	COLUMN(struct channel_credential, secret_sealed),
	COLUMN(struct channel_credential, channel_private_sealed),
	COLUMN(struct channel_credential, channel_public),
	COLUMN(struct channel_credential, platform_private_sealed),
	COLUMN(struct channel_credential, platform_public),
	COLUMN(struct channel_credential, channel_code),
	COLUMN(struct channel_credential, disabled_at),
};
static const struct sql_shape shape = SHAPE(struct channel_credential, columns);

enum err
channel_credential_get(struct sql *db, struct arena *arena, int64_t application_id,
    unsigned environment, struct channel_credential *ret)
{
	return sql_one(db, arena,
	    "SELECT application_id, environment, app_id, secret_sealed, channel_private_sealed,"
	    " channel_public, platform_private_sealed, platform_public, channel_code, disabled_at"
	    " FROM credential WHERE application_id = ? AND environment = ?",
	    ARGS(V(application_id), V(environment)), &shape, ret);
}

enum err
channel_credential_of_app(struct sql *db, struct arena *arena, const char *app_id,
    unsigned environment, struct channel_credential *ret)
{
	return sql_one(db, arena,
	    "SELECT application_id, environment, app_id, secret_sealed, channel_private_sealed,"
	    " channel_public, platform_private_sealed, platform_public, channel_code, disabled_at"
	    " FROM credential WHERE app_id = ? AND environment = ? AND disabled_at IS NULL"
	    " ORDER BY id DESC LIMIT 1",
	    ARGS(V(app_id), V(environment)), &shape, ret);
}

enum err
channel_credential_of_same(struct sql *db, struct arena *arena, int64_t application_id,
    unsigned environment, struct channel_credential *ret)
{
	return sql_one(db, arena,
	    "SELECT c.application_id, c.environment, c.app_id, c.secret_sealed,"
	    " c.channel_private_sealed, c.channel_public, c.platform_private_sealed,"
	    " c.platform_public, IF(o.channel <=> a.channel, c.channel_code, NULL), c.disabled_at"
	    " FROM application a"
	    " JOIN application o ON o.unit_id = a.unit_id AND o.institution_id = a.institution_id"
	    "  AND o.business_type = a.business_type AND o.shown_app_name = a.shown_app_name"
	    "  AND o.id <> a.id"
	    " JOIN credential c ON c.application_id = o.id AND c.environment = ?"
	    "  AND c.disabled_at IS NULL"
	    " WHERE a.id = ? ORDER BY o.channel <=> a.channel DESC, o.id DESC LIMIT 1",
	    ARGS(V(environment), V(application_id)), &shape, ret);
}

enum err
channel_credential_insert(struct sql_tx *tx, const struct channel_credential *c, int64_t now)
{
	return sql_exec(tx,
	    "INSERT INTO credential (application_id, environment, app_id, secret_sealed,"
	    " channel_private_sealed, channel_public, platform_private_sealed, platform_public,"
	    " channel_code, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    ARGS(V(c->application_id), V(c->environment), V(c->app_id), V(c->secret_sealed),
		V(c->channel_private_sealed), V(c->channel_public), V(c->platform_private_sealed),
		V(c->platform_public), V(c->channel_code), V(now)),
	    NULL);
}

enum err
channel_credential_report(struct sql_tx *tx, int64_t application_id, const char *channel_public)
{
	return sql_exec(tx,
	    "UPDATE credential SET channel_public = ? WHERE application_id = ? AND environment = ?",
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
