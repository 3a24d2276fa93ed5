#include <string.h>

#include "fcgi/base/time.h"
#include "fcgi/http/config.h"
#include "fcgi/store/file.h"
#include "handlers/common/deed.h"
#include "handlers/common/who.h"
#include "handlers/rules/check/filename.h"
#include "handlers/rules/check/media.h"
#include "handlers/upload/access.h"
#include "handlers/upload/tus/piece.h"
#include "handlers/upload/tus/tus.h"
#include "handlers/upload/upload.h"
#include "sql/account/unit.h"
#include "sql/application/upload.h"

#define OPEN_MAX 20 /* unfinished uploads of one person */
#define DAY_MAX                                                                                    \
	((int64_t)2 << 30) /* bytes one person may begin in a day: fifty whole applications */
#define DAY_MAX_BEFORE                                                                             \
	((int64_t)100 << 20) /* before his unit is certified: five licences, however large */

static enum err
read_slot(struct req *q, const char *metadata, const struct slot **ret)
{
	const char *name;
	size_t size;

	TRY(tus_metadata(q->arena, metadata, "slot", &name, &size));
	const struct slot *slot = strlen(name) == size ? slot_by_name(name) : NULL;
	if (!slot)
		return refuse(q, ERR_INVALID, "没有这种文件，请刷新页面后重试");
	*ret = slot;
	return ERR_OK;
}

static enum err
read_name(struct req *q, const char *metadata, const char **ret)
{
	const char *bytes;
	size_t size;

	TRY(tus_metadata(q->arena, metadata, "filename", &bytes, &size));
	const char *name = filename_clean(q->arena, bytes, size);
	if (!name)
		return refuse(q, ERR_INVALID, "文件名无法识别，请重命名后再上传");
	*ret = name;
	return ERR_OK;
}

/* What is known before the first byte is judged before the first byte. */
static enum err
check(struct req *q, const struct slot *slot, const char *name, int64_t length)
{
	const char *reason = media_refuse_size(q->arena, slot, length);

	if (reason)
		return refuse(q, length > slot->max_bytes ? ERR_TOO_LARGE : ERR_INVALID, reason);
	reason = media_refuse_name(q->arena, slot, name);
	return reason ? refuse(q, ERR_INVALID, reason) : ERR_OK;
}

/* Whoever registers has nothing to send but his licence until he is certified. */
static enum err
check_day(struct req *q, int64_t today, int64_t length)
{
	struct unit unit;

	if (today > DAY_MAX - length)
		return refuse(q, ERR_RATE_LIMITED, "今天上传的文件过多，请明天再上传");
	if (who_unit(q) == 0 || today <= DAY_MAX_BEFORE - length)
		return ERR_OK;
	TRY(unit_get(q->db, q->arena, who_unit(q), &unit));
	return unit.certification == CERTIFICATION_PASSED
		   ? ERR_OK
		   : refuse(q, ERR_RATE_LIMITED,
			 "单位通过资质认证前每天最多上传 100M，请先完成认证，或明天再上传");
}

/* How much one person may begin. One creation of a unit after the other, or all would see room. */
static enum err
check_quota(struct req *q, struct sql_tx *tx, int64_t length)
{
	int64_t open, today;

	if (who_unit(q) != 0)
		TRY(unit_lock(tx, q->arena, who_unit(q)));
	TRY(upload_open_count(q->db, q->arena, (unsigned)who_role(q), who_user(q), &open));
	if (open >= OPEN_MAX)
		return refuse(q, ERR_RATE_LIMITED,
		    "未完成的上传过多，请先完成或取消，再上传新文件");
	TRY(upload_declared_since(q->db, q->arena, (unsigned)who_role(q), who_user(q), q->now - DAY,
	    &today));
	return check_day(q, today, length);
}

static enum err
put_first(struct req *q, const char *id)
{
	struct upload u;

	SQL_TX(tx, q->db);
	TRY(upload_lock(&tx, q->arena, id, &u));
	return piece_put(q, &tx, &u, 0, 201);
}

static enum err
take_back(struct req *q, const char *id)
{
	SQL_TX(tx, q->db);
	TRY(upload_delete(&tx, id));
	TRY(sql_commit(&tx));
	file_drop(q->config->store, id);
	return ERR_OK;
}

/*
 * creation-with-upload: the body is the first piece. Whoever is not answered
 * 201 begins anew, so what was begun must not count against him.
 */
static enum err
begin_with(struct req *q, const char *id)
{
	enum err e = put_first(q, id);

	if (e != ERR_OK && e != ERR_INVALID) /* a refused one is kept with its reason */
		(void)!take_back(q, id);
	return e;
}

static enum err
check_body(struct req *q, int64_t length)
{
	const char *type = q->header(q, "CONTENT_TYPE");

	if (q->body_length == 0)
		return ERR_OK;
	if (!type || strcmp(type, "application/offset+octet-stream") != 0)
		return ERR_UNSUPPORTED_TYPE;
	if (q->body_length > length)
		return refuse(q, ERR_TOO_LARGE, "上传的内容比声明的文件长，请重新上传");
	return piece_check(q);
}

enum err
upload_create(struct req *q)
{
	const char *metadata = q->header(q, "HTTP_UPLOAD_METADATA");
	struct upload u = { .id = tus_new_id(q->arena),
		.unit_id = who_unit(q),
		.role = (unsigned)who_role(q),
		.user_id = who_user(q),
		.created_at = q->now };
	const struct slot *slot = NULL;
	bool open;

	TRY(tus_enter(q));
	TRY(tus_number(q, "HTTP_UPLOAD_LENGTH", &u.length));
	TRY(read_slot(q, metadata, &slot));
	TRY(upload_slot_open(q, slot->name, &open));
	if (!open)
		return ERR_NOT_GRANTED;
	TRY(read_name(q, metadata, &u.name));
	TRY(check(q, slot, u.name, u.length));
	TRY(check_body(q, u.length));
	u.slot = slot->name;
	u.metadata = metadata;

	SQL_TX(tx, q->db);
	TRY(check_quota(q, &tx, u.length));
	TRY(upload_insert(&tx, &u));
	TRY(deed_note(q, &tx, DEED_UPLOAD_CREATE, upload_object(q, u.id),
	    arena_printf(q->arena, "slot=%s size=%lld", u.slot, (long long)u.length)));
	TRY(sql_commit(&tx));
	reply_header(q, "Location",
	    arena_printf(q->arena, "%s%s/%s", q->config->prefix, q->path, u.id));
	tus_expires(q, q->now);
	return q->body_length > 0 ? begin_with(q, u.id) : reply_empty(q, 201);
}
