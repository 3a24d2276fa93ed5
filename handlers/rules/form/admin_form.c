#include "handlers/rules/form/admin_form.h"

#include "handlers/rules/check/format.h"
#include "handlers/rules/form/fields.h"
#include "handlers/rules/procedure/calendar.h"
#include "handlers/rules/table/dictionary.h"

/* clang-format off */

/* ---- accounts -------------------------------------------------------------- */

static const struct choice role_choices[] = {
	{ "officer", "医保局审核人员", "审核、备案本局辖区内的申请" },
	{ "sysadmin", "系统管理员", "维护机构目录、字典、公告和模板，处理失败的短信和任务" },
	{ "secadmin", "安全管理员", "管理工作人员账号、角色和权限" },
	{ "auditor", "审计员", "查询、导出和校验审计日志" },
	{ NULL, NULL, NULL },
};

#define REASON_FIELD .required = true, .min = 2, .max = 100

#define SHARED \
	F(name, .label = "姓名", .required = true, .min = 2, .max = 20, .pii = true, \
	  .hint = "请填写姓名，2 至 20 个字"), \
	F(role, .label = "角色", .required = true, .min = 1, .max = 10, .control = "radio", \
	  .choices = role_choices, .hint = "请选择角色"), \
	F(bureau, .label = "所属医保局", .required = true, .min = 6, .max = 6, \
	  .pattern = "[0-9]{6}", .control = "bureau", .hint = "请选择所属医保局"), \
	F(scope, .label = "负责区划", .min = 6, .max = 6, .pattern = "[0-9]{6}", \
	  .control = "scope", .help = "只处理该区划内的申请；不选为本局全部辖区", \
	  .asked = { { "role", { "officer" } } }, \
	  .hint = "请选择本局辖区内的区划"), \
	F(may_download, .label = "允许下载材料原件", .max = 1, \
	  .asked = { { "role", { "officer" } } }, \
	  .help = "不允许时只能在页面内预览带水印的材料，压缩包等不能预览的材料无法查看", \
	  .hint = "请选择是否允许下载"), \
	F(reason, .label = "申请理由", REASON_FIELD, .help = "供复核的安全管理员参考", \
	  .hint = "请填写申请理由，2 至 100 个字")

#define F(member, ...) FIELD(struct staff_form, member, __VA_ARGS__)
static const struct field staff_add_fields[] = {
	F(account, .label = "账号", .required = true, .min = 4, .max = 32,
	  .format = &format_account, .autocomplete = "off",
	  .hint = "请填写 4 至 32 位字母、数字或 _ . @ -"),
	F(id_no, .label = "居民身份证号码", .required = true, .min = 18, .max = 18, .pii = true,
	  .autocomplete = "off", .help = "用于辨认本人，保存后不能修改",
	  .hint = "请填写 18 位居民身份证号码"),
	F(phone, .label = "手机号", .required = true, MOBILE_FIELD, .autocomplete = "off",
	  .help = "初始密码只发送到该手机"),
	SHARED,
};
#undef F

#define F(member, ...) FIELD(struct staff_form, member, __VA_ARGS__)
static const struct field staff_change_fields[] = {
	F(phone, .label = "新手机号", MOBILE_FIELD, .autocomplete = "off",
	  .help = "不更换请留空；重置后的密码只发送到本人手机"),
	SHARED,
	F(version, .label = "版本", .required = true, .control = "hidden", .min = 1,
	  .max = INT64_MAX, .hint = "页面已过期，请刷新后重试"),
};
#undef F

#define F(member, ...) FIELD(struct staff_reason_form, member, __VA_ARGS__)
static const struct field staff_disable_fields[] = {
	F(reason, .label = "停用原因", REASON_FIELD, .hint = "请填写停用原因，2 至 100 个字"),
};
static const struct field staff_reason_fields[] = {
	F(reason, .label = "申请理由", REASON_FIELD, .help = "供复核的安全管理员参考",
	  .hint = "请填写申请理由，2 至 100 个字"),
};
#undef F

static const struct choice verdict_choices[] = {
	{ STAFF_CONFIRM, "确认", NULL },
	{ "refuse", "不同意", NULL },
	{ NULL, NULL, NULL },
};

#define F(member, ...) FIELD(struct staff_verdict_form, member, __VA_ARGS__)
static const struct field staff_verdict_fields[] = {
	F(verdict, .label = "复核结论", .required = true, .min = 1, .max = 10, .control = "hidden",
	  .choices = verdict_choices, .hint = "请选择确认或不同意"),
	F(note, .label = "不同意的原因", REASON_FIELD, .asked = { { "verdict", { "refuse" } } },
	  .hint = "请填写不同意的原因，2 至 100 个字"),
};
#undef F

/* ---- catalogues ------------------------------------------------------------ */

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
static const struct field bureau_row_fields[] = {
	F(region_code, .label = "区划代码", REGION_CODE, .help = "保存后不能修改"),
	F(name, .label = "名称", .required = true, .min = 4, .max = 40,
	  .hint = "请填写名称，4 至 40 个字"),
	VERSION(struct bureau_row),
};
#undef F

#define F(member, ...) FIELD(struct region_row, member, __VA_ARGS__)
static const struct field region_row_fields[] = {
	F(code, .label = "区划代码", REGION_CODE, .help = "上级由代码得出；保存后不能修改"),
	F(name, .label = "名称", .required = true, .min = 2, .max = 30,
	  .hint = "请填写名称，2 至 30 个字"),
	F(position, POSITION),
	F(active, ACTIVE),
	VERSION(struct region_row),
};
#undef F

#define F(member, ...) FIELD(struct institution_row, member, __VA_ARGS__)
static const struct field institution_row_fields[] = {
	F(code, .label = "定点医药机构编码", .required = true, .min = 12, .max = 12,
	  .format = &format_institution_code, .hint = "应为 H 或 P 加 11 位数字"),
	F(name, .label = "定点医药机构名称", .required = true, .min = 2, .max = 100,
	  .hint = "应为 2 至 100 个字"),
	F(region_code, .label = "医保区划", REGION_CODE),
	F(uscc, .label = "统一社会信用代码", .required = true, USCC_FIELD),
	F(legal_name, .label = "法定代表人姓名", PERSON_NAME,
	  .help = "填写后，资质认证时与单位填报的姓名核对", .hint = "应为 2 至 50 个字，没有可不填"),
	F(agreement_start, .label = "协议开始日期", .required = true, DATE_FIELD,
	  .hint = "应为日期，如 2026-01-01"),
	F(agreement_end, .label = "协议结束日期", .required = true, DATE_FIELD,
	  .help = "含当天", .hint = "应为日期，如 2026-12-31"),
	F(active, ACTIVE),
	VERSION(struct institution_row),
};
#undef F

#define F(member, ...) FIELD(struct channel_row, member, __VA_ARGS__)
static const struct field channel_row_fields[] = {
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
static const struct field dictionary_row_fields[] = {
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
static const struct field announcement_row_fields[] = {
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

#define F(member, ...) FIELD(struct import_run_form, member, __VA_ARGS__)
static const struct field import_run_fields[] = {
	F(end_missing, .label = "终止文件中没有的机构", .max = 1,
	    .hint = "请选择是否终止文件中没有的机构"),
	F(missing, .label = "将终止的家数", .control = "hidden", .max = INT64_MAX,
	    .asked = { { "end_missing", { "true" } } },
	    .hint = "将终止的家数已变化，请刷新后重新核对"),
	F(sure, .label = "我已核对将终止的机构", .max = 1,
	    .asked = { { "end_missing", { "true" } } },
	    .hint = "将终止的机构超过一成，请核对清单后勾选确认"),
};
#undef F

/* ---- working days ---------------------------------------------------------- */

#define F(member, ...) FIELD(struct calendar_day_form, member, __VA_ARGS__)
static const struct field calendar_day_fields[] = {
	F(works, .label = "这一天上班",
	    .help = "不勾选表示放假；周末调休上班请勾选", .hint = "请确认这一天是否上班"),
	F(name, .label = "名称", .required = true, .min = 1, .max = 20,
	    .placeholder = "如：春节、国庆节调休", .hint = "请填写名称，20 个字以内"),
};
#undef F

#define F(member, ...) FIELD(struct desk_target_form, member, __VA_ARGS__)
static const struct field desk_target_fields[] = {
	F(desk, .label = "层级", .required = true, .max = 10,
	    .control = "hidden", .choices = desk_choices, .hint = "请选择层级"),
	F(days, .label = "办理时限（工作日）", .required = true,
	    .min = 1, .max = CALENDAR_TARGET_MAX, .hint = "请填写 1 至 60 的整数"),
};
#undef F
/* clang-format on */

const struct form staff_add_form = FORM("staff_add", staff_add_fields);
const struct form staff_change_form = FORM("staff_change", staff_change_fields);
const struct form staff_disable_form = FORM("staff_disable", staff_disable_fields);
const struct form staff_reason_form = FORM("staff_reason", staff_reason_fields);
const struct form staff_verdict_form = FORM("staff_verdict", staff_verdict_fields);
const struct form bureau_row_form = FORM("bureau_row", bureau_row_fields);
const struct form region_row_form = FORM("region_row", region_row_fields);
const struct form institution_row_form = FORM("institution_row", institution_row_fields);
const struct form channel_row_form = FORM("channel_row", channel_row_fields);
const struct form dictionary_row_form = FORM("dictionary_row", dictionary_row_fields);
const struct form announcement_row_form = FORM("announcement_row", announcement_row_fields);
const struct form import_run_form = FORM("import_run", import_run_fields);
const struct form calendar_day_form = FORM("calendar_day", calendar_day_fields);
const struct form desk_target_form = FORM("desk_target", desk_target_fields);

bool
import_many(int64_t missing, int64_t covered)
{
	return missing * 100 > covered * IMPORT_MISSING_SHARE;
}
