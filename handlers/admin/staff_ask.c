#include <string.h>

#include "fcgi/base/time.h"
#include "handlers/account/cross_check.h"
#include "handlers/admin/staff.h"
#include "handlers/admin/staff_deed.h"
#include "handlers/admin/staff_person.h"
#include "handlers/common/deed.h"
#include "handlers/common/list.h"
#include "handlers/common/sealing.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/admin_form.h"
#include "handlers/rules/procedure/region.h"
#include "handlers/rules/table/kinds.h"
#include "sql/account/staff_request.h"
#include "sql/catalogue/bureau.h"
#include "sql/catalogue/region.h"

#define LIFETIME (7 * DAY) /* that a request waits */

/* A region inside the bureau's, that exists; its prefix. */
static enum err
read_scope(struct req *q, const struct form *form, const char *code, const struct bureau *bureau,
    const char **ret)
{
	struct region region;
	char prefix[REGION_SIZE];

	*ret = "";
	if (!code || strcmp(code, bureau->region_code) == 0)
		return ERR_OK;
	enum err e = region_get(q->db, q->arena, code, &region);
	if (e == ERR_NOT_FOUND || (e == ERR_OK && !region_holds(bureau->prefix, code)))
		return form_refuse(form, &q->errors, "scope", NULL);
	TRY(e);
	region_prefix(code, prefix);
	*ret = arena_strndup(q->arena, prefix, strlen(prefix));
	return ERR_OK;
}

/* The account as it is to be. */
static enum err
read_account(struct req *q, const struct form *form, struct staff_form *in,
    struct staff_request *ret)
{
	struct bureau bureau = { 0 };
	const char *scope;

	TRY(form_collect(form, q, NULL, FORM_SUBMIT, in));
	check_id_no(q, "id_no", "id_card", in->id_no);
	TRY(form_end(q));
	enum err e = bureau_by_region(q->db, q->arena, in->bureau, &bureau);
	if (e == ERR_NOT_FOUND)
		return form_refuse(form, &q->errors, "bureau",
		    "没有这个医保局，请先由系统管理员添加");
	TRY(e);
	TRY(read_scope(q, form, in->scope, &bureau, &scope));
	*ret = (struct staff_request){ .account = in->account,
		.name = in->name,
		.bureau_id = bureau.id,
		.role = (unsigned)kind_by_wire(roles, in->role)->code,
		.scope = scope,
		.may_download = in->may_download,
		.version = in->version,
		.reason = in->reason };
	return ERR_OK;
}

/* What is sealed in the request that is made now is bound to. */
static const char *
own_row(const struct req *q, const struct staff_request *r)
{
	return row_pair(q, r->account, row_number(q, q->now));
}

/* As it stands, for what changes nothing of this. */
static struct staff_request
as_it_is(const struct staff *s, const char *reason)
{
	return (struct staff_request){ .staff_id = s->id,
		.account = s->account,
		.name = s->name,
		.bureau_id = s->bureau_id,
		.role = s->role,
		.scope = s->scope,
		.may_download = s->may_download,
		.version = s->version,
		.reason = reason };
}

static enum err
ask(struct req *q, struct sql_tx *tx, enum staff_request_kind kind, struct staff_request *r)
{
	const char *what = kind_by_code(staff_request_kinds, (int)kind)->wire;
	struct row_added_answer answer;

	r->kind = kind;
	r->asked_by = who_user(q);
	r->asked_at = q->now;
	r->until = q->now + LIFETIME;
	TRY(staff_request_lapse(tx, q->now));
	enum err e = staff_request_add(tx, r, &answer.id);
	if (e == ERR_EXISTS)
		return refuse(q, ERR_CONFLICT,
		    "该账号已有一项申请等待复核，请在复核或撤回后再提出");
	TRY(e);
	return deed_done(q, tx, DEED_STAFF_ASK, arena_printf(q->arena, "staff/%s", r->account),
	    arena_printf(q->arena,
		"request=%lld kind=%s bureau=%lld role=%u scope=%s download=%d phone=%s reason=%s",
		(long long)answer.id, what, (long long)r->bureau_id, r->role, r->scope,
		r->may_download, r->phone_sealed ? "new" : "stays", r->reason),
	    202, answer_text(q, &row_added_answer, &answer));
}

enum err
staff_ask_create(struct req *q)
{
	struct staff_form in = { 0 };
	struct staff_request r;
	struct staff made = { 0 };

	TRY(read_account(q, &staff_add_form, &in, &r));
	enum err e = staff_by_account(q->db, q->arena, in.account, &made);
	if (e == ERR_OK)
		return form_refuse(&staff_add_form, &q->errors, "account",
		    "该账号已存在，请换一个");
	if (e != ERR_NOT_FOUND)
		return e;
	const char *id_no = id_no_stored(q, in.id_no);
	made = (struct staff){ .account = r.account, .role = r.role, .bureau_id = r.bureau_id };
	staff_person_seal(q, id_no, in.phone, &made);
	r.id_sealed = seal_text(q, PURPOSE_STAFF_REQUEST_ID, own_row(q, &r), id_no);
	r.phone_sealed = seal_text(q, PURPOSE_STAFF_REQUEST_PHONE, own_row(q, &r), in.phone);
	SQL_TX(tx, q->db);
	TRY(staff_person_free(q, &tx, &made));
	return ask(q, &tx, STAFF_REQUEST_CREATE, &r);
}

enum err
staff_ask_change(struct req *q)
{
	struct staff_form in = { 0 };
	struct staff_request r;
	struct staff old;

	TRY(staff_other(q, &old));
	TRY(read_account(q, &staff_change_form, &in, &r));
	if (r.version != old.version)
		return refuse(q, ERR_CONFLICT, "该账号已有变动，请刷新后重新填写");
	r.staff_id = old.id;
	r.account = old.account;
	r.phone_sealed = seal_text(q, PURPOSE_STAFF_REQUEST_PHONE, own_row(q, &r), in.phone);
	old.role = r.role;
	old.bureau_id = r.bureau_id;
	SQL_TX(tx, q->db);
	if (!old.disabled)
		TRY(staff_person_free(q, &tx, &old));
	return ask(q, &tx, STAFF_REQUEST_CHANGE, &r);
}

static enum err
ask_plain(struct req *q, enum staff_request_kind kind)
{
	struct staff_reason_form in = { 0 };
	struct staff who;

	TRY(staff_other(q, &who));
	TRY(form_bind(&staff_reason_form, q, NULL, FORM_SUBMIT, &in));
	struct staff_request r = as_it_is(&who, in.reason);
	SQL_TX(tx, q->db);
	return ask(q, &tx, kind, &r);
}

enum err
staff_ask_password(struct req *q)
{
	return ask_plain(q, STAFF_REQUEST_PASSWORD);
}

enum err
staff_ask_totp(struct req *q)
{
	return ask_plain(q, STAFF_REQUEST_TOTP);
}

enum err
staff_ask_enable(struct req *q)
{
	return ask_plain(q, STAFF_REQUEST_ENABLE);
}
