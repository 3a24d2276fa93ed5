#include "handlers/application/export.h"

#include <string.h>
#include <unistd.h>

#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "fcgi/http/query.h"
#include "handlers/application/filter.h"
#include "handlers/application/list_table.h"
#include "handlers/common/deed.h"
#include "handlers/common/who.h"
#include "handlers/rules/check/filename.h"
#include "sql/application/export.h"
#include "sql/record/job.h"

#define CODE_BYTES 16

/* .csv when that is asked for */
#define MEDIA "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

struct export_answer {
	int64_t total, at_once;
};
static const struct answer_row rows[] = {
	ANSWER(struct export_answer, total, .about = "rows of the file that is being made"),
	ANSWER(struct export_answer, at_once, .about = "rows that are sent at once"),
};
const struct answer export_answer = {
	.name = "export",
	.rows = rows,
	.count = COUNT(rows),
	.size = sizeof(struct export_answer),
	.media = MEDIA,
};
const struct answer export_file_answer = ANSWER_FILE(MEDIA);

static const struct choice formats[] = {
	{ "xlsx", "Excel 工作簿", NULL },
	{ "csv", "CSV", NULL },
	{ NULL, NULL, NULL },
};
struct application_export_query {
	const char *state, *business_type, *format;
};
static const struct field query_fields[] = {
	APPLICATION_FILTER_FIELDS(struct application_export_query),
	FIELD(struct application_export_query, format, .label = "xlsx without", .max = 10,
	    .choices = formats, .hint = "请选择 xlsx 或 csv 格式"),
};
const struct form application_export_query = FORM("application_export_query", query_fields);

static enum err
read_all(int fd, char *to, size_t size)
{
	size_t at = 0;

	while (at < size) {
		ssize_t n = pread(fd, to + at, size - at, (off_t)at);

		if (n <= 0)
			return ERR_UNAVAILABLE;
		at += (size_t)n;
	}
	return ERR_OK;
}

static enum err
as_bytes(struct req *q, enum table_format format, const struct application_filter *filter,
    const char **ret_bytes, size_t *ret_size)
{
	struct table *table;
	size_t size;
	int fd;

	TRY(list_table(q->db, format, filter, &table, &fd, &size));
	char *bytes = arena_alloc(q->arena, size);
	enum err e = read_all(fd, bytes, size);
	table_free(table);
	TRY(e);
	*ret_bytes = bytes;
	*ret_size = size;
	return ERR_OK;
}

static const char *
detail_of(struct req *q, enum table_format format, int64_t total)
{
	return arena_printf(q->arena, "format=%s rows=%lld", format == TABLE_CSV ? "csv" : "xlsx",
	    (long long)total);
}

static enum err
send_file(struct req *q, enum table_format format, const char *bytes, size_t size)
{
	const char *name = list_table_name(q->arena, format, q->now);

	reply_header(q, "Content-Disposition", filename_disposition(q->arena, name, false));
	return reply_bytes(q, table_media_type(format), bytes, size);
}

static enum err
at_once(struct req *q, enum table_format format, const struct application_filter *filter,
    int64_t total)
{
	const char *bytes;
	size_t size;

	TRY(as_bytes(q, format, filter, &bytes, &size));
	SQL_TX(tx, q->db);
	TRY(deed_note(q, &tx, DEED_APPLICATION_EXPORT, "application", detail_of(q, format, total)));
	TRY(sql_commit(&tx));
	return send_file(q, format, bytes, size);
}

static struct export wanted(struct req *q, enum table_format format,
    const struct application_filter *filter)
{
	unsigned char code[CODE_BYTES];

	random_bytes(code, sizeof(code));
	return (struct export){
		.code = bytes_hex(q->arena, code, sizeof(code)),
		.role = (unsigned)who_role(q),
		.user_id = who_user(q),
		.unit_id = filter->unit_id,
		.institution_id = filter->institution_id,
		.status = filter->status,
		.business_type = filter->business_type,
		.format = (unsigned)format,
		.created_at = q->now,
		.expires_at = q->now + EXPORT_LIFE,
	};
}

static enum err
by_job(struct req *q, enum table_format format, const struct application_filter *filter,
    int64_t total)
{
	const struct export_answer told = { total, EXPORT_AT_ONCE };
	struct export e = wanted(q, format, filter);
	int64_t id;

	SQL_TX(tx, q->db);
	enum err added = export_insert(&tx, &e, &id);
	if (added == ERR_EXISTS)
		return reply(q, 202, &export_answer, &told);
	TRY(added);
	TRY(job_add(&tx, JOB_EXPORT, id, q->now, q->now));
	return deed_done(q, &tx, DEED_APPLICATION_EXPORT,
	    arena_printf(q->arena, "export/%s", e.code), detail_of(q, format, total), 202,
	    answer_text(q, &export_answer, &told));
}

enum err
application_export(struct req *q)
{
	struct application_export_query in = { .format = "xlsx" };
	int64_t total;

	TRY(query_bind(q, &application_export_query, &in));
	const struct application_filter filter = application_filter(q, in.state, in.business_type);
	enum table_format format = strcmp(in.format, "csv") == 0 ? TABLE_CSV : TABLE_XLSX;
	TRY(application_count(q->db, q->arena, &filter, &total));
	if (total > LIST_TABLE_MAX)
		return refuse(q, ERR_INVALID, "符合条件的申请单过多，请先缩小筛选范围再导出");
	return total > EXPORT_AT_ONCE ? by_job(q, format, &filter, total)
				      : at_once(q, format, &filter, total);
}

enum err
export_download(struct req *q)
{
	struct export e;

	TRY(export_by_code(q->db, q->arena, q->key, &e));
	bool mine =
	    e.role == (unsigned)who_role(q) && e.user_id == who_user(q) && e.unit_id == who_unit(q);
	if (!mine || e.size == 0)
		return ERR_NOT_FOUND;
	if (e.expires_at <= q->now)
		return refuse(q, ERR_NOT_FOUND, "该文件已过期，请在列表页重新导出");
	SQL_TX(tx, q->db);
	TRY(deed_note(q, &tx, DEED_EXPORT_DOWNLOAD, arena_printf(q->arena, "export/%s", e.code),
	    ""));
	TRY(sql_commit(&tx));
	reply_header(q, "X-Accel-Redirect", arena_printf(q->arena, "/_store/partial/%s", e.code));
	return send_file(q, (enum table_format)e.format, "", 0);
}
