#include <string.h>

#include "fcgi/crypto/password.h"
#include "fcgi/http/session.h"
#include "handlers/account/attempt.h"
#include "handlers/admin/staff.h"
#include "handlers/admin/staff_deed.h"
#include "handlers/common/deed.h"
#include "handlers/common/list.h"
#include "handlers/common/who.h"
#include "handlers/rules/form/admin_form.h"
#include "handlers/rules/procedure/region.h"
#include "handlers/rules/table/kinds.h"
#include "sql/catalogue/bureau.h"
#include "sql/catalogue/region.h"

struct staff_made_answer {
	int64_t id;
	const char *account, *password;
};
static const struct answer_row made_rows[] = {
	ANSWER(struct staff_made_answer, id),
	ANSWER(struct staff_made_answer, account),
	ANSWER(struct staff_made_answer, password),
};
const struct answer staff_made_answer =
    ANSWER_TABLE("staff_made", struct staff_made_answer, made_rows);

struct staff_password_answer {
	const char *password;
};
static const struct answer_row password_rows[] = {
	ANSWER(struct staff_password_answer, password),
};
const struct answer staff_password_answer =
    ANSWER_TABLE("staff_password", struct staff_password_answer, password_rows);

/* The account the path names, unless it is one's own. */
static enum err
other(struct req *q, struct staff *ret)
{
	TRY(staff_get(q->db, q->arena, q->id, ret));
	if (ret->id == who_user(q))
		return refuse(q, ERR_FORBIDDEN, "不能修改自己的账号，请由另一名安全管理员操作");
	return ERR_OK;
}

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

static enum err
read_staff(struct req *q, const struct form *form, struct staff *ret)
{
	struct staff_form in = { 0 };
	struct bureau bureau = { 0 };
	const char *scope;

	TRY(form_bind(form, q, NULL, FORM_SUBMIT, &in));
	enum err e = bureau_by_region(q->db, q->arena, in.bureau, &bureau);
	if (e == ERR_NOT_FOUND)
		return form_refuse(form, &q->errors, "bureau",
		    "没有这个医保局，请先由系统管理员添加");
	TRY(e);
	TRY(read_scope(q, form, in.scope, &bureau, &scope));
	*ret = (struct staff){ .account = in.account,
		.name = in.name,
		.bureau_id = bureau.id,
		.role = (unsigned)kind_by_wire(roles, in.role)->code,
		.scope = scope,
		.may_download = in.may_download,
		.version = in.version,
		.created_at = q->now };
	return ERR_OK;
}

static const char *
detail_of(struct req *q, const struct staff *s)
{
	return arena_printf(q->arena, "bureau=%lld role=%u scope=%s download=%d",
	    (long long)s->bureau_id, s->role, s->scope, s->may_download);
}

enum err
staff_create(struct req *q)
{
	struct staff made;
	char *hash;
	int64_t id;

	TRY(read_staff(q, &staff_add_form, &made));
	const char *password = password_random(q->arena);
	TRY(password_hash(q->arena, password, &hash));
	made.password = hash;
	SQL_TX(tx, q->db);
	enum err e = staff_add_row(&tx, &made, &id);
	if (e == ERR_EXISTS)
		return form_refuse(&staff_add_form, &q->errors, "account",
		    "该账号已存在，请换一个");
	TRY(e);
	const struct staff_made_answer answer = { id, made.account, password };
	return deed_done(q, &tx, DEED_STAFF_CREATE, staff_object(q, &made), detail_of(q, &made),
	    201, answer_text(q, &staff_made_answer, &answer));
}

enum err
staff_change(struct req *q)
{
	struct staff old, wanted;

	TRY(other(q, &old));
	TRY(read_staff(q, &staff_change_form, &wanted));
	wanted.id = old.id;
	SQL_TX(tx, q->db);
	if (wanted.role != old.role)
		TRY(staff_spare(q, &tx, &old));
	TRY(staff_update(&tx, &wanted));
	const struct row_changed_answer answer = { wanted.version + 1 };
	TRY(deed_done(q, &tx, DEED_STAFF_CHANGE, staff_object(q, &old), detail_of(q, &wanted), 200,
	    answer_text(q, &row_changed_answer, &answer)));
	/* refused anyway, as they began before the change: sql/account/standing.h */
	(void)!session_end_all(q, old.role, old.id, NULL, 0, NULL);
	return ERR_OK;
}

static enum err
settle(struct req *q, const struct staff *who, enum staff_deed deed, const char *detail)
{
	SQL_TX(tx, q->db);
	TRY(staff_deed_run(q, &tx, deed, who));
	TRY(deed_done(q, &tx, staff_deed_audited(deed), staff_object(q, who), detail, 204, NULL));
	(void)!session_end_all(q, who->role, who->id, NULL, 0, NULL);
	return ERR_OK;
}

enum err
staff_disable_set(struct req *q)
{
	struct staff_disable_form in = { 0 };
	struct staff who;

	TRY(other(q, &who));
	TRY(form_bind(&staff_disable_form, q, NULL, FORM_SUBMIT, &in));
	return settle(q, &who, in.disabled ? STAFF_DISABLE : STAFF_ENABLE,
	    in.reason ? arena_printf(q->arena, "reason=%s", in.reason) : "");
}

enum err
staff_totp_remove(struct req *q)
{
	struct staff who;

	TRY(other(q, &who));
	return settle(q, &who, STAFF_TOTP_RESET, "");
}

enum err
staff_password_reset(struct req *q)
{
	struct staff who;
	char *hash;

	TRY(other(q, &who));
	const char *password = password_random(q->arena);
	TRY(password_hash(q->arena, password, &hash));
	SQL_TX(tx, q->db);
	TRY(staff_set_initial(&tx, who.id, hash));
	TRY(attempt_forget(q, &tx, ROLE_OFFICER, who.id));
	const struct staff_password_answer answer = { password };
	TRY(deed_done(q, &tx, DEED_STAFF_RESET, staff_object(q, &who), "", 200,
	    answer_text(q, &staff_password_answer, &answer)));
	(void)!session_end_all(q, who.role, who.id, NULL, 0, NULL);
	return ERR_OK;
}
