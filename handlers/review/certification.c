#include <string.h>

#include "fcgi/base/time.h"
#include "handlers/account/invite.h"
#include "handlers/common/deed.h"
#include "handlers/common/notify.h"
#include "handlers/common/reach.h"
#include "handlers/common/who.h"
#include "handlers/review/review.h"
#include "handlers/rules/form/certification_form.h"
#include "handlers/rules/procedure/date.h"
#include "handlers/unit/unit_answer.h"
#include "handlers/upload/stored_file.h"
#include "sql/account/certification.h"
#include "sql/application/upload.h"
#include "sql/catalogue/bureau.h"

struct certification_answer {
	struct unit row;
	const struct unit_answer *unit;
	const struct stored_file_answer *licence;
};
static const struct answer_row rows[] = {
	ANSWER_AS(struct certification_answer, row.id, "id", .about = "of the unit"),
	ANSWER_AS(struct certification_answer, row.version, "version"),
	ANSWER_ONE(struct certification_answer, unit, &unit_view_answer),
	ANSWER_AS(struct certification_answer, row.certification_reason, "reason", .null = true,
	    .about = "why it did not pass by itself"),
	ANSWER_AS(struct certification_answer, row.manual_at, "since",
	    .about = "Unix seconds; when it asked"),
	ANSWER_ONE(struct certification_answer, licence, &stored_file_answer, .null = true,
	    .about = "营业执照"),
};
const struct answer certification_answer =
    ANSWER_TABLE("certification", struct certification_answer, rows);

struct certification_decided_answer {
	const char *certification;
};
static const struct answer_row decided_rows[] = {
	ANSWER(struct certification_decided_answer, certification, .words = certification_words),
};
const struct answer certification_decided_answer =
    ANSWER_TABLE("certification_decided", struct certification_decided_answer, decided_rows);

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

/* NULL: it gave none. */
static enum err
find_licence(struct req *q, const struct unit *unit, const struct stored_file_answer **ret)
{
	struct stored_file_answer *licence = ARENA_NEW(q->arena, struct stored_file_answer);
	struct upload upload = { 0 };

	*ret = NULL;
	if (!unit->licence_upload)
		return ERR_OK;
	TRY(upload_get(q->db, q->arena, unit->licence_upload, &upload));
	*licence = (struct stored_file_answer){
		.id = upload.id,
		.name = upload.name,
		.size = upload.length,
		.type = upload.type,
	};
	*ret = licence;
	return ERR_OK;
}

enum err
certification_show(struct req *q)
{
	struct certification_answer answer = { .row = { 0 } };
	struct unit_answer unit;

	TRY(find(q, &answer.row));
	TRY(find_licence(q, &answer.row, &answer.licence));
	unit.row = answer.row;
	TRY(unit_answer_fill(q, &unit));
	answer.unit = &unit;
	return reply(q, 200, &certification_answer, &answer);
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
	const struct certification_decided_answer decided = {
		.certification = kind_by_code(certifications, (int)outcome)->wire,
	};
	const char *reason = NULL;
	struct bureau bureau = { 0 };

	TRY(bureau_get(q->db, q->arena, who_bureau(q), &bureau));
	if (!until)
		reason = arena_printf(q->arena, "%s不予认证：%s", bureau.name, form->remark);
	SQL_TX(tx, q->db);
	TRY(certification_confirm(&tx, u->id, u->version, (unsigned)outcome, reason,
	    until ? q->now : 0, until));
	TRY(notify_unit(q, &tx, u->id, until ? NOTICE_CERTIFY_PASSED : NOTICE_CERTIFY_REFUSED,
	    (const char *const[4]){ bureau.name, until ? form->until : form->remark }));
	TRY(invite_send_waiting(q, &tx, u->id));
	return deed_done(q, &tx, DEED_UNIT_CONFIRM,
	    arena_printf(q->arena, "unit/%lld", (long long)u->id),
	    arena_printf(q->arena, "outcome=%s", decided.certification), 200,
	    answer_text(q, &certification_decided_answer, &decided));
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
