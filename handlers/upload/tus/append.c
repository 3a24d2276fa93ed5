#include <string.h>

#include "handlers/upload/access.h"
#include "handlers/upload/tus/piece.h"
#include "handlers/upload/tus/tus.h"
#include "handlers/upload/upload.h"

static enum err
check_request(struct req *q, int64_t *ret_offset)
{
	const char *type = q->header(q, "CONTENT_TYPE");

	TRY(tus_enter(q));
	if (!type || strcmp(type, "application/offset+octet-stream") != 0)
		return ERR_UNSUPPORTED_TYPE;
	TRY(piece_check(q));
	return tus_number(q, "HTTP_UPLOAD_OFFSET", ret_offset);
}

static enum err
check_upload(struct req *q, const struct upload *u, int64_t offset)
{
	TRY(upload_goes_on(q, u));
	if (offset != u->received || u->state != UPLOAD_PARTIAL)
		return ERR_UPLOAD_OFFSET;
	if (q->body_length > u->length - offset)
		return refuse(q, ERR_TOO_LARGE, "上传的内容比声明的文件长，请重新上传");
	return ERR_OK;
}

enum err
upload_append(struct req *q)
{
	struct upload u;
	int64_t offset;

	TRY(check_request(q, &offset));
	SQL_TX(tx, q->db);
	TRY(upload_lock(&tx, q->arena, q->key,
	    &u)); /* two at once: one of them gets ERR_UPLOAD_BUSY */
	TRY(upload_durable(q, &u));
	TRY(check_upload(q, &u, offset));
	return piece_put(q, &tx, &u, offset, 204);
}
