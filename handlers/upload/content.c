#include "fcgi/file.h"
#include "handlers/deed.h"
#include "handlers/rules/filename.h"
#include "handlers/rules/media.h"
#include "handlers/upload/access.h"
#include "handlers/upload/upload.h"
#include "handlers/who.h"
#include "sql/upload_scan.h"

/* Whoever uploaded it has it anyway; on an officer's machine nothing is opened before it was looked at. */
static enum err
check_scan(struct req *q, const struct upload *u)
{
	unsigned scan;

	if (who_role(q) != ROLE_OFFICER)
		return ERR_OK;
	TRY(upload_scan_state(q->db, q->arena, u->id, &scan));
	return scan == SCAN_WAITING
		   ? refuse(q, ERR_WRONG_STATE, "文件正在进行安全检测，请稍后再查看")
		   : ERR_OK;
}

enum err
upload_content(struct req *q)
{
	const struct media *media;
	struct upload u;
	char place[FILE_PLACE_SIZE];

	TRY(upload_to_read(q, &u));
	if (u.state != UPLOAD_STORED)
		return ERR_NOT_FOUND;
	TRY(check_scan(q, &u));
	media = media_by_type(u.type);
	bool shown = media && media->shown && query_int(q, "download", 0, 1, 0) == 0;

	SQL_TX(tx, q->db);
	TRY(deed_note(q, &tx, "upload.view", upload_object(q, u.id), shown ? "" : "download=1"));
	TRY(sql_commit(&tx));
	file_place(u.sm3, place);
	reply_header(q, "X-Accel-Redirect", arena_printf(q->arena, "/_store/%s", place));
	reply_header(q, "Content-Disposition", filename_disposition(q->arena, u.name, shown));
	return reply_bytes(q, u.type, "", 0);
}
