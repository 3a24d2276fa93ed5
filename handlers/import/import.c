#include "handlers/import/import.h"

#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "fcgi/http/config.h"
#include "fcgi/store/file.h"
#include "fcgi/table/table.h"
#include "handlers/common/deed.h"
#include "handlers/import/rows.h"
#include "handlers/rules/check/filename.h"
#include "handlers/rules/form/admin_form.h"
#include "sql/catalogue/import_missing.h"

#define CODE_BYTES 16
#define SHOWN 20
#define PAGE 100

static const char *
object(struct req *q, int64_t id)
{
	return arena_printf(q->arena, "import/%lld", (long long)id);
}

enum err
import_upload(struct req *q)
{
	unsigned char bytes[CODE_BYTES];
	const char *given = query_get(q, "file");
	const char *file = given ? filename_clean(q->arena, given, strlen(given)) : NULL;
	int64_t end, id;

	if (!file || q->body_length == 0)
		return refuse_field(q, "file", "请选择要导入的文件");
	random_bytes(bytes, sizeof(bytes));
	const char *code = bytes_hex(q->arena, bytes, sizeof(bytes));
	TRY(file_append(q->config->store, code, 0, &q->body, q->body_length, &end));
	if (end < q->body_length) {
		file_drop(q->config->store, code);
		return ERR_BAD_REQUEST;
	}
	/* a file whose row is not there after all is swept (handlers/jobs/janitor_files.c) */
	SQL_TX(tx, q->db);
	TRY(import_add(&tx, code, file, q->now, &id));
	TRY(job_add(&tx, JOB_IMPORT_CHECK, id, q->now, q->now));
	return deed_done(q, &tx, DEED_IMPORT_UPLOAD, object(q, id),
	    arena_printf(q->arena, "bytes=%lld", (long long)q->body_length), 202,
	    json_pack("{sI}", "id", (json_int_t)id));
}

static json_t *
import_json(const struct import *i)
{
	static const char *const states[] = { "", "checking", "checked", "running", "done",
		"failed" };

	return json_pack("{sI ss ss ss? ss? sI sI sI sI sI sI sI sI sb sb sI}", "id",
	    (json_int_t)i->id, "file", i->file, "state",
	    states[i->state <= IMPORT_FAILED ? i->state : 0], "reason", i->reason, "note", i->note,
	    "good", (json_int_t)i->good, "bad", (json_int_t)i->bad, "added", (json_int_t)i->added,
	    "changed", (json_int_t)i->changed, "same", (json_int_t)i->same, "ended",
	    (json_int_t)i->ended, "covered", (json_int_t)i->covered, "missing",
	    (json_int_t)i->missing, "many", import_many(i->missing, i->covered), "ends_missing",
	    i->ends_missing, "created_at", (json_int_t)i->created_at);
}

enum err
import_index(struct req *q)
{
	const struct import *list;
	size_t count;

	TRY(import_list(q->db, q->arena, SHOWN, &list, &count));
	json_t *items = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(items, import_json(&list[i]));
	return reply_json(q, 200, json_pack("{so}", "items", items));
}

enum err
import_show(struct req *q)
{
	const struct import_fault *faults;
	struct import i;
	size_t count;

	TRY(import_get(q->db, q->arena, q->id, &i));
	TRY(import_faults(q->db, q->arena, q->id, query_int(q, "cursor", 0, INT64_MAX, 0), PAGE + 1,
	    &faults, &count));
	json_t *items = json_array(), *body = import_json(&i);
	for (size_t n = 0; n < count && n < PAGE; n++)
		json_array_append_new(items,
		    json_pack("{sI ss ss}", "line", (json_int_t)faults[n].line, "what",
			faults[n].what, "why", faults[n].why));
	json_object_set_new(body, "items", items);
	json_object_set_new(body, "next",
	    count > PAGE ? json_sprintf("%lld", (long long)faults[PAGE - 1].number) : json_null());
	return reply_json(q, 200, body);
}

enum err
import_missing_index(struct req *q)
{
	const struct import_missed *list;
	struct import i;
	size_t count;

	TRY(import_get(q->db, q->arena, q->id, &i));
	TRY(import_missing_list(q->db, q->arena, i.id, query_int(q, "cursor", 0, INT64_MAX, 0),
	    PAGE + 1, &list, &count));
	json_t *items = json_array();
	for (size_t n = 0; n < count && n < PAGE; n++)
		json_array_append_new(items,
		    json_pack("{sI ss ss ss ss sI}", "id", (json_int_t)list[n].id, "code",
			list[n].code, "name", list[n].name, "region_code", list[n].region_code,
			"uscc", list[n].uscc, "running", (json_int_t)list[n].running));
	return reply_json(q, 200,
	    json_pack("{so so}", "items", items, "next",
		count > PAGE ? json_sprintf("%lld", (long long)list[PAGE - 1].id) : json_null()));
}

enum err
import_template(struct req *q)
{
	struct table_column *columns = arena_alloc(q->arena, IMPORT_TITLES * sizeof(*columns));
	struct table *table;
	const char *bytes = NULL;
	size_t size = 0;

	for (size_t i = 0; i < IMPORT_TITLES; i++)
		columns[i] =
		    (struct table_column){ import_titles[i].title, import_titles[i].width };
	TRY(table_new(TABLE_XLSX, "机构目录", columns, IMPORT_TITLES, &table));
	enum err e = table_bytes(table, q->arena, &bytes, &size);
	table_free(table);
	TRY(e);
	reply_header(q, "Content-Disposition",
	    filename_disposition(q->arena, "机构目录模板.xlsx", false));
	return reply_bytes(q, table_media_type(TABLE_XLSX), bytes, size);
}

/* What ends is what was shown, and so much of it only with another word. */
static enum err
check_missing(struct req *q, const struct import *i, const struct import_run_form *in)
{
	const struct form *form = &import_run_form;

	if (!in->end_missing)
		return ERR_OK;
	if (i->bad > 0)
		return form_refuse(form, &q->errors, "end_missing",
		    "文件中还有有问题的行，请更正后重新核对，再选择终止");
	if (in->missing != i->missing)
		return form_refuse(form, &q->errors, "missing", NULL);
	return import_many(i->missing, i->covered) && !in->sure
		   ? form_refuse(form, &q->errors, "sure", NULL)
		   : ERR_OK;
}

enum err
import_run_ask(struct req *q)
{
	struct import_run_form in = { 0 };
	struct import i;

	TRY(import_get(q->db, q->arena, q->id, &i));
	if (i.state != IMPORT_CHECKED)
		return ERR_CONFLICT;
	TRY(form_bind(&import_run_form, q, NULL, FORM_SUBMIT, &in));
	TRY(check_missing(q, &i, &in));
	SQL_TX(tx, q->db);
	TRY(import_move(&tx, i.id, IMPORT_CHECKED, IMPORT_RUNNING));
	if (in.end_missing)
		TRY(import_ends_missing(&tx, i.id));
	TRY(job_add(&tx, JOB_IMPORT_RUN, i.id, q->now, q->now));
	return deed_done(q, &tx, DEED_IMPORT_RUN, object(q, i.id),
	    arena_printf(q->arena, "good=%lld bad=%lld missing=%lld end_missing=%d",
		(long long)i.good, (long long)i.bad, (long long)i.missing, in.end_missing),
	    202, json_pack("{sI}", "id", (json_int_t)i.id));
}
