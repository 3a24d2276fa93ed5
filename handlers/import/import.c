#include "handlers/import/import.h"

#include <string.h>

#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "fcgi/http/config.h"
#include "fcgi/http/query.h"
#include "fcgi/store/file.h"
#include "fcgi/table/table.h"
#include "handlers/common/deed.h"
#include "handlers/common/list.h"
#include "handlers/import/rows.h"
#include "handlers/rules/check/filename.h"
#include "handlers/rules/form/admin_form.h"
#include "sql/catalogue/import_missing.h"

#define CODE_BYTES 16
#define SHOWN 20
#define PAGE 100

/* ---- what is said of one ------------------------------------------------------ */

#define EACH_STATE(STATE)                                                                          \
	STATE(IMPORT_CHECKING, "checking")                                                         \
	STATE(IMPORT_CHECKED, "checked")                                                           \
	STATE(IMPORT_RUNNING, "running")                                                           \
	STATE(IMPORT_DONE, "done")                                                                 \
	STATE(IMPORT_FAILED, "failed")

struct import_answer {
	struct import import;
	const char *state;
	bool many;
	ANSWER_ITEMS(struct import_fault) items;
	const char *next;
};
#define WORD(state, word) " " word
/* clang-format off */
#define IMPORT(member, ...) ANSWER_AS(struct import_answer, import.member, #member, __VA_ARGS__)
#define IMPORT_ROWS                                                                                \
	IMPORT(id),                                                                                \
	IMPORT(file, .about = "its name"),                                                         \
	ANSWER(struct import_answer, state, .words = EACH_STATE(WORD)),                            \
	IMPORT(reason, .null = true, .about = "why it failed"),                                    \
	IMPORT(note, .null = true, .about = "titles of columns that were not read"),               \
	IMPORT(good, .about = "rows"),                                                             \
	IMPORT(bad, .about = "rows"),                                                              \
	IMPORT(added, .about = "of the good rows, against the catalogue"),                         \
	IMPORT(changed), IMPORT(same), IMPORT(ended),                                              \
	IMPORT(covered, .about = "in force in the regions of the file"),                           \
	IMPORT(missing, .about = "of those, not in the file"),                                     \
	ANSWER(struct import_answer, many, .about = "so many missing that one asks again"),        \
	IMPORT(ends_missing, .about = "whether these end when it is taken over"),                  \
	IMPORT(created_at, .about = "Unix seconds")
/* clang-format on */
static const struct answer_row one_rows[] = { IMPORT_ROWS };
static const struct answer one_answer = ANSWER_TABLE("import_row", struct import_answer, one_rows);

LIST_ANSWER(imports, struct import_answer, &one_answer);

static const struct answer_row fault_rows[] = {
	ANSWER(struct import_fault, line),
	ANSWER(struct import_fault, what, .about = "title of the column"),
	ANSWER(struct import_fault, why),
};
static const struct answer fault_answer =
    ANSWER_TABLE("import_fault", struct import_fault, fault_rows);

static const struct answer_row import_rows[] = {
	IMPORT_ROWS,
	ANSWER_MANY(struct import_answer, items, &fault_answer, .about = "a page of the bad rows"),
	ANSWER_NEXT(struct import_answer),
};
const struct answer import_answer = ANSWER_TABLE("import", struct import_answer, import_rows);
#undef WORD

static const struct answer_row missed_rows[] = {
	ANSWER(struct import_missed, id, .about = "of the institution's row"),
	ANSWER(struct import_missed, code),
	ANSWER(struct import_missed, name),
	ANSWER(struct import_missed, region_code),
	ANSWER(struct import_missed, uscc),
	ANSWER(struct import_missed, running,
	    .about = "its applications that are neither drafts nor at an end"),
};
static const struct answer missed_answer =
    ANSWER_TABLE("import_missed", struct import_missed, missed_rows);

PAGE_ANSWER(import_missing, struct import_missed, &missed_answer);

const struct answer import_template_answer = ANSWER_FILE(TABLE_XLSX_MEDIA);

static struct import_answer
answer_of(const struct import *i)
{
#define STATE(state, word) [state] = word,
	static const char *const states[] = { EACH_STATE(STATE) };
#undef STATE

	return (struct import_answer){
		.import = *i,
		.state = i->state <= IMPORT_FAILED ? states[i->state] : NULL,
		.many = import_many(i->missing, i->covered),
	};
}

/* ---- what is asked -------------------------------------------------------------- */

static const char *
object(struct req *q, int64_t id)
{
	return arena_printf(q->arena, "import/%lld", (long long)id);
}

enum err
import_upload(struct req *q)
{
	unsigned char bytes[CODE_BYTES];
	struct file_query in = { 0 };
	struct row_added_answer answer;
	int64_t end;

	TRY(query_bind(q, &file_query, &in));
	const char *file = in.file ? filename_clean(q->arena, in.file, strlen(in.file)) : NULL;
	if (!file || q->body_length == 0)
		return refuse_field(q, "file", "请选择要导入的文件");
	random_bytes(bytes, sizeof(bytes));
	const char *code = bytes_hex(q->arena, bytes, sizeof(bytes));
	TRY(file_append(q->config->store, code, 0, &q->body, q->body_length, &end));
	if (end < q->body_length) {
		file_drop(q->config->store, code);
		return ERR_BAD_REQUEST;
	}
	/* a file whose row is not there after all is swept (handlers/jobs/janitor.c) */
	SQL_TX(tx, q->db);
	TRY(import_add(&tx, code, file, q->now, &answer.id));
	TRY(job_add(&tx, JOB_IMPORT_CHECK, answer.id, q->now, q->now));
	return deed_done(q, &tx, DEED_IMPORT_UPLOAD, object(q, answer.id),
	    arena_printf(q->arena, "bytes=%lld", (long long)q->body_length), 202,
	    answer_text(q, &row_added_answer, &answer));
}

enum err
import_index(struct req *q)
{
	const struct import *list;
	size_t count;

	TRY(import_list(q->db, q->arena, SHOWN, &list, &count));
	struct import_answer *items = ARENA_ARRAY(q->arena, struct import_answer, count);
	for (size_t i = 0; i < count; i++)
		items[i] = answer_of(&list[i]);
	const struct imports_answer answer = { .items = { items, count } };
	return reply(q, 200, &imports_answer, &answer);
}

enum err
import_show(struct req *q)
{
	const struct import_fault *faults;
	struct page_query in = { 0 };
	struct import i;
	size_t count;

	TRY(query_bind(q, &page_query, &in));
	TRY(import_get(q->db, q->arena, q->id, &i));
	TRY(import_faults(q->db, q->arena, q->id, in.cursor, PAGE + 1, &faults, &count));
	struct import_answer answer = answer_of(&i);
	answer.items.items = faults;
	answer.items.count = page_rows(count, PAGE);
	answer.next = page_next(q->arena, count > PAGE ? faults[PAGE - 1].number : 0);
	return reply(q, 200, &import_answer, &answer);
}

enum err
import_missing_index(struct req *q)
{
	const struct import_missed *list;
	struct page_query in = { 0 };
	struct import i;
	size_t count;

	TRY(query_bind(q, &page_query, &in));
	TRY(import_get(q->db, q->arena, q->id, &i));
	TRY(import_missing_list(q->db, q->arena, i.id, in.cursor, PAGE + 1, &list, &count));
	const struct import_missing_answer answer = {
		.items = { list, page_rows(count, PAGE) },
		.next = page_next(q->arena, count > PAGE ? list[PAGE - 1].id : 0),
	};
	return reply(q, 200, &import_missing_answer, &answer);
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
	const struct row_added_answer answer = { i.id };
	SQL_TX(tx, q->db);
	TRY(import_move(&tx, i.id, IMPORT_CHECKED, IMPORT_RUNNING));
	if (in.end_missing)
		TRY(import_ends_missing(&tx, i.id));
	TRY(job_add(&tx, JOB_IMPORT_RUN, i.id, q->now, q->now));
	return deed_done(q, &tx, DEED_IMPORT_RUN, object(q, i.id),
	    arena_printf(q->arena, "good=%lld bad=%lld missing=%lld end_missing=%d",
		(long long)i.good, (long long)i.bad, (long long)i.missing, in.end_missing),
	    202, answer_text(q, &row_added_answer, &answer));
}
