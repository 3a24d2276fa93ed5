#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fcgi/config.h"
#include "fcgi/file.h"
#include "fcgi/table_read.h"
#include "fcgi/text.h"
#include "handlers/admin/import.h"
#include "handlers/rules/region.h"
#include "sql/region.h"

#define ROW_ARENA ((size_t)1 << 20)
#define KIND "@kind"

/* Titles as they may stand in the first row; a field of the form, or what only a file has. */
static const struct {
	const char *title, *field;
	bool needed;
} titles[] = {
	{ "定点医药机构编码", "code", true },
	{ "定点医药机构名称", "name", true },
	{ "医保区划", "region_code", true },
	{ "统一社会信用代码", "uscc", true },
	{ "协议开始日期", "agreement_start", true },
	{ "协议结束日期", "agreement_end", true },
	{ "机构类型", KIND, false },
	{ "状态", "active", false },
};
#define TITLES (sizeof(titles) / sizeof(titles[0]))

struct looking {
	struct req *q;
	struct sql_tx *tx;
	struct arena *arena; /* of one row */
	struct import found;
	int column[TITLES];      /* -1: the file has none */
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

static enum err
read_titles(struct looking *l, const char *const cells[], size_t count)
{
	for (size_t t = 0; t < TITLES; t++) {
		l->column[t] = -1;
		for (size_t i = 0; i < count; i++)
			if (strcmp(cells[i], titles[t].title) == 0)
				l->column[t] = (int)i;
		if (l->column[t] < 0 && titles[t].needed)
			return refuse(l->q, ERR_INVALID,
			    arena_printf(l->q->arena, "第一行缺少“%s”一列，请使用模板填写",
				titles[t].title));
	}
	l->began = true;
	return ERR_OK;
}

static const char *
cell_of(const struct looking *l, size_t t, const char *const cells[], size_t count)
{
	return l->column[t] >= 0 && (size_t)l->column[t] < count ? cells[l->column[t]] : "";
}

/* "2024/1/5", "20240105", 45292 -> "2024-01-05"; anything else as it stands, to be refused. */
static const char *
day_of(struct arena *arena, const char *cell)
{
	char serial[TABLE_DAY_SIZE];
	int y, m, d;
	char end;

	cell = table_day(cell, serial);
	if (sscanf(cell, "%4d%2d%2d%c", &y, &m, &d, &end) == 3 && strlen(cell) == 8)
		return arena_printf(arena, "%04d-%02d-%02d", y, m, d);
	if (sscanf(cell, "%4d/%2d/%2d%c", &y, &m, &d, &end) == 3 ||
	    sscanf(cell, "%4d-%2d-%2d%c", &y, &m, &d, &end) == 3)
		return arena_printf(arena, "%04d-%02d-%02d", y, m, d);
	return arena_strndup(arena, cell, strlen(cell));
}

static json_t *
row_json(struct looking *l, const char *const cells[], size_t count)
{
	json_t *row = json_object();

	for (size_t t = 0; t < TITLES; t++) {
		const char *cell = cell_of(l, t, cells, count), *field = titles[t].field;

		if (strcmp(field, KIND) == 0)
			continue;
		if (strcmp(field, "active") == 0)
			json_object_set_new(row, field, json_boolean(strcmp(cell, "终止") != 0));
		else if (strncmp(field, "agreement", 9) == 0)
			json_object_set_new(row, field, json_string(day_of(l->arena, cell)));
		else
			json_object_set_new(row, field, json_string(cell));
	}
	return row;
}

static const char *
label_of(const char *field)
{
	for (size_t t = 0; t < TITLES; t++)
		if (strcmp(titles[t].field, field) == 0)
			return titles[t].title;
	return field;
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

	if (!l->began)
		return read_titles(l, cells, count);
	if (++l->found.good > IMPORT_ROWS_MAX)
		return refuse(l->q, ERR_INVALID, "文件超过 30 万行，请分成几个文件导入");
	arena_reset(l->arena);
	for (size_t i = 0; i < count; i++)
		if (text_length(cells[i], true) < 0) {
			l->found.bad++;
			return fault(l, line, "编码", "有无法识别的字符，请另存为 CSV UTF-8");
		}
	json_t *json = row_json(l, cells, count);
	enum err e =
	    form_read(&institution_row_form, json, NULL, FORM_SUBMIT, l->arena, &errors, &row);
	json_decref(json);
	if (e == ERR_OK)
		return put(l, line, &row, cell_of(l, TITLES - 2, cells, count));
	if (e != ERR_INVALID)
		return e;
	l->found.bad++;
	return fault(l, line, label_of(errors.list[0].name), errors.list[0].text);
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
	l->found.reason = reason;
	l->found.state = reason ? IMPORT_FAILED : IMPORT_CHECKED;
	return import_settle(l->tx, &l->found);
}

enum err
import_check_run(struct req *q, struct sql_tx *tx, const struct job *job)
{
	struct looking l = { .q = q, .tx = tx };
	const char *reason = NULL;
	int fd;

	TRY(import_get(tx->db, q->arena, job->subject, &l.found));
	if (l.found.state != IMPORT_CHECKING)
		return ERR_OK;
	TRY(import_clear(tx, l.found.id));
	TRY(file_open(q->config->store, l.found.code, &fd));
	l.arena = arena_new(ROW_ARENA);
	enum err e = table_read(fd, look_at, &l, &reason);
	close(fd);
	if (e == ERR_INVALID && !reason)
		reason = q->detail ? q->detail : "文件无法读取";
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

/* In one transaction: the catalogue has all of the file or nothing. */
enum err
import_take_run(struct req *q, struct sql_tx *tx, const struct job *job)
{
	struct import i;
	int64_t last, bad;

	TRY(import_get(tx->db, q->arena, job->subject, &i));
	if (i.state != IMPORT_RUNNING)
		return ERR_OK;
	bad = i.bad;
	TRY(import_tally(tx->db, q->arena, i.id, &i, &last));
	/* the catalogue may have changed since the look */
	for (int64_t from = 0; from <= last; from += IMPORT_SPAN)
		TRY(import_compare(tx, i.id, from, q->now));
	TRY(import_tally(tx->db, q->arena, i.id, &i, &last));
	for (int64_t from = 0; from <= last; from += IMPORT_SPAN)
		TRY(import_take(tx, i.id, from));
	i.bad = bad;
	i.state = IMPORT_DONE;
	return import_settle(tx, &i);
}
