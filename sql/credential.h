#ifndef SQL_CREDENTIAL_H
#define SQL_CREDENTIAL_H

#include "sql/db.h"

/*
 * What the 反馈单 of one application and environment print (FB-2, FB-5, A-75).
 * Secrets are sealed by the caller, purposes "credential.secret",
 * "credential.channel_private" and "credential.platform_private".
 */
struct channel_credential {
	int64_t application_id;
	unsigned environment;               /* enum environment */
	const char *app_id;                 /* 应用ID = 渠道编号 */
	const char *secret_sealed;          /* 数字密钥 */
	const char *channel_private_sealed; /* test only, else NULL */
	const char *channel_public;         /* base64; NULL until the channel reported it */
	const char *platform_private_sealed;
	const char *platform_public; /* base64 */
	const char *channel_code;    /* 机构渠道认证编码; NULL for 医保混合支付 */
	int64_t disabled_at;         /* 0: in force */
};

/* ERR_NOT_FOUND. */
MUST_CHECK enum err channel_credential_get(struct sql *db, struct arena *arena,
    int64_t application_id, unsigned environment, struct channel_credential *ret);
/* The newest one in force with that 应用ID; several applications may share it. ERR_NOT_FOUND. */
MUST_CHECK enum err channel_credential_of_app(struct sql *db, struct arena *arena,
    const char *app_id, unsigned environment, struct channel_credential *ret);
/*
 * The one in force of the newest other application of the institution about
 * the same application name; its channel_code is NULL when that one
 * applied for another channel. ERR_NOT_FOUND.
 */
MUST_CHECK enum err channel_credential_of_same(struct sql *db, struct arena *arena,
    int64_t application_id, unsigned environment, struct channel_credential *ret);
/* ERR_EXISTS: issued already. */
MUST_CHECK enum err
channel_credential_insert(struct sql_tx *tx, const struct channel_credential *c, int64_t now);
/* 渠道公钥 of the formal environment; nothing happens while it is not issued. */
MUST_CHECK enum err
channel_credential_report(struct sql_tx *tx, int64_t application_id, const char *channel_public);
/* Whatever was issued for the application ceases to be in force. */
MUST_CHECK enum err
channel_credential_disable(struct sql_tx *tx, int64_t application_id, int64_t now);

#endif
