#include <string.h>

#include "handlers/account/invite.h"
#include "handlers/common/deed.h"
#include "handlers/common/notify.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/certification_form.h"
#include "handlers/rules/procedure/date.h"
#include "handlers/rules/table/kinds.h"
#include "handlers/unit/unit.h"
#include "sql/account/certification.h"
#include "sql/application/upload.h"
#include "sql/catalogue/bureau.h"
#include "sql/catalogue/institution.h"

struct certified_answer {
	const char *certification, *reason;
};
static const struct answer_row rows[] = {
	ANSWER(struct certified_answer, certification, .words = certification_words),
	ANSWER(struct certified_answer, reason, .null = true, .about = "why it did not pass"),
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

/*
 * the unit stands in the catalogue with an agreement in force.
 * *ret_reason: why it does not pass; NULL when it does.
 */
static enum err
judge(struct req *q, const char *uscc, const char **ret_reason)
{
	const struct institution *list;
	size_t count;
	int64_t ended = 0;

	TRY(institution_by_uscc(q->db, q->arena, uscc, &list, &count));
	*ret_reason = NULL;
	for (size_t i = 0; i < count; i++) {
		if (list[i].agreement_start <= q->now && q->now < list[i].agreement_end)
			return ERR_OK;
		if (list[i].agreement_end <= q->now && list[i].agreement_end > ended)
			ended = list[i].agreement_end;
	}
	if (count == 0)
		*ret_reason = "定点医药机构目录中没有本单位的统一社会信用代码，请与当地医保局核对，"
			      "或申请人工认证";
	else if (ended == 0)
		*ret_reason = "定点医药机构协议尚未生效，请在生效后认证，或申请人工认证";
	else {
		long long day = (long long)date_of(ended - 1); /* the last day in force */
		*ret_reason = arena_printf(q->arena,
		    "定点医药机构协议已于%lld年%lld月%lld日到期，请续签后重新认证，或申请人工认证",
		    day / 10000, day / 100 % 100, day % 100);
	}
	return ERR_OK;
}

static enum err
finish(struct req *q, const struct unit *unit, enum certification outcome, const char *reason,
    const char *licence, enum deed deed)
{
	const struct certified_answer answer = {
		.certification = kind_by_code(certifications, (int)outcome)->wire,
		.reason = reason,
	};

	SQL_TX(tx, q->db);
	TRY(unit_certify(&tx, unit->id, unit->version, (unsigned)outcome, reason,
	    outcome == CERTIFICATION_PASSED ? q->now : 0, licence));
	TRY(invite_send_waiting(q, &tx, unit->id));
	return deed_done(q, &tx, deed, arena_printf(q->arena, "unit/%lld", (long long)unit->id),
	    arena_printf(q->arena, "outcome=%s", answer.certification), 200,
	    answer_text(q, &certified_answer, &answer));
}

/* 地方 of the unit's own 医保区划 confirms. */
static enum err
ask(struct req *q, const struct unit *unit)
{
	const struct certified_answer answer = {
		.certification = kind_by_code(certifications, CERTIFICATION_MANUAL)->wire,
		.reason = unit->certification_reason,
	};
	struct bureau_chain chain = { 0 };

	enum err e = bureau_chain(q->db, q->arena, unit->region_code, &chain);
	if (e == ERR_NOT_FOUND)
		return refuse(q, ERR_WRONG_STATE,
		    "本单位所属区划没有对应的医保局，请联系当地医保部门");
	TRY(e);
	SQL_TX(tx, q->db);
	TRY(certification_ask(&tx, unit->id, unit->version, chain.local.id, q->now));
	TRY(notify_bureau(q, &tx, chain.local.id, unit->region_code, NOTICE_CERTIFY_ASKED, NULL,
	    (const char *const[4]){ unit->name }));
	return deed_done(q, &tx, DEED_UNIT_CERTIFY_MANUAL,
	    arena_printf(q->arena, "unit/%lld", (long long)unit->id),
	    arena_printf(q->arena, "bureau=%lld", (long long)chain.local.id), 200,
	    answer_text(q, &certified_answer, &answer));
}

enum err
certification_run(struct req *q)
{
	struct certification_form form = { 0 };
	struct unit unit = { 0 };
	const char *reason;

	TRY(form_bind(&certification_form, q, NULL, FORM_SUBMIT, &form));
	TRY(check_licence(q, form.business_licence));
	TRY(unit_get(q->db, q->arena, who_unit(q), &unit));
	TRY(judge(q, unit.uscc, &reason));
	return finish(q, &unit, reason ? CERTIFICATION_FAILED : CERTIFICATION_PASSED, reason,
	    form.business_licence, DEED_UNIT_CERTIFY);
}

enum err
certification_manual(struct req *q)
{
	struct unit unit = { 0 };

	TRY(unit_get(q->db, q->arena, who_unit(q), &unit));
	bool refused = unit.certification == CERTIFICATION_FAILED ||
		       unit.certification == CERTIFICATION_EXPIRED;
	if (!refused || !unit.licence_upload)
		return ERR_WRONG_STATE;
	return ask(q, &unit);
}
