#include <string.h>

#include "fcgi/http/session.h"
#include "handlers/account/attempt.h"
#include "handlers/admin/staff.h"
#include "handlers/admin/staff_deed.h"
#include "handlers/admin/staff_password.h"
#include "handlers/admin/staff_person.h"
#include "handlers/common/deed.h"
#include "handlers/common/notify.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/admin_form.h"
#include "handlers/rules/table/kinds.h"
#include "sql/account/staff_request.h"
#include "sql/account/standing.h"

/* What a confirmed request is carried out with. */
struct errand {
	struct staff_request request;
	struct staff subject; /* as it is; of an account that is to be made, who it will be */
	struct staff_password password; /* where one is needed */
};

static const char *
request_row(const struct req *q, const struct staff_request *r)
{
	return row_pair(q, r->account, row_number(q, r->asked_at));
}

/* ---- what is done ---------------------------------------------------------- */

static enum err
create(struct req *q, struct sql_tx *tx, struct errand *e)
{
	struct staff *s = &e->subject;

	s->password = e->password.hash;
	s->password_at = q->now;
	s->password_until = e->password.until;
	s->must_change = true;
	s->created_at = q->now;
	TRY(staff_person_free(q, tx, s));
	enum err made = staff_add_row(tx, s, &s->id);
	if (made == ERR_EXISTS)
		return refuse(q, ERR_CONFLICT, "该账号已存在，请不同意此申请");
	TRY(made);
	return staff_password_send(q, tx, &e->password, s);
}

static enum err
change(struct req *q, struct sql_tx *tx, struct errand *e)
{
	const struct staff_request *r = &e->request;
	const struct staff *old = &e->subject;
	struct staff wanted = *old;
	char *phone;

	wanted.name = r->name;
	wanted.bureau_id = r->bureau_id;
	wanted.role = r->role;
	wanted.scope = r->scope;
	wanted.may_download = r->may_download;
	wanted.version = r->version;
	if (r->phone_sealed) {
		TRY(unseal_text(q, PURPOSE_STAFF_REQUEST_PHONE, request_row(q, r), r->phone_sealed,
		    &phone));
		wanted.phone_sealed = seal_text(q, PURPOSE_STAFF_PHONE, old->account, phone);
	}
	if (!old->disabled)
		TRY(staff_person_free(q, tx, &wanted));
	if (wanted.role != old->role)
		TRY(staff_spare(q, tx, old));
	enum err done = staff_update(tx, &wanted);
	return done == ERR_CONFLICT
		   ? refuse(q, done, "该账号在申请之后有变动，请不同意此申请，由申请人重新提出")
		   : done;
}

static enum err
reset_password(struct req *q, struct sql_tx *tx, struct errand *e)
{
	const struct staff *s = &e->subject;

	TRY(staff_set_initial(tx, s->id, e->password.hash, q->now, e->password.until));
	TRY(attempt_forget(q, tx, ROLE_OFFICER, s->id));
	return staff_password_send(q, tx, &e->password, s);
}

static enum err
remove_totp(struct req *q, struct sql_tx *tx, struct errand *e)
{
	return staff_deed_run(q, tx, STAFF_TOTP_RESET, &e->subject);
}

static enum err
enable(struct req *q, struct sql_tx *tx, struct errand *e)
{
	TRY(staff_person_free(q, tx, &e->subject));
	return staff_deed_run(q, tx, STAFF_ENABLE, &e->subject);
}

static const struct {
	enum deed audited;
	bool makes_password;
	enum err (*run)(struct req *q, struct sql_tx *tx, struct errand *e);
} errands[] = {
	[STAFF_REQUEST_CREATE] = { DEED_STAFF_CREATE, true, create },
	[STAFF_REQUEST_CHANGE] = { DEED_STAFF_CHANGE, false, change },
	[STAFF_REQUEST_PASSWORD] = { DEED_STAFF_RESET, true, reset_password },
	[STAFF_REQUEST_TOTP] = { DEED_STAFF_TOTP_RESET, false, remove_totp },
	[STAFF_REQUEST_ENABLE] = { DEED_STAFF_ENABLE, false, enable },
};

/* ---- who may decide --------------------------------------------------------- */

static enum err
read_subject(struct req *q, struct sql *db, struct errand *e)
{
	const struct staff_request *r = &e->request;
	char *id_no, *phone;

	if (r->staff_id)
		return staff_get(db, q->arena, r->staff_id, &e->subject);
	TRY(unseal_text(q, PURPOSE_STAFF_REQUEST_ID, request_row(q, r), r->id_sealed, &id_no));
	TRY(unseal_text(q, PURPOSE_STAFF_REQUEST_PHONE, request_row(q, r), r->phone_sealed,
	    &phone));
	e->subject = (struct staff){ .account = r->account,
		.name = r->name,
		.bureau_id = r->bureau_id,
		.role = r->role,
		.scope = r->scope,
		.may_download = r->may_download };
	staff_person_seal(q, id_no, phone, &e->subject);
	return ERR_OK;
}

/* Neither who asked nor whom it is about, by whatever account; and who still stands. */
static enum err
may_decide(struct req *q, struct sql_tx *tx, const struct errand *e, bool confirm)
{
	struct staff own = { 0 }, asker = { 0 };
	struct standing now = { 0 };
	bool same;

	TRY(standing_hold(tx, q->arena, who_user(q), &now));
	if (now.disabled || now.password_seq != who_password_seq(q))
		return refuse(q, ERR_UNAUTHENTICATED, "您的账号已停用或有变动，复核没有提交");
	TRY(staff_get(tx->db, q->arena, who_user(q), &own));
	TRY(staff_get(tx->db, q->arena, e->request.asked_by, &asker));
	TRY(staff_person_same(q, &own, &asker, &same));
	if (same)
		return refuse(q, ERR_FORBIDDEN, "不能复核本人提出的申请，请由其他安全管理员复核");
	TRY(staff_person_same(q, &own, &e->subject, &same));
	if (same)
		return refuse(q, ERR_FORBIDDEN,
		    "不能复核关于本人账号的申请，请由其他安全管理员复核");
	if (confirm && (asker.disabled || asker.role != ROLE_SECADMIN))
		return refuse(q, ERR_CONFLICT,
		    "申请人已不是在用的安全管理员，请不同意此申请，需要时重新提出");
	return ERR_OK;
}

/* ---- telling --------------------------------------------------------------- */

static enum err
tell_asker(struct req *q, struct sql_tx *tx, const struct errand *e, const char *what,
    const char *outcome)
{
	return notify_file(q, tx, ROLE_SECADMIN, e->request.asked_by, NOTICE_STAFF_SETTLED, NULL,
	    (const char *const[4]){ what, e->request.account, outcome });
}

/* The bureau, and the one he comes from. */
static enum err
tell_bureaus(struct req *q, struct sql_tx *tx, const struct errand *e, const char *what)
{
	const struct staff_request *r = &e->request;
	const char *const arguments[4] = { what, r->account, r->name,
		kind_by_code(roles, (int)r->role)->text };

	TRY(notify_bureau(q, tx, r->bureau_id, NULL, NOTICE_STAFF_CHANGED, NULL, arguments));
	return e->subject.bureau_id == r->bureau_id
		   ? ERR_OK
		   : notify_bureau(q, tx, e->subject.bureau_id, NULL, NOTICE_STAFF_CHANGED, NULL,
			 arguments);
}

/* ---- the decision ------------------------------------------------------------ */

static const char *
detail_of(struct req *q, const struct staff_request *r)
{
	return arena_printf(q->arena,
	    "request=%lld asked_by=%lld bureau=%lld role=%u scope=%s"
	    " download=%d",
	    (long long)r->id, (long long)r->asked_by, (long long)r->bureau_id, r->role, r->scope,
	    r->may_download);
}

static enum err
refuse_it(struct req *q, struct sql_tx *tx, const struct errand *e, const char *what,
    const char *note)
{
	const struct staff_request *r = &e->request;

	TRY(staff_request_settle(tx, r->id, STAFF_REQUEST_REFUSED, who_user(q), q->now, note));
	TRY(tell_asker(q, tx, e, what, arena_printf(q->arena, "未获同意，原因：%s", note)));
	return deed_done(q, tx, DEED_STAFF_REFUSE, arena_printf(q->arena, "staff/%s", r->account),
	    arena_printf(q->arena, "request=%lld asked_by=%lld reason=%s", (long long)r->id,
		(long long)r->asked_by, note),
	    204, NULL);
}

static enum err
confirm_it(struct req *q, struct sql_tx *tx, struct errand *e, const char *what)
{
	const struct staff_request *r = &e->request;
	const struct staff before = e->subject;

	TRY(tell_bureaus(q, tx, e, what));
	TRY(errands[r->kind].run(q, tx, e));
	TRY(staff_request_settle(tx, r->id, STAFF_REQUEST_CONFIRMED, who_user(q), q->now, NULL));
	TRY(tell_asker(q, tx, e, what, "已由另一名安全管理员确认"));
	TRY(deed_done(q, tx, errands[r->kind].audited,
	    arena_printf(q->arena, "staff/%s", r->account), detail_of(q, r), 204, NULL));
	/* refused anyway, as they began before the change: sql/account/standing.h */
	if (before.id)
		(void)!session_end_all(q, before.role, before.id, NULL, 0, NULL);
	return ERR_OK;
}

enum err
staff_request_decide(struct req *q)
{
	struct staff_verdict_form in = { 0 };
	struct errand e = { 0 };

	TRY(form_bind(&staff_verdict_form, q, NULL, FORM_SUBMIT, &in));
	bool confirm = strcmp(in.verdict, STAFF_CONFIRM) == 0;
	TRY(staff_request_get(q->db, q->arena, q->id, &e.request));
	if (confirm && errands[e.request.kind].makes_password) /* before anybody waits for a lock */
		TRY(staff_password_make(q, &e.password));
	SQL_TX(tx, q->db);
	TRY(staff_request_lock(&tx, q->arena, q->id, &e.request));
	if (e.request.state != STAFF_REQUEST_WAITING || e.request.until <= q->now)
		return refuse(q, ERR_CONFLICT, "该申请已处理或已过期，请刷新后查看");
	TRY(read_subject(q, tx.db, &e));
	TRY(may_decide(q, &tx, &e, confirm));
	const char *what = kind_by_code(staff_request_kinds, (int)e.request.kind)->text;
	return confirm ? confirm_it(q, &tx, &e, what) : refuse_it(q, &tx, &e, what, in.note);
}
