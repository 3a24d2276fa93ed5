#include <string.h>

#include "fcgi/crypto/password.h"
#include "fcgi/http/session.h"
#include "handlers/account/attempt.h"
#include "handlers/account/cross_check.h"
#include "handlers/account/own_password.h"
#include "handlers/account/password.h"
#include "handlers/common/deed.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/account_form.h"
#include "sql/account/standing.h"

/*
 * Once it is committed the other sessions are refused, as they began with the
 * password before (sql/account/standing.h). Where Redis fails here, this one is too:
 * nobody may read that the password has not changed when it has.
 */
static void
go_on(struct req *q, int64_t password_seq)
{
	(void)!session_end_all(q, who_role(q), who_user(q), NULL, 0, q->session->id);
	json_object_set_new(q->session->data, WHO_MUST_CHANGE, json_false());
	json_object_set_new(q->session->data, WHO_PASSWORD_SEQ, json_integer(password_seq));
	(void)!session_save(q);
}

enum err
password_change(struct req *q)
{
	struct password_change_form form = { 0 };
	struct own_password known = { 0 };
	struct standing now = { 0 };
	char *hash;

	TRY(form_collect(&password_change_form, q, NULL, FORM_SUBMIT, &form));
	TRY(own_password_get(q, &known));
	check_password(q, form.password, form.password2, known.others);
	if (form.password && form.old_password && strcmp(form.password, form.old_password) == 0)
		(void)!refuse_field(q, "password", "新密码不能与原密码相同");
	TRY(form_end(q));
	PASSWORD_TURN(turn); /* of both hashes */
	enum err e = attempt_password(q, &(struct claimant){ counted_as(q), who_user(q), NULL },
	    known.password, form.old_password);
	if (e == ERR_LOGIN_FAILED)
		return refuse_field(q, "old_password", "原密码不正确，请核对");
	TRY(e);
	TRY(password_hash(q->arena, form.password, &hash));
	password_turn_end(&turn);

	SQL_TX(tx, q->db);
	TRY(own_password_set(q, &tx, hash));
	TRY(standing_get(tx.db, q->arena, (unsigned)who_role(q), who_user(q), &now));
	TRY(deed_done(q, &tx, DEED_PASSWORD_CHANGE,
	    arena_printf(q->arena, "session/%u/%lld", (unsigned)who_role(q),
		(long long)who_user(q)),
	    "", 204, NULL));
	go_on(q, now.password_seq);
	return ERR_OK;
}
