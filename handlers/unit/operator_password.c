#include <string.h>

#include "fcgi/crypto/password.h"
#include "fcgi/http/session.h"
#include "handlers/account/attempt.h"
#include "handlers/common/deed.h"
#include "handlers/common/notify.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/unit/operator.h"
#include "sql/account/operator.h"
#include "sql/account/unit.h"

#define LIFETIME (INT64_C(24) * 3600)

/* By SMS alone: a 站内消息 would keep it readable. */
static enum err
send(struct req *q, struct sql_tx *tx, const struct binding *b, const struct unit *unit, char *text)
{
	char *phone;

	TRY(unseal_text(q, PURPOSE_OPERATOR_PHONE, b->phone_sealed, &phone));
	enum err e = notify_sms_about(q, tx, NOTICE_OPERATOR_RESET, phone,
	    &(struct notice_about){ .unit = unit }, (const char *const[4]){ text });

	explicit_bzero(text, strlen(text));
	return e;
}

static enum err
find(struct req *q, struct binding *ret, struct unit *ret_unit)
{
	TRY(binding_get(q->db, q->arena, q->id, who_unit(q), ret));
	return unit_get(q->db, q->arena, who_unit(q), ret_unit);
}

static enum err
done(struct req *q, struct sql_tx *tx, enum deed deed, const struct binding *b)
{
	return deed_done(q, tx, deed,
	    arena_printf(q->arena, "operator/%lld", (long long)b->operator_id),
	    arena_printf(q->arena, "unit=%lld", (long long)who_unit(q)), 204, NULL);
}

/* The password is the person's: who serves another unit, too, sets it himself. */
enum err
operator_reset(struct req *q)
{
	char *text = password_random(q->arena), *hash;
	struct binding b = { 0 };
	struct unit unit = { 0 };

	TRY(find(q, &b, &unit));
	if (!b.alone)
		return refuse(q, ERR_WRONG_STATE,
		    "该经办人还服务于其他单位，不能由本单位重置密码，请提醒其自行重设");
	TRY(password_hash(q->arena, text, &hash));

	SQL_TX(tx, q->db);
	TRY(operator_set_password(&tx, b.operator_id, hash, q->now + LIFETIME));
	TRY(send(q, &tx, &b, &unit, text));
	TRY(attempt_forget(q, &tx, ROLE_OPERATOR, b.operator_id));
	TRY(done(q, &tx, DEED_OPERATOR_RESET, &b));
	/* refused anyway, as they began with the password before: sql/account/standing.h */
	(void)!session_end_all(q, ROLE_OPERATOR, b.operator_id, NULL, 0, NULL);
	return ERR_OK;
}

enum err
operator_ask_reset(struct req *q)
{
	struct binding b = { 0 };
	struct unit unit = { 0 };

	TRY(find(q, &b, &unit));

	SQL_TX(tx, q->db);
	TRY(notify_operator_about(q, &tx, b.operator_id, NOTICE_OPERATOR_RESET_ASKED,
	    &(struct notice_about){ .unit = &unit }, NULL));
	return done(q, &tx, DEED_OPERATOR_ASK_RESET, &b);
}
