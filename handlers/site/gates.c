#include "handlers/site/gates.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/http/session.h"
#include "fcgi/store/kv.h"
#include "handlers/account/captcha_picture.h"
#include "handlers/account/effort.h"
#include "handlers/account/password.h"
#include "handlers/account/proof.h"
#include "handlers/account/second_factor.h"
#include "handlers/common/deed.h"
#include "handlers/common/who.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/rules/table/limits.h"
#include "handlers/site/dictionaries.h"
#include "sql/account/access.h"
#include "sql/account/standing.h"

#define CAPTCHA_ID_SIZE 32

/* Between password and second factor there is only what gives it. */
static enum err
gate_second_factor(struct req *q)
{
	enum err (*const open[])(
	    struct req *) = { totp_check, totp_secret_new, proof_code_send, proof_check };

	if (!who_second(q) || q->route->who & WHO(ROLE_NONE))
		return ERR_OK;
	for (size_t i = 0; i < COUNT(open); i++)
		if (q->route->handler == open[i])
			return ERR_OK;
	return ERR_SECOND_FACTOR;
}

/*
 * Behind a generated password there is only changing it. What is open
 * to people who are not signed in stays open: the session itself, signing out.
 * While the dynamic code is waited for, there is only that: it comes first.
 */
static enum err
gate_initial_password(struct req *q)
{
	if (!who_must_change(q) || who_second(q) || q->route->who & WHO(ROLE_NONE) ||
	    q->route->handler == password_change)
		return ERR_OK;
	return ERR_PASSWORD_CHANGE;
}

/* Signed out: open addresses go on with a new anonymous session. */
static enum err
sign_out(struct req *q)
{
	TRY(session_end(q));
	TRY(session_load(q));
	if (q->route->who & WHO(ROLE_NONE))
		return ERR_OK;
	return refuse(q, ERR_UNAUTHENTICATED, "登录已失效，请重新登录，已保存的草稿不会丢失");
}

/*
 * Whoever changed the password or lost the account is out on the next request.
 * Operators behind GATE_UNIT or GATE_GRANT are asked there, in the same query.
 */
static enum err
gate_standing(struct req *q)
{
	struct standing standing = { 0 };

	if (who_role(q) == ROLE_NONE ||
	    (who_role(q) == ROLE_OPERATOR && (q->route->gates & (GATE_UNIT | GATE_GRANT))))
		return ERR_OK;
	enum err e = standing_get(q->db, q->arena, (unsigned)who_role(q), who_user(q), &standing);
	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	bool stands =
	    e == ERR_OK && !standing.disabled && standing.password_seq == who_password_seq(q);
	return stands ? ERR_OK : sign_out(q);
}

static enum err
access_of(struct req *q, struct access *ret)
{
	if (!who_unit(q))
		return ERR_NO_UNIT;
	enum err e = access_get(q->db, q->arena, who_unit(q), who_user(q), BUSINESS_MOBILE_PAYMENT,
	    who_institution(q), ret);
	if (e == ERR_OK && ret->password_seq != who_password_seq(q))
		return sign_out(q);
	if (e == ERR_NOT_FOUND || (e == ERR_OK && !ret->bound))
		return refuse(q, ERR_NO_UNIT, "您与该单位的绑定已解除，请重新选择单位");
	return e;
}

static enum err
gate_unit(struct req *q)
{
	struct access access = { 0 };

	/* a unit account acts for itself; an officer for nobody */
	if (who_role(q) != ROLE_OPERATOR)
		return who_role(q) == ROLE_UNIT ? ERR_OK : ERR_FORBIDDEN;
	return access_of(q, &access);
}

/* The unit account may read what its operators write; rows that change do not let it in. */
static enum err
gate_grant(struct req *q)
{
	struct access access = { 0 };

	if (who_role(q) == ROLE_OPERATOR)
		TRY(access_of(q, &access));
	else if (who_role(q) == ROLE_UNIT)
		TRY(access_get(q->db, q->arena, who_unit(q), 0, BUSINESS_MOBILE_PAYMENT, 0,
		    &access));
	else
		return ERR_FORBIDDEN;
	if (access.certification == CERTIFICATION_REVOKED) /* what it has may be somebody else's */
		return refuse(q, ERR_NOT_CERTIFIED, "本单位的资质认证已被医保局撤销，暂时不能办理");
	if (who_role(q) == ROLE_UNIT)
		return ERR_OK;
	if (access.certification == CERTIFICATION_EXPIRED)
		return refuse(q, ERR_NOT_CERTIFIED, "本单位的资质认证已失效，请用单位账号重新认证");
	if (access.certification != CERTIFICATION_PASSED)
		return ERR_NOT_CERTIFIED;
	if (!access.granted)
		return ERR_NOT_GRANTED;
	return access.institution ? ERR_OK : ERR_NO_INSTITUTION;
}

/* What a borrowed session alone must not open. */
static enum err
gate_proof(struct req *q)
{
	return proof_holds(q) ? ERR_OK : ERR_PHONE_PROOF;
}

/* Used up by being looked at, right or wrong; of several requests with one id, one gets it. */
static enum err
gate_captcha(struct req *q)
{
	const char *id = json_string_value(json_object_get(q->input, "captcha_id"));
	const char *typed = json_string_value(json_object_get(q->input, "captcha"));
	const char *answer = NULL;

	if (!typed || !*typed)
		return refuse_field(q, "captcha", "请填写图形验证码");
	if (id && strlen(id) == CAPTCHA_ID_SIZE &&
	    strspn(id, "0123456789abcdef") == CAPTCHA_ID_SIZE) {
		enum err e = kv_take(q->kv, q->arena, &kv_captcha, id, &answer);

		if (e != ERR_OK && e != ERR_NOT_FOUND)
			return e;
	}
	if (!answer)
		return refuse_field(q, "captcha", "图形验证码已过期，请重新输入");
	if (!captcha_match(answer, typed))
		return refuse_field(q, "captcha", "图形验证码不正确，请重新输入");
	return ERR_OK;
}

void
captcha_unused(struct req *q)
{
	if (q->ended != ERR_BUSY || !(q->route->gates & GATE_CAPTCHA))
		return;
	/* the gate let it pass, so what was typed is the answer */
	(void)!kv_set_new(q->kv, &kv_captcha,
	    json_string_value(json_object_get(q->input, "captcha_id")),
	    json_string_value(json_object_get(q->input, "captcha")));
}

/* The workers that serve such a row have the vault (handlers/site/main.c). */
static enum err
gate_keys(struct req *q)
{
	return q->vault ? ERR_OK : ERR_INTERNAL;
}

/*
 * In this order: first who, then what was asked before, and the captcha last,
 * so that none is used up by a request that was refused anyway.
 */
const struct gate_row domain_gates[] = {
	{ GATE_SESSION, gate_standing },
	{ GATE_SESSION, gate_second_factor },
	{ GATE_SESSION, gate_initial_password },
	{ GATE_UNIT, gate_unit },
	{ GATE_GRANT, gate_grant },
	{ GATE_PROOF, gate_proof },
	{ GATE_ONCE, deed_gate_once },
	{ GATE_EFFORT, effort_gate },
	{ GATE_CAPTCHA, gate_captcha },
	{ GATE_KEYS, gate_keys },
	{ GATE_SESSION, dictionaries_gate },
};
const size_t domain_gates_count = COUNT(domain_gates);
