#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/http/query.h"
#include "fcgi/store/file.h"
#include "handlers/common/deed.h"
#include "handlers/common/who.h"
#include "handlers/rules/check/filename.h"
#include "handlers/rules/check/media.h"
#include "handlers/upload/access.h"
#include "handlers/upload/upload.h"
#include "sql/application/upload_scan.h"

const struct answer upload_content_answer = ANSWER_FILE("*/*"); /* as each slot takes */

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

/*
 * Does the browser want it for a page of ours: a frame, a picture, a recording?
 * It says so where it may be trusted to (https, localhost). "document" is an
 * address somebody opened, "empty" a script, or what 另存为 in the browser's
 * menu asks for; a viewer of long PDF goes on reading that way, in ranges. No
 * word at all is no browser's.
 */
static bool
for_a_page(const struct req *q)
{
	static const char *const shown_in[] = { "iframe", "image", "video", "embed", "object" };
	const char *destination = q->header(q, "HTTP_SEC_FETCH_DEST");

	for (size_t i = 0; destination && i < COUNT(shown_in); i++)
		if (strcmp(destination, shown_in[i]) == 0)
			return true;
	return destination && strcmp(destination, "empty") == 0 && q->header(q, "HTTP_RANGE");
}

/*
 * Some officers may look at material but not take it along. It keeps honest
 * people honest: what a browser shows it has, and whoever commands the browser
 * can keep it. That is why the preview carries his name.
 */
static enum err
check_taking(struct req *q, const struct upload *u, bool shown)
{
	if (who_role(q) != ROLE_OFFICER || who_may_download(q) || (shown && for_a_page(q)))
		return ERR_OK;
	SQL_TX(tx, q->db);
	TRY(deed_note(q, &tx, DEED_UPLOAD_DENY, upload_object(q, u->id),
	    shown ? "" : "download=1"));
	TRY(sql_commit(&tx));
	return refuse(q, ERR_FORBIDDEN,
	    "您的账号只能在页面内预览材料，如需下载请联系安全管理员开通权限");
}

struct content_query {
	int64_t download;
};
static const struct field query_fields[] = {
	FIELD(struct content_query, download, .label = "1: to save it", .max = 1),
};
const struct form content_query = FORM("content_query", query_fields);

enum err
upload_content(struct req *q)
{
	struct content_query in = { 0 };
	const struct media *media;
	struct upload u;
	char place[FILE_PLACE_SIZE];

	TRY(query_bind(q, &content_query, &in));
	TRY(upload_to_read(q, &u));
	if (u.state != UPLOAD_STORED)
		return ERR_NOT_FOUND;
	TRY(check_scan(q, &u));
	media = media_by_type(u.type);
	bool shown = media && media->shown && !in.download;

	TRY(check_taking(q, &u, shown));
	SQL_TX(tx, q->db);
	TRY(deed_note(q, &tx, DEED_UPLOAD_VIEW, upload_object(q, u.id), shown ? "" : "download=1"));
	TRY(sql_commit(&tx));
	file_place(u.digest, place);
	reply_header(q, "X-Accel-Redirect", arena_printf(q->arena, "/_store/%s", place));
	reply_header(q, "Content-Disposition", filename_disposition(q->arena, u.name, shown));
	return reply_bytes(q, u.type, "", 0);
}
