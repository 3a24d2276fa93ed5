#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/http/config.h"
#include "fcgi/store/file.h"
#include "fcgi/table/read.h"
#include "handlers/import/import.h"
#include "handlers/import/rows.h"
#include "handlers/rules/procedure/region.h"
#include "sql/catalogue/import_missing.h"
#include "sql/catalogue/region.h"

#define ROW_ARENA ((size_t)1 << 20)
struct looking {
	struct req *q;
	struct sql_tx *tx;
	struct arena *arena; /* of one row */
	struct import found;
	struct import_columns columns;
	bool began;              /* the titles are read */
	char known[REGION_SIZE]; /* the last region that exists: neighbours share it */
};

static enum err
fault(struct looking *l, int64_t line, const char *what, const char *why)
{
	const struct import_fault f = { .number = l->found.bad,
		.line = line,
		.what = what,
		.why = why };

	return f.number <= IMPORT_FAULTS ? import_fault_add(l->tx, l->found.id, &f) : ERR_OK;
}

/* What the form cannot say. NULL: nothing is wrong. */
static enum err
check(struct looking *l, const struct institution_row *r, const char *kind, const char **ret_what,
    const char **ret_why)
{
	struct region region;
	const char *meant = *r->code == 'H' ? "定点医疗机构" : "定点零售药店";

	*ret_what = NULL;
	if (*kind && strcmp(kind, meant) != 0) {
		*ret_what = "机构类型";
		*ret_why = "与机构编码的首字母不符（H 为定点医疗机构，P 为定点零售药店）";
	} else if (strcmp(r->agreement_end, r->agreement_start) < 0) {
		*ret_what = "协议结束日期";
		*ret_why = "早于开始日期";
	} else if (strcmp(r->region_code, l->known) != 0) {
		enum err e = region_get(l->tx->db, l->arena, r->region_code, &region);

		if (e == ERR_NOT_FOUND) {
			*ret_what = "医保区划";
			*ret_why = "没有这个医保区划";
			return ERR_OK;
		}
		TRY(e);
		snprintf(l->known, sizeof(l->known), "%s", r->region_code);
	}
	return ERR_OK;
}

static enum err
put(struct looking *l, int64_t line, const struct institution_row *row, const char *kind)
{
	const char *what, *why = "";

	TRY(check(l, row, kind, &what, &why));
	if (!what) {
		enum err e = import_row_add(l->tx, l->found.id, line, row);

		if (e != ERR_EXISTS)
			return e;
		what = "定点医药机构编码";
		why = "同一机构和区划在前面的行中已出现";
	}
	l->found.bad++;
	return fault(l, line, what, why);
}

static enum err
look_at(void *context, int64_t line, const char *const cells[], size_t count)
{
	struct looking *l = context;
	struct institution_row row = { 0 };
	struct field_errors errors = { .count = 0 };

	if (!l->began) {
		l->began = true;
		return import_read_titles(l->q, cells, count, &l->columns, &l->found.note);
	}
	if (++l->found.good > IMPORT_ROWS_MAX)
		return refuse(l->q, ERR_INVALID, "文件超过 30 万行，请分成几个文件导入");
	arena_reset(l->arena);
	const char *what, *why = import_cell_fault(&l->columns, cells, count, &what);
	if (why) {
		l->found.bad++;
		return fault(l, line, what, why);
	}
	json_t *json = import_row_json(&l->columns, cells, count);
	enum err e =
	    form_read(&institution_row_form, json, NULL, FORM_SUBMIT, l->arena, &errors, &row);
	json_decref(json);
	if (e == ERR_OK)
		return put(l, line, &row, import_cell(&l->columns, IMPORT_KIND, cells, count));
	if (e != ERR_INVALID)
		return e;
	l->found.bad++;
	return fault(l, line, import_title_of(errors.list[0].name), errors.list[0].text);
}

/* The end of a look: what was wrong with the whole file, or what its rows would do. */
static enum err
settle(struct looking *l, const char *reason)
{
	int64_t last, bad = l->found.bad;

	TRY(import_tally(l->tx->db, l->q->arena, l->found.id, &l->found, &last));
	for (int64_t from = 0; !reason && from <= last; from += IMPORT_SPAN)
		TRY(import_compare(l->tx, l->found.id, from, l->q->now));
	TRY(import_tally(l->tx->db, l->q->arena, l->found.id, &l->found, &last));
	if (!reason && l->found.good + bad == 0)
		reason = "文件中没有数据";
	l->found.bad = bad;
	if (!reason && bad == 0) /* a bad row may be one that would seem missing */
		TRY(import_missing_find(l->tx, l->found.id, l->q->now, &l->found.missing,
		    &l->found.covered));
	l->found.reason = reason;
	l->found.state = reason ? IMPORT_FAILED : IMPORT_CHECKED;
	return import_settle(l->tx, &l->found);
}

enum err
import_check_run(struct req *q, struct sql_tx *tx, const struct job *job)
{
	struct looking l = { .q = q, .tx = tx };
	char broken[TABLE_FAULT_SIZE];
	const char *reason = NULL;
	int fd;

	TRY(import_get(tx->db, q->arena, job->subject, &l.found));
	if (l.found.state != IMPORT_CHECKING)
		return ERR_OK;
	TRY(import_clear(tx, l.found.id));
	TRY(file_open(q->config->store, l.found.code, &fd));
	l.arena = arena_new(ROW_ARENA);
	enum err e = table_read(fd, look_at, &l, broken);
	close(fd);
	if (e == ERR_INVALID)
		reason = *broken ? broken : q->detail ? q->detail : "文件无法读取";
	if (e == ERR_OK || e == ERR_INVALID)
		e = settle(&l, reason);
	arena_free(l.arena);
	return e;
}

enum err
import_give_up(struct req *q, struct sql_tx *tx, const struct job *job, const char *note)
{
	struct import i;

	TRY(import_get(tx->db, q->arena, job->subject, &i));
	i.state = IMPORT_FAILED;
	i.reason = note;
	return import_settle(tx, &i);
}

/* What would end by now is what somebody said yes to. */
static enum err
still_as_shown(struct req *q, struct sql_tx *tx, const struct import *i, bool *ret)
{
	*ret = true;
	return i->ends_missing ? import_missing_same(tx, i->id, q->now, ret) : ERR_OK;
}

/* The catalogue may have changed since the look. */
static enum err
take(struct req *q, struct sql_tx *tx, struct import *i)
{
	int64_t last, bad = i->bad;

	TRY(import_tally(tx->db, q->arena, i->id, i, &last));
	for (int64_t from = 0; from <= last; from += IMPORT_SPAN)
		TRY(import_compare(tx, i->id, from, q->now));
	TRY(import_tally(tx->db, q->arena, i->id, i, &last));
	for (int64_t from = 0; from <= last; from += IMPORT_SPAN)
		TRY(import_take(tx, i->id, from));
	i->bad = bad;
	return i->ends_missing ? import_missing_end(tx, i->id) : ERR_OK;
}

/* In one transaction: the catalogue has all of the file or nothing. */
enum err
import_take_run(struct req *q, struct sql_tx *tx, const struct job *job)
{
	struct import i;
	bool same;

	TRY(import_get(tx->db, q->arena, job->subject, &i));
	if (i.state != IMPORT_RUNNING)
		return ERR_OK;
	TRY(still_as_shown(q, tx, &i, &same));
	if (same)
		TRY(take(q, tx, &i));
	i.state = same ? IMPORT_DONE : IMPORT_FAILED;
	i.reason =
	    same ? NULL : "核对之后目录有变动，将终止的机构与核对时不同，没有导入，请重新核对";
	return import_settle(tx, &i);
}
