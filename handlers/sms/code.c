#include "handlers/sms/code.h"

#include <string.h>

#include "fcgi/base/random.h"
#include "fcgi/http/session.h"
#include "handlers/account/reset_unit.h"
#include "handlers/common/deed.h"
#include "handlers/common/notify.h"
#include "handlers/common/sealing.h"
#include "handlers/rules/form/account_form.h"
#include "handlers/rules/table/limits.h"
#include "sql/record/sms.h"

struct sms_code_answer {
	int64_t wait, expires_in;
};
static const struct answer_row rows[] = {
	ANSWER(struct sms_code_answer, wait, .about = "seconds until the next may be asked for"),
	ANSWER(struct sms_code_answer, expires_in, .about = "seconds"),
};
const struct answer sms_code_answer = ANSWER_TABLE("sms_code", struct sms_code_answer, rows);

#define CODES 1000000u /* six digits */

/*
 * Where Redis keeps the code of a phone: each session that asked has its own, so that whoever
 * guesses from another one neither finds it nor uses its tries up.
 */
static const char *
code_key(struct req *q, const char *purpose, const char *phone)
{
	return arena_printf(q->arena, "%s/%s/%s", purpose, index_text(q, PURPOSE_SMS_PHONE, phone),
	    index_text(q, PURPOSE_SMS_CODE, arena_printf(q->arena, "session/%s", q->session->id)));
}

/* What Redis keeps of a code: whoever reads it there cannot use it. */
static const char *
code_index(struct req *q, const char *purpose, const char *phone, const char *code)
{
	return index_text(q, PURPOSE_SMS_CODE,
	    arena_printf(q->arena, "%s/%s/%s/%s", purpose, phone, q->session->id, code));
}

static enum err
put_code(struct req *q, const struct sms_code_form *form, const char *code)
{
	const char *key = code_key(q, form->purpose, form->phone);

	TRY(kv_set(q->kv, &kv_sms_code, key, code_index(q, form->purpose, form->phone, code)));
	return kv_delete(q->kv, &limit_sms_tries.family, key);
}

enum err
sms_code_send(struct req *q)
{
	struct sms_code_form form = { 0 };
	char code[8];
	int64_t unit_id;

	TRY(form_bind(&sms_code_form, q, NULL, FORM_SUBMIT, &form));
	if (strcmp(form.purpose, "reset") == 0)
		TRY(reset_unit_named(q, &unit_id));
	snprintf(code, sizeof(code), "%06u", (unsigned)random_below(CODES));

	SQL_TX(tx, q->db);
	enum err e =
	    notify_sms(q, &tx, NOTICE_SMS_CODE, form.phone, (const char *const[4]){ code });
	if (e == ERR_OK) /* only now: one that is refused leaves the one before as it was */
		e = put_code(q, &form, code);
	explicit_bzero(code, sizeof(code));
	TRY(e);
	const struct sms_code_answer answer = { SMS_PAUSE, kv_sms_code.lifetime };
	return deed_done(q, &tx, DEED_SMS_CODE, arena_printf(q->arena, "sms/%s", form.purpose), "",
	    202, answer_text(q, &sms_code_answer, &answer));
}

enum err
sms_code_use(struct req *q, const char *purpose, const char *phone, const char *code)
{
	const char *key = code_key(q, purpose, phone), *kept;
	int64_t tries;

	TRY(kv_count(q->kv, &limit_sms_tries.family, key, &tries, NULL));
	/* The code stays: of many right ones at once, one of the first five must still find it. */
	if (tries > limit_sms_tries.most)
		return refuse_field(q, "sms_code", "短信验证码错误次数过多，请重新获取");
	enum err e = kv_get(q->kv, q->arena, &kv_sms_code, key, &kept);
	if (e == ERR_OK && strcmp(kept, code_index(q, purpose, phone, code)) != 0)
		return refuse_field(q, "sms_code", "短信验证码不正确，请核对");
	if (e == ERR_OK)
		e = kv_take(q->kv, q->arena, &kv_sms_code, key, &kept);
	if (e == ERR_NOT_FOUND)
		return refuse_field(q, "sms_code", "短信验证码已失效，请重新获取");
	return e;
}

enum err
sms_code_spent(struct req *q, struct sql_tx *tx, const char *purpose, const char *phone,
    const char *code)
{
	enum err e = sms_code_spend(tx, code_index(q, purpose, phone, code), q->now);

	return e == ERR_EXISTS ? refuse_field(q, "sms_code", "短信验证码已失效，请重新获取") : e;
}
