#include "handlers/account/appeal.h"

#include <string.h>
#include <unistd.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "fcgi/http/config.h"
#include "fcgi/http/query.h"
#include "fcgi/http/session.h"
#include "fcgi/store/file.h"
#include "handlers/common/deed.h"
#include "handlers/common/list.h"
#include "handlers/common/notify.h"
#include "handlers/common/sealing.h"
#include "handlers/rules/check/filename.h"
#include "handlers/rules/form/certification_form.h"
#include "handlers/sms/code.h"
#include "handlers/upload/check/inspect.h"
#include "handlers/upload/keep.h"
#include "sql/account/appeal.h"
#include "sql/account/unit.h"
#include "sql/application/upload.h"
#include "sql/catalogue/bureau.h"
#include "sql/catalogue/institution.h"

#define MEMBER "appeal" /* of the session: id of the appeal it began */
#define PURPOSE "appeal"
#define SLOT "business_licence"
#define WAITING_MAX 5 /* about one code: the bureau has enough to decide */
#define ID_BYTES 16

struct appealed_answer {
	const char *bureau;
};
static const struct answer_row rows[] = {
	ANSWER(struct appealed_answer, bureau, .about = "which will decide"),
};
const struct answer appealed_answer = ANSWER_TABLE("appealed", struct appealed_answer, rows);

static const char *
object(struct req *q, int64_t id)
{
	return arena_printf(q->arena, "appeal/%lld", (long long)id);
}

/* ---- who appeals, about what -------------------------------------------------------- */

/* Whose the code is, by the catalogue: the row whose agreement is in force, or the first. */
static enum err
find_listed(struct req *q, const char *uscc, struct institution *ret)
{
	const struct institution *list;
	size_t count, at = 0;

	TRY(institution_by_uscc(q->db, q->arena, uscc, &list, &count));
	if (count == 0)
		return refuse_field(q, "uscc",
		    "定点医药机构目录中没有该统一社会信用代码，请先与当地医保局核对");
	for (size_t i = count; i-- > 0;)
		if (list[i].agreement_start <= q->now && q->now < list[i].agreement_end)
			at = i;
	*ret = list[at];
	return ERR_OK;
}

static enum err
find_holder(struct req *q, const char *uscc, int64_t *ret_id)
{
	struct unit unit = { 0 };
	int64_t waiting;
	enum err e = unit_by_uscc(q->db, q->arena, uscc, &unit);

	if (e == ERR_NOT_FOUND)
		return refuse_field(q, "uscc", "该统一社会信用代码尚未注册，可以直接注册");
	TRY(e);
	TRY(appeal_waiting_on(q->db, q->arena, uscc, &waiting));
	if (waiting >= WAITING_MAX)
		return refuse(q, ERR_CONFLICT, "该代码已有申诉正在核实，请等待医保局答复");
	*ret_id = unit.id;
	return ERR_OK;
}

static enum err
find_bureau(struct req *q, const char *region_code, struct bureau *ret)
{
	struct bureau_chain chain = { 0 };
	enum err e = bureau_chain(q->db, q->arena, region_code, &chain);

	if (e == ERR_NOT_FOUND)
		return refuse(q, ERR_WRONG_STATE,
		    "该机构所属区划没有对应的医保局，请联系当地医保部门");
	TRY(e);
	*ret = chain.local;
	return ERR_OK;
}

/* The phone is proven first, so strangers learn nothing of who has an account. */
enum err
appeal_make(struct req *q)
{
	struct appeal_form form = { 0 };
	struct institution listed = { 0 };
	struct bureau bureau = { 0 };
	int64_t unit_id = 0, id;

	TRY(form_bind(&appeal_form, q, NULL, FORM_SUBMIT, &form));
	TRY(sms_code_use(q, PURPOSE, form.phone, form.sms_code));
	TRY(find_listed(q, form.uscc, &listed));
	TRY(find_holder(q, form.uscc, &unit_id));
	TRY(find_bureau(q, listed.region_code, &bureau));
	const struct appeal appeal = {
		.uscc = form.uscc,
		.name = listed.name,
		.region_code = listed.region_code,
		.bureau_id = bureau.id,
		.unit_id = unit_id,
		.statement = form.statement,
		.created_at = q->now,
	};
	const struct appealed_answer answer = { bureau.name };
	SQL_TX(tx, q->db);
	TRY(sms_code_spent(q, &tx, PURPOSE, form.phone, form.sms_code));
	TRY(appeal_add(&tx, &appeal, &id));
	TRY(appeal_seal(&tx, id,
	    seal_text(q, PURPOSE_APPEAL_CONTACT, row_number(q, id), form.contact),
	    seal_text(q, PURPOSE_APPEAL_PHONE, row_number(q, id), form.phone)));
	json_object_set_new(q->session->data, MEMBER, json_integer(id));
	TRY(session_save(q));
	return deed_done(q, &tx, DEED_APPEAL_MAKE, object(q, id), "", 201,
	    answer_text(q, &appealed_answer, &answer));
}

/* ---- its licence ---------------------------------------------------------------------- */

static enum err
begun(struct req *q, struct appeal *ret)
{
	const json_t *kept = json_object_get(q->session->data, MEMBER);
	enum err e = json_is_integer(kept)
			 ? appeal_get(q->db, q->arena, json_integer_value(kept), ret)
			 : ERR_NOT_FOUND;

	if (e == ERR_NOT_FOUND)
		return refuse(q, ERR_WRONG_STATE, "请先填写申诉信息");
	TRY(e);
	return ret->state == APPEAL_BEGUN
		   ? ERR_OK
		   : refuse(q, ERR_WRONG_STATE, "申诉已提交，请等待医保局答复");
}

/* The body, whole, under a name of its own among the partial files. */
static enum err
receive(struct req *q, const struct upload *u, struct verdict *ret, const char **ret_digest)
{
	int64_t end;
	int fd;

	TRY(file_append(q->config->store, u->id, 0, &q->body, q->body_length, &end));
	if (end < q->body_length)
		return ERR_BAD_REQUEST;
	TRY(file_open(q->config->store, u->id, &fd));
	enum err e = inspect(q->arena, slot_by_name(SLOT), u->name, fd, ret);
	if (e == ERR_OK && ret->reason)
		e = refuse_field(q, "file", ret->reason);
	else if (e == ERR_OK)
		e = file_digest(fd, q->config->store_digest, q->arena, ret_digest);
	close(fd);
	return e;
}

static enum err
keep(struct req *q, const struct appeal *appeal, const struct upload *u,
    const struct verdict *verdict, const char *digest)
{
	struct upload_kept kept;

	SQL_TX(tx, q->db);
	TRY(upload_insert(&tx, u));
	TRY(upload_keep(q, &tx, u, verdict, digest, &kept));
	TRY(appeal_file(&tx, appeal->id, u->id));
	TRY(notify_bureau(q, &tx, appeal->bureau_id, appeal->region_code, NOTICE_APPEAL_FILED, NULL,
	    (const char *const[4]){ appeal->name }));
	TRY(deed_done(q, &tx, DEED_APPEAL_FILE, object(q, appeal->id),
	    arena_printf(q->arena, "upload=%s", u->id), 204, NULL));
	upload_keep_end(q, u, &kept);
	return ERR_OK;
}

enum err
appeal_licence(struct req *q)
{
	unsigned char bytes[ID_BYTES];
	struct file_query in = { 0 };
	struct appeal appeal = { 0 };

	TRY(begun(q, &appeal));
	TRY(query_bind(q, &file_query, &in));
	const char *name = in.file ? filename_clean(q->arena, in.file, strlen(in.file)) : NULL;
	if (!name || q->body_length == 0)
		return refuse_field(q, "file", "请选择营业执照文件");
	random_bytes(bytes, sizeof(bytes));
	struct upload u = {
		.id = bytes_hex(q->arena, bytes, sizeof(bytes)),
		.user_id = appeal.id,
		.slot = SLOT,
		.name = name,
		.length = q->body_length,
		.received = q->body_length,
		.state = UPLOAD_PARTIAL,
		.created_at = q->now,
		.updated_at = q->now,
	};
	struct verdict verdict = { .copy = -1 };
	const char *digest = NULL;
	enum err e = receive(q, &u, &verdict, &digest);
	if (e == ERR_OK)
		e = keep(q, &appeal, &u, &verdict, digest);
	else
		file_drop(q->config->store, u.id);
	verdict_end(&verdict);
	return e;
}
