#include "handlers/account/second_factor.h"

#include "fcgi/http/session.h"
#include "handlers/account/attempt.h"
#include "handlers/account/login.h"
#include "handlers/account/totp_code.h"
#include "handlers/common/deed.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/account_form.h"
#include "sql/account/staff.h"

#define ISSUER "医保移动支付接入审核"
#define MEMBER "totp" /* in the session: a secret that waits for its first code, sealed */

struct qr_answer {
	int64_t size;
	const char *path;
};
static const struct answer_row qr_rows[] = {
	ANSWER(struct qr_answer, size, .about = "modules on a side, with the quiet zone"),
	ANSWER(struct qr_answer, path, .null = true, .about = "of an SVG; a module is 1 x 1"),
};
static const struct answer qr_answer = ANSWER_TABLE("qr_code", struct qr_answer, qr_rows);

struct totp_secret_answer {
	const char *secret, *uri;
	const struct qr_answer *qr;
};
static const struct answer_row totp_secret_rows[] = {
	ANSWER(struct totp_secret_answer, secret, .about = "base32, to be typed"),
	ANSWER(struct totp_secret_answer, uri, .about = "otpauth:"),
	ANSWER_ONE(struct totp_secret_answer, qr, &qr_answer, .about = "of the uri"),
};
const struct answer totp_secret_answer =
    ANSWER_TABLE("totp_secret", struct totp_secret_answer, totp_secret_rows);

struct second_factor_settings second_factor_settings;
static const struct setting rows[] = {
	SETTING(struct second_factor_settings, staff, "STAFF_TOTP", "required"),
};
const struct settings second_factor_settings_table = SETTINGS(rows, second_factor_settings);

enum err
totp_secret_new(struct req *q)
{
	struct staff staff = { 0 };
	int size = 0;

	TRY(staff_get(q->db, q->arena, who_user(q), &staff));
	if (staff.totp_sealed)
		return refuse(q, ERR_WRONG_STATE, "您已设置动态口令，如需更换请联系系统管理员");
	char *secret = totp_secret(q->arena);
	const char *uri = totp_uri(q->arena, ISSUER, staff.account, secret);
	const char *path = totp_qr(q->arena, uri, &size);
	json_object_set_new(q->session->data, MEMBER,
	    json_string(seal_text(q, PURPOSE_STAFF_TOTP, staff.account, secret)));
	TRY(session_save(q));
	const struct qr_answer qr = { size, path };
	const struct totp_secret_answer answer = { secret, uri, &qr };
	return reply(q, 200, &totp_secret_answer, &answer);
}

/* fresh: the secret waits in the session. */
static enum err
keep(struct req *q, const struct staff *staff, const char *fresh, int64_t step)
{
	SQL_TX(tx, q->db);
	if (fresh)
		TRY(staff_set_totp(&tx, staff->id, fresh));
	enum err e = staff_use_totp(&tx, staff->id, step);
	if (e == ERR_CONFLICT)
		return refuse_field(q, "code", "该动态口令已使用过，请等待下一个");
	TRY(e);
	TRY(deed_note(q, &tx, fresh ? DEED_STAFF_TOTP_SET : DEED_STAFF_TOTP,
	    arena_printf(q->arena, "staff/%lld", (long long)staff->id), ""));
	return sql_commit(&tx);
}

enum err
totp_check(struct req *q)
{
	const char *fresh = json_string_value(json_object_get(q->session->data, MEMBER));
	struct totp_form form = { 0 };
	struct staff staff = { 0 };
	int64_t step;
	char *secret;

	TRY(form_bind(&totp_form, q, NULL, FORM_SUBMIT, &form));
	enum err e = staff_get(q->db, q->arena, who_user(q), &staff);
	TRY(e);
	if (staff.totp_sealed)
		fresh = NULL;
	if (!staff.totp_sealed && !fresh)
		return refuse(q, ERR_WRONG_STATE, "请先用身份验证器扫描二维码");
	e = attempt_code(q, staff.id);
	if (e == ERR_LOCKED)
		TRY(session_end(q));
	TRY(e);
	TRY(unseal_text(q, PURPOSE_STAFF_TOTP, staff.account, fresh ? fresh : staff.totp_sealed,
	    &secret));
	if (!totp_match(secret, form.code, q->now, &step)) {
		attempt_code_wrong(q, staff.id);
		return refuse_field(q, "code",
		    "动态口令不正确，请输入身份验证器当前显示的 6 位数字");
	}
	TRY(keep(q, &staff, fresh, step));
	TRY(attempt_code_right(q, staff.id));

	/* the rights grow, so the session gets a new id, as at login */
	json_t *data = json_copy(q->session->data);
	json_object_del(data, WHO_SECOND);
	json_object_del(data, MEMBER);
	return sign_on(q, data, DEED_SESSION_TOTP);
}
