#include <string.h>

#include "fcgi/base/time.h"
#include "handlers/application/view_unit.h"
#include "handlers/common/deed.h"
#include "handlers/common/notify.h"
#include "handlers/common/reach.h"
#include "handlers/common/who.h"
#include "handlers/review/review.h"
#include "handlers/rules/form/certification_form.h"
#include "handlers/rules/procedure/date.h"
#include "sql/account/certification.h"
#include "sql/application/upload.h"
#include "sql/catalogue/bureau.h"

/* Others do not exist here. */
static enum err
find(struct req *q, struct unit *ret)
{
	struct unit u = { 0 };

	TRY(unit_get(q->db, q->arena, q->id, &u));
	if (!reach_certifies(q, &u))
		return ERR_NOT_FOUND;
	*ret = u;
	return ERR_OK;
}

enum err
certification_show(struct req *q)
{
	struct upload licence = { 0 };
	struct unit u = { 0 };
	struct unit_view_answer unit;

	TRY(find(q, &u));
	if (u.licence_upload)
		TRY(upload_get(q->db, q->arena, u.licence_upload, &licence));
	TRY(view_unit_masked(q, &u, &unit));
	return reply_json(q, 200,
	    json_pack("{sI sI so ss? sI so}", "id", (json_int_t)u.id, "version",
		(json_int_t)u.version, "unit", answer_json(q, &unit_view_answer, &unit), "reason",
		u.certification_reason, "since", (json_int_t)u.manual_at, "licence",
		licence.id ? json_pack("{ss ss sI ss?}", "id", licence.id, "name", licence.name,
				 "size", (json_int_t)licence.length, "type", licence.type)
			   : json_null()));
}

static enum err
last_second(struct req *q, const char *day, int64_t *ret)
{
	int64_t yyyymmdd;

	if (!date_parse(day, &yyyymmdd) || date_begin(yyyymmdd) + DAY <= q->now)
		return form_refuse(&confirmation_form, &q->errors, "until", NULL);
	*ret = date_begin(yyyymmdd) + DAY;
	return ERR_OK;
}

static enum err
answer(struct req *q, const struct unit *u, const struct confirmation_form *form, int64_t until)
{
	enum certification outcome = until ? CERTIFICATION_PASSED : CERTIFICATION_FAILED;
	const char *wire = kind_by_code(certifications, (int)outcome)->wire, *reason = NULL;
	struct bureau bureau = { 0 };

	TRY(bureau_get(q->db, q->arena, who_bureau(q), &bureau));
	if (!until)
		reason = arena_printf(q->arena, "%s不予认证：%s", bureau.name, form->remark);
	SQL_TX(tx, q->db);
	TRY(certification_confirm(&tx, u->id, u->version, (unsigned)outcome, reason,
	    until ? q->now : 0, until));
	TRY(notify_unit(q, &tx, u->id, until ? NOTICE_CERTIFY_PASSED : NOTICE_CERTIFY_REFUSED,
	    (const char *const[4]){ bureau.name, until ? form->until : form->remark }));
	return deed_done(q, &tx, DEED_UNIT_CONFIRM,
	    arena_printf(q->arena, "unit/%lld", (long long)u->id),
	    arena_printf(q->arena, "outcome=%s", wire), 200,
	    json_pack("{ss}", "certification", wire));
}

enum err
certification_decide(struct req *q)
{
	struct confirmation_form form = { 0 };
	struct unit u = { 0 };
	int64_t until = 0;

	TRY(form_bind(&confirmation_form, q, NULL, FORM_SUBMIT, &form));
	TRY(find(q, &u));
	if (u.certification != CERTIFICATION_MANUAL)
		return ERR_WRONG_STATE;
	if (u.version != form.version)
		return ERR_CONFLICT;
	if (strcmp(form.event, CONFIRMATION_PASS) == 0)
		TRY(last_second(q, form.until, &until));
	return answer(q, &u, &form, until);
}
