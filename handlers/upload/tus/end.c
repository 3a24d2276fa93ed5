#include "fcgi/http/config.h"
#include "fcgi/store/file.h"
#include "handlers/common/deed.h"
#include "handlers/upload/access.h"
#include "handlers/upload/tus/tus.h"
#include "handlers/upload/upload.h"

enum err
upload_end(struct req *q)
{
	struct upload u;

	TRY(tus_enter(q));
	SQL_TX(tx, q->db);
	TRY(upload_lock(&tx, q->arena, q->key, &u));
	TRY(upload_is_mine(q, &u));
	if (u.state == UPLOAD_STORED) /* an application may hold it: the form lets go of it */
		return refuse(q, ERR_WRONG_STATE, "文件已上传完成，请在表单中移除");
	TRY(upload_delete(&tx, u.id));
	TRY(deed_done(q, &tx, DEED_UPLOAD_END, upload_object(q, u.id), "", 204, NULL));
	file_drop(q->config->store, u.id);
	return ERR_OK;
}
