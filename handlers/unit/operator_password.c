#include "handlers/unit/operator_password.h"

#include <string.h>

#include "fcgi/crypto/password.h"
#include "fcgi/http/session.h"
#include "handlers/account/attempt.h"
#include "handlers/common/deed.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/unit/operator.h"
#include "sql/account/operator.h"
#include "sql/account/unit.h"

#define LIFETIME (INT64_C(24) * 3600)

enum err
generated_password_make(struct req *q, struct generated_password *ret)
{
	struct generated_password made = { .text = password_random(q->arena),
		.until = q->now + LIFETIME };

	TRY(password_hash(q->arena, made.text, &made.hash));
	*ret = made;
	return ERR_OK;
}

/* By SMS alone: a 站内消息 would keep it readable. */
enum err
generated_password_send(struct req *q, struct sql_tx *tx, struct generated_password *made,
    enum notice notice, const char *phone, const char *unit_name)
{
	enum err e =
	    notify_sms(q, tx, notice, phone, (const char *const[4]){ unit_name, made->text });

	explicit_bzero(made->text, strlen(made->text));
	return e;
}

/* The password is the person's, whichever units he serves. */
enum err
operator_reset(struct req *q)
{
	struct generated_password made = { 0 };
	struct binding binding = { 0 };
	struct unit unit = { 0 };
	char *phone;

	TRY(binding_get(q->db, q->arena, q->id, who_unit(q), &binding));
	TRY(unit_get(q->db, q->arena, who_unit(q), &unit));
	TRY(unseal_text(q, PURPOSE_OPERATOR_PHONE, row_number(q, binding.operator_id),
	    binding.phone_sealed, &phone));
	TRY(generated_password_make(q, &made));

	SQL_TX(tx, q->db);
	TRY(operator_set_password(&tx, binding.operator_id, made.hash, made.until));
	TRY(generated_password_send(q, &tx, &made, NOTICE_OPERATOR_RESET, phone, unit.name));
	TRY(attempt_forget(q, &tx, ROLE_OPERATOR, binding.operator_id));
	TRY(deed_done(q, &tx, DEED_OPERATOR_RESET,
	    arena_printf(q->arena, "operator/%lld", (long long)binding.operator_id),
	    arena_printf(q->arena, "unit=%lld", (long long)who_unit(q)), 204, NULL));
	/* refused anyway, as they began with the password before: sql/account/standing.h */
	(void)!session_end_all(q, ROLE_OPERATOR, binding.operator_id, NULL, 0, NULL);
	return ERR_OK;
}
