#ifndef SQL_KEY_CREDENTIAL_H
#define SQL_KEY_CREDENTIAL_H

#include "sql/db/db.h"

/*
 * What the 反馈单 of one application and environment print (FB-2, FB-5, A-75).
 * Secrets are sealed by the caller, for the purposes CREDENTIAL_… of sql/db/sealed.def. Issued anew
 * they are another row with the next serial; the highest one counts.
 * Applications that share an 应用ID share its keys and what becomes of them.
 */
#define CREDENTIAL_LIST(C, E, code)                                                                \
	C(INT, c, id)                                                                              \
	C(INT, c, application_id)                                                                  \
	C(CODE, c, environment)   /* enum environment */                                           \
	C(INT, c, serial)         /* from 1 */                                                     \
	C(TEXT, c, app_id)        /* 应用ID = 渠道编号; stays when keys are issued anew */   \
	C(TEXT, c, secret_sealed) /* 数字密钥 */                                               \
	C(TEXT, c, channel_private_sealed) /* test only (A-72), else NULL */                       \
	C(TEXT, c, channel_public)         /* base64; NULL until the channel reported it */        \
	C(TEXT, c, platform_private_sealed)                                                        \
	C(TEXT, c, platform_public) /* base64 */                                                   \
	E(TEXT, channel_code, code) /* 机构渠道认证编码; NULL for 医保混合支付 */    \
	C(INT, c, disabled_at)      /* 0: not ended */                                             \
	C(INT, c, valid_until)      /* when replaced with an overlap; else 0 */                    \
	C(TEXT, c, reason)          /* why it was revoked or replaced; NULL: 弃用, or neither */ \
	C(INT, c, created_at)
#define CHANNEL_CREDENTIAL_COLUMNS(C, E) CREDENTIAL_LIST(C, E, "c.channel_code")
SQL_ROW(channel_credential, CHANNEL_CREDENTIAL_COLUMNS)

/* Is it good for anything now? What ran out is, whether or not a job has noted it yet, not. */
bool channel_credential_in_force(const struct channel_credential *c, int64_t now);

/* The newest. ERR_NOT_FOUND. */
MUST_CHECK enum err channel_credential_get(struct sql *db, struct arena *arena,
    int64_t application_id, unsigned environment, struct channel_credential *ret);
/* ERR_NOT_FOUND. */
MUST_CHECK enum err channel_credential_by_id(struct sql *db, struct arena *arena, int64_t id,
    struct channel_credential *ret);
/* All of an application, newest first within each environment. */
MUST_CHECK enum err channel_credential_list(struct sql *db, struct arena *arena,
    int64_t application_id, const struct channel_credential **ret, size_t *ret_count);
/* The newest of each application that has this 应用ID. */
MUST_CHECK enum err
channel_credential_sharing(struct sql *db, struct arena *arena, const char *app_id,
    unsigned environment, const struct channel_credential **ret, size_t *ret_count);
/*
 * The newest one with that 应用ID that has not ended; several applications may share it.
 * While what replaces it is being made that is the older one: see channel_credential_in_force().
 * ERR_NOT_FOUND.
 */
MUST_CHECK enum err channel_credential_of_app(struct sql *db, struct arena *arena,
    const char *app_id, unsigned environment, struct channel_credential *ret);
/* The one it replaced, while that is valid too. ERR_NOT_FOUND. */
MUST_CHECK enum err channel_credential_replaced(struct sql *db, struct arena *arena,
    const char *app_id, unsigned environment, int64_t now, struct channel_credential *ret);
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
/* 渠道公钥 of the formal environment; nothing happens while none is in force. */
MUST_CHECK enum err
channel_credential_report(struct sql_tx *tx, int64_t application_id, const char *channel_public);
/* Whatever was issued for the application ceases to be in force. */
MUST_CHECK enum err
channel_credential_disable(struct sql_tx *tx, int64_t application_id, int64_t now);

/* All with its 应用ID and environment end now. */
MUST_CHECK enum err channel_credential_revoke(struct sql_tx *tx, const struct channel_credential *c,
    const char *reason, int64_t now);
/* Those that were replaced and run on end now. */
MUST_CHECK enum err channel_credential_end_older(struct sql_tx *tx,
    const struct channel_credential *c, const char *reason, int64_t now);
/* They stay valid until then, beside those that replace them. */
MUST_CHECK enum err channel_credential_overlap(struct sql_tx *tx,
    const struct channel_credential *c, const char *reason, int64_t until, int64_t now);
/* Notes that this one has run out; *ret_done: false when it ended before, or has not yet. */
MUST_CHECK enum err
channel_credential_expire(struct sql_tx *tx, int64_t id, int64_t now, bool *ret_done);

#endif
