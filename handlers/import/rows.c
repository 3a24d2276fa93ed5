#include "handlers/import/rows.h"

#include <string.h>

#include "fcgi/base/text.h"
#include "fcgi/table/read.h"

#define ENDED "终止"
#define NOTE_MAX 300 /* bytes */
#define TITLE_MAX 60 /* bytes of one title nobody knows */

const struct import_title import_titles[IMPORT_TITLES] = {
	[IMPORT_CODE] = { "定点医药机构编码", "code", true, 20 },
	[IMPORT_NAME] = { "定点医药机构名称", "name", true, 36 },
	[IMPORT_REGION] = { "医保区划", "region_code", true, 12 },
	[IMPORT_USCC] = { "统一社会信用代码", "uscc", true, 24 },
	[IMPORT_START] = { "协议开始日期", "agreement_start", true, 16 },
	[IMPORT_END] = { "协议结束日期", "agreement_end", true, 16 },
	[IMPORT_KIND] = { "机构类型", NULL, false, 16 },
	[IMPORT_LEGAL] = { "法定代表人姓名", "legal_name", false, 16 },
	[IMPORT_STATE] = { "状态", "active", false, 10 },
};

static int
title_of(const char *cell)
{
	for (int t = 0; t < IMPORT_TITLES; t++)
		if (strcmp(cell, import_titles[t].title) == 0)
			return t;
	return -1;
}

/* "备注、联系人": as many as there is room for, of each as much as a title has. */
static void
add_unknown(struct arena *arena, const char *cell, const char **note)
{
	const char *title = cell;

	if (!*cell || text_length(cell, false) < 0)
		return;
	if (strlen(cell) > TITLE_MAX)
		title = arena_printf(arena, "%s…", text_cut(arena, cell, TITLE_MAX));
	if (!*note)
		*note = arena_strndup(arena, title, strlen(title));
	else if (strlen(*note) + strlen(title) < NOTE_MAX)
		*note = arena_printf(arena, "%s、%s", *note, title);
}

enum err
import_read_titles(struct req *q, const char *const cells[], size_t count,
    struct import_columns *ret, const char **ret_note)
{
	*ret_note = NULL;
	for (int t = 0; t < IMPORT_TITLES; t++)
		ret->at[t] = -1;
	for (size_t i = 0; i < count; i++) {
		int t = title_of(cells[i]);

		if (t < 0)
			add_unknown(q->arena, cells[i], ret_note);
		else if (ret->at[t] >= 0)
			return refuse(q, ERR_INVALID,
			    arena_printf(q->arena, "“%s”一列出现了两次，请删去多余的一列",
				cells[i]));
		else
			ret->at[t] = (int)i;
	}
	for (int t = 0; t < IMPORT_TITLES; t++)
		if (ret->at[t] < 0 && import_titles[t].needed)
			return refuse(q, ERR_INVALID,
			    arena_printf(q->arena, "第一行缺少“%s”一列，请下载模板填写",
				import_titles[t].title));
	return ERR_OK;
}

const char *
import_cell(const struct import_columns *columns, int title, const char *const cells[],
    size_t count)
{
	int at = columns->at[title];

	return at >= 0 && (size_t)at < count ? cells[at] : "";
}

/* Codes and names are one line; a number that was shortened has lost its digits. */
static const char *
fault_of(int title, const char *cell)
{
	if (text_length(cell, true) < 0)
		return "有无法识别的字符，请另存为 CSV UTF-8，或删去重新填写";
	if (strchr(cell, '\n'))
		return "单元格内有换行，请删去";
	if (*cell == '#')
		return "公式没有得到结果，请改为填写数值";
	if (table_is_shortened(cell))
		return "数字过长，被改成了科学计数法，请将这一列设为文本格式后重新填写";
	if (title == IMPORT_STATE && *cell && strcmp(cell, ENDED) != 0 && strcmp(cell, "正常") != 0)
		return "请填写“正常”或“终止”，不填为正常";
	return NULL;
}

const char *
import_cell_fault(const struct import_columns *columns, const char *const cells[], size_t count,
    const char **ret_what)
{
	for (int t = 0; t < IMPORT_TITLES; t++) {
		const char *why = fault_of(t, import_cell(columns, t, cells, count));

		*ret_what = import_titles[t].title;
		if (why)
			return why;
	}
	return NULL;
}

json_t *
import_row_json(const struct import_columns *columns, const char *const cells[], size_t count)
{
	json_t *row = json_object();

	for (int t = 0; t < IMPORT_TITLES; t++) {
		const char *cell = import_cell(columns, t, cells, count),
			   *field = import_titles[t].field;
		char day[TABLE_DAY_SIZE];

		if (t == IMPORT_STATE)
			json_object_set_new(row, field, json_boolean(strcmp(cell, ENDED) != 0));
		else if (t == IMPORT_START || t == IMPORT_END)
			json_object_set_new(row, field, json_string(table_day(cell, day)));
		else if (field)
			json_object_set_new(row, field, json_string(cell));
	}
	return row;
}

const char *
import_title_of(const char *field)
{
	for (int t = 0; t < IMPORT_TITLES; t++)
		if (import_titles[t].field && strcmp(import_titles[t].field, field) == 0)
			return import_titles[t].title;
	return field;
}
