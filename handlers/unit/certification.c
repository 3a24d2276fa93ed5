#include <string.h>

#include "handlers/common/deed.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/certification_form.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/unit/unit.h"
#include "sql/account/unit.h"
#include "sql/application/upload.h"
#include "sql/record/job.h"

struct certified_answer {
	const char *certification;
};
static const struct answer_row rows[] = {
	ANSWER(struct certified_answer, certification, .words = certification_words),
};
const struct answer certified_answer = ANSWER_TABLE("certified", struct certified_answer, rows);

#define LICENCE_SLOT "business_licence"

static enum err
check_licence(struct req *q, const char *key)
{
	struct upload upload = { 0 };
	enum err e = upload_get(q->db, q->arena, key, &upload);

	if (e != ERR_OK && e != ERR_NOT_FOUND)
		return e;
	if (e == ERR_NOT_FOUND || upload.unit_id != who_unit(q) || upload.state != UPLOAD_STORED ||
	    strcmp(upload.slot, LICENCE_SLOT) != 0)
		return form_refuse(&certification_form, &q->errors, LICENCE_SLOT, NULL);
	return ERR_OK;
}

/* While a bureau looks at it, another licence may take the place of the first. */
static enum err
check_state(struct req *q, const struct unit *unit)
{
	if (unit->certification == CERTIFICATION_CHECKING)
		return refuse(q, ERR_WRONG_STATE, "正在核对上次提交的营业执照，请稍候");
	if (unit->certification == CERTIFICATION_PASSED)
		return refuse(q, ERR_WRONG_STATE, "本单位已通过认证，无需重复认证");
	if (unit->released)
		return refuse(q, ERR_WRONG_STATE,
		    "医保局已收回该账号登记的统一社会信用代码，不能再认证，如有异议请联系当地医保局");
	return ERR_OK;
}

enum err
certification_run(struct req *q)
{
	struct certification_form form = { 0 };
	struct unit unit = { 0 };
	const struct certified_answer answer = {
		.certification = kind_by_code(certifications, CERTIFICATION_CHECKING)->wire,
	};

	TRY(form_bind(&certification_form, q, NULL, FORM_SUBMIT, &form));
	TRY(check_licence(q, form.business_licence));
	TRY(unit_get(q->db, q->arena, who_unit(q), &unit));
	TRY(check_state(q, &unit));
	SQL_TX(tx, q->db);
	TRY(unit_certify(&tx, unit.id, unit.version, CERTIFICATION_CHECKING, NULL, 0,
	    form.business_licence));
	TRY(job_add(&tx, JOB_CERTIFY_UNIT, unit.id, q->now, q->now));
	return deed_done(q, &tx, DEED_UNIT_CERTIFY,
	    arena_printf(q->arena, "unit/%lld", (long long)unit.id),
	    arena_printf(q->arena, "licence=%s", form.business_licence), 200,
	    answer_text(q, &certified_answer, &answer));
}
