#include "handlers/admin/publish.h"

#include <string.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "fcgi/http/config.h"
#include "fcgi/http/query.h"
#include "fcgi/store/file.h"
#include "handlers/common/deed.h"
#include "handlers/common/list.h"
#include "handlers/rules/check/filename.h"
#include "handlers/rules/check/media.h"
#include "handlers/rules/table/names.h"
#include "handlers/upload/check/inspect.h"
#include "sql/catalogue/announcement.h"
#include "sql/catalogue/document.h"

#define CODE_BYTES 16
#define VERSIONS_SHOWN 20

/* As in handlers/sheet/document.c, which makes those the program ships. */
#define EACH_DOCUMENT(DOCUMENT)                                                                    \
	DOCUMENT("application-letter", "申请函模板")                                               \
	DOCUMENT("test-report", "测试报告模板")                                                    \
	DOCUMENT("recording-notes", "演示录屏注意事项")

#define DOCUMENT(name, title) { name, title },
static const struct {
	const char *name, *title;
} documents[] = { EACH_DOCUMENT(DOCUMENT) };
#undef DOCUMENT
#define DOCUMENTS (COUNT(documents))

static const struct slot slot = { "document", (int64_t)DOCUMENT_MAX, "pdf doc docx",
	KIND_PDF | KIND_DOC | KIND_DOCX, "支持扩展名：.pdf .doc .docx，且不超过20M" };

static const struct answer_row announcement_rows[] = {
	ANSWER(struct announcement, id),
	ANSWER(struct announcement, title),
	ANSWER(struct announcement, body),
	ANSWER(struct announcement, starts, .about = "Unix seconds"),
};
static const struct answer announcement_answer =
    ANSWER_TABLE("announcement", struct announcement, announcement_rows);

LIST_ANSWER(announcements, struct announcement, &announcement_answer);

enum err
announcement_index(struct req *q)
{
	struct announcements_answer answer = { 0 };

	TRY(announcement_current(q->db, q->arena, q->now, &answer.items.items,
	    &answer.items.count));
	return reply(q, 200, &announcements_answer, &answer);
}

/* ---- documents ---------------------------------------------------------------- */

static const struct answer_row version_rows[] = {
	ANSWER(struct document_version, number, .about = "1, 2, … of this document"),
	ANSWER(struct document_version, file, .about = "its name"),
	ANSWER(struct document_version, size, .about = "bytes"),
	ANSWER(struct document_version, created_at, .about = "Unix seconds"),
};
static const struct answer version_answer =
    ANSWER_TABLE("document_version", struct document_version, version_rows);

struct document_answer {
	const char *name, *title;
	ANSWER_ITEMS(struct document_version) versions;
};
#define WORD(name, title) " " name
static const struct answer_row document_rows[] = {
	ANSWER(struct document_answer, name, .words = EACH_DOCUMENT(WORD)),
	ANSWER(struct document_answer, title),
	ANSWER_MANY(struct document_answer, versions, &version_answer),
};
#undef WORD
static const struct answer document_answer =
    ANSWER_TABLE("document_row", struct document_answer, document_rows);

LIST_ANSWER(documents, struct document_answer, &document_answer);

const struct answer document_file_answer = ANSWER_FILE("*/*"); /* as `slot` takes */

struct document_added_answer {
	int64_t number;
};
static const struct answer_row added_rows[] = {
	ANSWER(struct document_added_answer, number, .about = "of the new version"),
};
const struct answer document_added_answer =
    ANSWER_TABLE("document_added", struct document_added_answer, added_rows);

/* The document the path names; -1 for none. */
static int
named(const struct req *q)
{
	for (size_t i = 0; i < DOCUMENTS; i++)
		if (strcmp(documents[i].name, q->word[0]) == 0)
			return (int)i;
	return -1;
}

enum err
document_index(struct req *q)
{
	struct document_answer items[DOCUMENTS];

	for (size_t i = 0; i < DOCUMENTS; i++) {
		items[i].name = documents[i].name;
		items[i].title = documents[i].title;
		TRY(document_versions(q->db, q->arena, documents[i].name, VERSIONS_SHOWN,
		    &items[i].versions.items, &items[i].versions.count));
	}
	const struct documents_answer answer = { .items = { items, DOCUMENTS } };
	return reply(q, 200, &documents_answer, &answer);
}

enum err
document_show(struct req *q)
{
	struct document_version v;
	char place[FILE_PLACE_SIZE];
	int at = named(q);

	if (at < 0)
		return ERR_NOT_FOUND;
	enum err e = document_newest(q->db, q->arena, documents[at].name, &v);
	if (e == ERR_NOT_FOUND) {
		/* nginx has it beside the pages; the intranet site's has not */
		reply_header(q, "X-Accel-Redirect",
		    arena_printf(q->arena, "/documents/%s.pdf", documents[at].name));
		return reply_bytes(q, "application/pdf", "", 0);
	}
	TRY(e);
	const struct media *media = media_by_type(v.type);
	file_place(v.digest, place);
	reply_header(q, "X-Accel-Redirect", arena_printf(q->arena, "/_store/%s", place));
	reply_header(q, "Content-Disposition",
	    filename_disposition(q->arena, v.file, media && media->shown));
	return reply_bytes(q, v.type, "", 0);
}

/* The body, whole, under a name of its own among the partial files. */
static enum err
receive(struct req *q, const char *id, int *ret_fd)
{
	int64_t end;

	TRY(file_append(q->config->store, id, 0, &q->body, q->body_length, &end));
	if (end < q->body_length)
		return ERR_BAD_REQUEST;
	return file_open(q->config->store, id, ret_fd);
}

static enum err
judge(struct req *q, const char *file, int fd, struct document_version *v)
{
	struct verdict verdict;

	TRY(inspect(q->arena, &slot, file, fd, &verdict));
	bool mended = verdict.copy >= 0;
	verdict_end(&verdict);
	if (mended) /* our own people can make a better one */
		return refuse(q, ERR_INVALID, reason_text(REASON_BROKEN));
	if (verdict.reason)
		return refuse(q, ERR_INVALID, verdict.reason);
	v->type = verdict.media->type;
	return file_digest(fd, q->config->store_digest, q->arena, &v->digest);
}

static enum err
keep(struct req *q, const char *id, const struct document_version *v)
{
	struct document_added_answer answer;

	TRY(file_keep(q->config->store, id, v->digest));
	SQL_TX(tx, q->db);
	TRY(document_add(&tx, q->arena, v, &answer.number));
	return deed_done(q, &tx, DEED_DOCUMENT_UPLOAD,
	    arena_printf(q->arena, "document/%s", v->name),
	    arena_printf(q->arena, "number=%lld digest=%s", (long long)answer.number, v->digest),
	    201, answer_text(q, &document_added_answer, &answer));
}

enum err
document_upload(struct req *q)
{
	unsigned char bytes[CODE_BYTES];
	struct file_query in = { 0 };
	int at = named(q), fd;

	if (at < 0)
		return ERR_NOT_FOUND;
	TRY(query_bind(q, &file_query, &in));
	const char *file = in.file ? filename_clean(q->arena, in.file, strlen(in.file)) : NULL;
	if (!file || q->body_length == 0)
		return refuse_field(q, "file", "请选择要上传的文件");
	random_bytes(bytes, sizeof(bytes));
	const char *id = bytes_hex(q->arena, bytes, sizeof(bytes));
	struct document_version v = { .name = documents[at].name,
		.file = file,
		.size = q->body_length,
		.created_at = q->now };
	enum err e = receive(q, id, &fd);
	if (e == ERR_OK) {
		e = judge(q, file, fd, &v);
		close(fd);
	}
	if (e == ERR_OK)
		return keep(q, id, &v);
	file_drop(q->config->store, id);
	return e;
}
