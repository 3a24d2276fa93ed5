#include "handlers/admin/publish.h"

#include <string.h>
#include <unistd.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "fcgi/http/config.h"
#include "fcgi/store/file.h"
#include "handlers/common/deed.h"
#include "handlers/rules/check/filename.h"
#include "handlers/rules/check/media.h"
#include "handlers/upload/check/inspect.h"
#include "sql/catalogue/announcement.h"
#include "sql/catalogue/document.h"

#define CODE_BYTES 16
#define VERSIONS_SHOWN 20

/* As in handlers/sheet/document.c, which makes those the program ships. */
static const struct {
	const char *name, *title;
} documents[] = {
	{ "application-letter", "申请函模板" },
	{ "test-report", "测试报告模板" },
	{ "recording-notes", "演示录屏注意事项" },
};
#define DOCUMENTS (sizeof(documents) / sizeof(documents[0]))

static const struct slot slot = { "document", (int64_t)DOCUMENT_MAX, "pdf doc docx",
	KIND_PDF | KIND_DOC | KIND_DOCX, "支持扩展名：.pdf .doc .docx，且不超过20M" };

enum err
announcement_index(struct req *q)
{
	const struct announcement *list;
	size_t count;

	TRY(announcement_current(q->db, q->arena, q->now, &list, &count));
	json_t *items = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(items,
		    json_pack("{sI ss ss sI}", "id", (json_int_t)list[i].id, "title", list[i].title,
			"body", list[i].body, "starts", (json_int_t)list[i].starts));
	return reply_json(q, 200, json_pack("{so}", "items", items));
}

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
	json_t *items = json_array();

	for (size_t i = 0; i < DOCUMENTS; i++) {
		const struct document_version *v;
		json_t *versions = json_array();
		size_t count = 0;
		enum err e = document_versions(q->db, q->arena, documents[i].name, VERSIONS_SHOWN,
		    &v, &count);

		for (size_t k = 0; e == ERR_OK && k < count; k++)
			json_array_append_new(versions,
			    json_pack("{sI ss sI sI}", "number", (json_int_t)v[k].number, "file",
				v[k].file, "size", (json_int_t)v[k].size, "created_at",
				(json_int_t)v[k].created_at));
		json_array_append_new(items,
		    json_pack("{ss ss so}", "name", documents[i].name, "title", documents[i].title,
			"versions", versions));
		if (e != ERR_OK) {
			json_decref(items);
			return e;
		}
	}
	return reply_json(q, 200, json_pack("{so}", "items", items));
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
	if (verdict.reason)
		return refuse(q, ERR_INVALID, verdict.reason);
	v->type = verdict.media->type;
	return file_digest(fd, q->config->store_digest, q->arena, &v->digest);
}

static enum err
keep(struct req *q, const char *id, const struct document_version *v)
{
	int64_t number;

	TRY(file_keep(q->config->store, id, v->digest));
	SQL_TX(tx, q->db);
	TRY(document_add(&tx, q->arena, v, &number));
	return deed_done(q, &tx, DEED_DOCUMENT_UPLOAD,
	    arena_printf(q->arena, "document/%s", v->name),
	    arena_printf(q->arena, "number=%lld digest=%s", (long long)number, v->digest), 201,
	    json_pack("{sI}", "number", (json_int_t)number));
}

enum err
document_upload(struct req *q)
{
	unsigned char bytes[CODE_BYTES];
	const char *given = query_get(q, "file");
	const char *file = given ? filename_clean(q->arena, given, strlen(given)) : NULL;
	int at = named(q), fd;

	if (at < 0)
		return ERR_NOT_FOUND;
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
