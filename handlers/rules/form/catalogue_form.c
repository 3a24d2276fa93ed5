#include "handlers/rules/form/catalogue_form.h"

#include "handlers/rules/check/format.h"
#include "handlers/rules/form/fields.h"
#include "handlers/rules/table/dictionary.h"

/* clang-format off */
#define REGION_CODE	.required = true, .min = 6, .max = 6, .pattern = "[0-9]{6}", \
			.hint = "请填写 6 位医保区划代码"
#define SHORT_CODE	.required = true, .min = 1, .max = 40, .pattern = "[a-z0-9_]+", \
			.hint = "请填写小写字母、数字或下划线，不超过 40 个"
#define ACTIVE		.label = "启用", .max = 1, .hint = "请选择是否启用"
#define POSITION	.label = "次序", .required = true, .min = 0, .max = 99999, \
			.help = "小的排在前面", .hint = "请填写 0 至 99999 的整数"
/* of a change; a new row has none */
#define VERSION(row) \
	{ .name = CATALOGUE_VERSION, .offset = offsetof(row, key.version), .type = FIELD_INTEGER, \
	  .label = "版本", .control = "hidden", .max = INT64_MAX, .hint = "页面已过期，请刷新后重试" }

#define F(member, ...) FIELD(struct bureau_row, member, __VA_ARGS__)
static const struct field bureau_fields[] = {
	F(region_code, .label = "区划代码", REGION_CODE, .help = "保存后不能修改"),
	F(name, .label = "名称", .required = true, .min = 4, .max = 40,
	  .hint = "请填写名称，4 至 40 个字"),
	VERSION(struct bureau_row),
};
#undef F

#define F(member, ...) FIELD(struct region_row, member, __VA_ARGS__)
static const struct field region_fields[] = {
	F(code, .label = "区划代码", REGION_CODE, .help = "上级由代码得出；保存后不能修改"),
	F(name, .label = "名称", .required = true, .min = 2, .max = 30,
	  .hint = "请填写名称，2 至 30 个字"),
	F(position, POSITION),
	F(active, ACTIVE),
	VERSION(struct region_row),
};
#undef F

#define F(member, ...) FIELD(struct institution_row, member, __VA_ARGS__)
static const struct field institution_fields[] = {
	F(code, .label = "定点医药机构编码", .required = true, .min = 12, .max = 12,
	  .format = &format_institution_code, .hint = "应为 H 或 P 加 11 位数字"),
	F(name, .label = "定点医药机构名称", .required = true, .min = 2, .max = 100,
	  .hint = "应为 2 至 100 个字"),
	F(region_code, .label = "医保区划", REGION_CODE),
	F(uscc, .label = "统一社会信用代码", .required = true, USCC_FIELD),
	F(agreement_start, .label = "协议开始日期", .required = true, DATE_FIELD,
	  .hint = "应为日期，如 2026-01-01"),
	F(agreement_end, .label = "协议结束日期", .required = true, DATE_FIELD,
	  .help = "含当天", .hint = "应为日期，如 2026-12-31"),
	F(active, ACTIVE),
	VERSION(struct institution_row),
};
#undef F

#define F(member, ...) FIELD(struct channel_row, member, __VA_ARGS__)
static const struct field channel_fields[] = {
	F(code, .label = "代码", SHORT_CODE, .help = "保存后不能修改"),
	F(name, .label = "名称", .required = true, .min = 2, .max = 40,
	  .hint = "请填写名称，2 至 40 个字"),
	F(channel, .label = "拟定电子凭证接入渠道", .required = true, .min = 1, .max = 20,
	  .choices = channel_choices, .dictionary = "channel", .hint = "请选择接入渠道"),
	F(active, ACTIVE),
	VERSION(struct channel_row),
};
#undef F

#define F(member, ...) FIELD(struct dictionary_row, member, __VA_ARGS__)
static const struct field dictionary_fields[] = {
	F(list, .label = "字典", .required = true, .min = 1, .max = 30,
	  .choices = dictionary_choices, .help = "保存后不能修改", .hint = "请选择字典"),
	F(code, .label = "代码", .required = true, .min = 1, .max = 20, .pattern = "[a-z0-9_]+",
	  .help = "保存后不能修改", .hint = "请填写小写字母、数字或下划线，不超过 20 个"),
	F(text, .label = "文字", .required = true, .min = 1, .max = 40,
	  .hint = "请填写页面上显示的文字，不超过 40 个字"),
	F(hint, .label = "说明", .min = 1, .max = 200, .hint = "不超过 200 个字"),
	F(position, POSITION),
	F(active, ACTIVE),
	VERSION(struct dictionary_row),
};
#undef F

#define F(member, ...) FIELD(struct announcement_row, member, __VA_ARGS__)
static const struct field announcement_fields[] = {
	F(title, .label = "标题", .required = true, .min = 2, .max = 60,
	  .hint = "请填写标题，2 至 60 个字"),
	F(body, .label = "正文", .required = true, .multiline = true, .min = 2, .max = 2000,
	  .hint = "请填写正文，2 至 2000 个字"),
	F(starts, .label = "开始日期", .required = true, DATE_FIELD, .hint = "请填写开始日期"),
	F(ends, .label = "结束日期", .required = true, DATE_FIELD, .help = "含当天",
	  .hint = "请填写结束日期，不早于开始日期"),
	F(active, ACTIVE),
	VERSION(struct announcement_row),
};
#undef F
/* clang-format on */

const struct form bureau_row_form = FORM("bureau_row", bureau_fields);
const struct form region_row_form = FORM("region_row", region_fields);
const struct form institution_row_form = FORM("institution_row", institution_fields);
const struct form channel_row_form = FORM("channel_row", channel_fields);
const struct form dictionary_row_form = FORM("dictionary_row", dictionary_fields);
const struct form announcement_row_form = FORM("announcement_row", announcement_fields);
