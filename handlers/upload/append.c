#include <string.h>
#include <unistd.h>

#include "fcgi/config.h"
#include "fcgi/file.h"
#include "handlers/deed.h"
#include "handlers/upload/access.h"
#include "handlers/upload/inspect.h"
#include "handlers/upload/tus.h"
#include "handlers/upload/upload.h"

static enum err
check_request(struct req *q, int64_t *ret_offset)
{
	const char *type = q->header(q, "CONTENT_TYPE");

	TRY(tus_enter(q));
	if (!type || strcmp(type, "application/offset+octet-stream") != 0)
		return ERR_UNSUPPORTED_TYPE;
	return tus_number(q, "HTTP_UPLOAD_OFFSET", ret_offset);
}

static enum err
check_upload(struct req *q, const struct upload *u, int64_t offset)
{
	TRY(upload_is_mine(q, u));
	if (u->state == UPLOAD_REFUSED)
		return ERR_NOT_FOUND;
	if (offset != u->received || u->state != UPLOAD_PARTIAL)
		return ERR_UPLOAD_OFFSET;
	if (q->body_length > u->length - offset)
		return refuse(q, ERR_TOO_LARGE, "上传的内容比声明的文件长，请重新上传");
	return ERR_OK;
}

static enum err
look_at(struct req *q, const struct upload *u, struct verdict *ret, const char **ret_sm3)
{
	int fd;

	TRY(file_open(q->config->store, u->id, &fd));
	enum err e = inspect(q->arena, slot_by_name(u->slot), u->name, fd, ret);
	if (e == ERR_OK && !ret->reason)
		e = file_sm3(fd, q->arena, ret_sm3);
	close(fd);
	return e;
}

static enum err
refuse_it(struct req *q, struct sql_tx *tx, const struct upload *u, const char *reason)
{
	TRY(upload_refuse(tx, u->id, reason, q->now));
	TRY(deed_note(q, tx, "upload.refuse", upload_object(q, u->id),
	    arena_printf(q->arena, "slot=%s", u->slot)));
	TRY(sql_commit(tx));
	file_drop(q->config->store,
	    u->id); /* after the commit: a row must not promise what is gone */
	return refuse(q, ERR_INVALID, reason);
}

/* The file is whole: look at it, then either keep it or let it go. */
static enum err
finish(struct req *q, struct sql_tx *tx, const struct upload *u)
{
	struct verdict verdict;
	const char *sm3 = NULL;

	TRY(look_at(q, u, &verdict, &sm3));
	if (verdict.reason)
		return refuse_it(q, tx, u, verdict.reason);
	TRY(file_keep(q->config->store, u->id, sm3));
	TRY(upload_finish(tx, u->id, verdict.media->type, sm3, q->now));
	return deed_done(q, tx, "upload.store", upload_object(q, u->id),
	    arena_printf(q->arena, "slot=%s sm3=%s", u->slot, sm3), 204, NULL);
}

enum err
upload_append(struct req *q)
{
	struct upload u;
	int64_t offset, end;

	TRY(check_request(q, &offset));
	SQL_TX(tx, q->db);
	TRY(upload_lock(&tx, q->arena, q->key,
	    &u)); /* two at once: one of them gets ERR_UPLOAD_BUSY */
	TRY(upload_durable(q, &u));
	TRY(check_upload(q, &u, offset));
	TRY(file_append(q->config->store, u.id, offset, &q->body, q->body_length, &end));
	reply_header(q, "Upload-Offset", arena_printf(q->arena, "%lld", (long long)end));
	if (end == u.length)
		return finish(q, &tx, &u);
	TRY(upload_advance(&tx, u.id, end, q->now));
	TRY(sql_commit(&tx));
	return reply_empty(q, 204);
}
