#include <string.h>

#include "handlers/admin/catalogue.h"
#include "handlers/rules/procedure/region.h"
#include "handlers/rules/table/dictionary.h"
#include "sql/catalogue/region.h"

/* Codes are what other rows name this one by. */
static enum err
kept(struct req *q, const struct form *form, const char *field, const char *now, const char *old)
{
	if (!old || strcmp(now, old) == 0)
		return ERR_OK;
	return form_refuse(form, &q->errors, field, "保存后不能修改，请停用这一行后另加一行");
}

static const char *
copy(struct req *q, const char *text)
{
	return arena_strndup(q->arena, text, strlen(text));
}

static enum err
known_region(struct req *q, const struct form *form, const char *field, const char *code)
{
	struct region region;
	enum err e = region_get(q->db, q->arena, code, &region);

	return e == ERR_NOT_FOUND
		   ? form_refuse(form, &q->errors, field, "没有这个医保区划，请先添加区划")
		   : e;
}

enum err
bureau_row_check(struct req *q, const struct form *form, void *row, const void *old)
{
	struct bureau_row *r = row;
	const struct bureau_row *before = old;
	char prefix[REGION_SIZE];

	TRY(kept(q, form, "region_code", r->region_code, before ? before->region_code : NULL));
	TRY(known_region(q, form, "region_code", r->region_code));
	region_prefix(r->region_code, prefix);
	r->prefix = copy(q, prefix);
	/* a county that the province runs directly has a bureau of its own, as a prefecture has */
	r->level = region_level(r->region_code);
	if (r->level > REGION_PREFECTURE)
		r->level = REGION_PREFECTURE;
	return ERR_OK;
}

enum err
region_row_check(struct req *q, const struct form *form, void *row, const void *old)
{
	struct region_row *r = row;
	const struct region_row *before = old;
	char parent[REGION_SIZE];

	TRY(kept(q, form, "code", r->code, before ? before->code : NULL));
	if (before) {
		r->level = before->level;
		r->kind = before->kind;
		r->parent = before->parent;
		return ERR_OK;
	}
	r->level = region_level(r->code);
	r->kind = region_is_direct(r->code) ? REGION_DIRECT : REGION_AREA;
	if (!region_parent(r->code, parent))
		return form_refuse(form, &q->errors, "code", NULL);
	r->parent = copy(q, parent);
	enum err e = known_region(q, form, "code", r->parent);
	if (e == ERR_INVALID)
		q->errors.list[q->errors.count - 1].text = "没有它的上级区划，请先添加上级";
	return e;
}

enum err
institution_row_check(struct req *q, const struct form *form, void *row, const void *old)
{
	const struct institution_row *r = row, *before = old;

	TRY(kept(q, form, "code", r->code, before ? before->code : NULL));
	TRY(kept(q, form, "region_code", r->region_code, before ? before->region_code : NULL));
	TRY(known_region(q, form, "region_code", r->region_code));
	if (strcmp(r->agreement_end, r->agreement_start) < 0)
		return form_refuse(form, &q->errors, "agreement_end", "结束日期不能早于开始日期");
	return ERR_OK;
}

enum err
channel_row_check(struct req *q, const struct form *form, void *row, const void *old)
{
	const struct channel_row *r = row, *before = old;

	return kept(q, form, "code", r->code, before ? before->code : NULL);
}

enum err
dictionary_row_check(struct req *q, const struct form *form, void *row, const void *old)
{
	const struct dictionary_row *r = row, *before = old;

	TRY(kept(q, form, "list", r->list, before ? before->list : NULL));
	TRY(kept(q, form, "code", r->code, before ? before->code : NULL));
	if (!before && !dictionary_extends(r->list))
		return form_refuse(form, &q->errors, "list",
		    "这个字典的选项与系统规则相连，只能修改文字、次序和启用");
	return ERR_OK;
}

enum err
announcement_row_check(struct req *q, const struct form *form, void *row, const void *old)
{
	const struct announcement_row *r = row;

	(void)old;
	if (strcmp(r->ends, r->starts) < 0)
		return form_refuse(form, &q->errors, "ends", NULL);
	return ERR_OK;
}
