#include "handlers/rules/form/staff_form.h"

#include "handlers/rules/check/format.h"

static const struct choice role_choices[] = {
	{ "officer", "医保局审核人员", "审核、备案本局辖区内的申请" },
	{ "sysadmin", "系统管理员", "维护机构目录、字典、公告和模板，处理失败的短信和任务" },
	{ "secadmin", "安全管理员", "管理工作人员账号、角色和权限" },
	{ "auditor", "审计员", "查询、导出和校验审计日志" },
	{ NULL, NULL, NULL },
};

/* clang-format off */
#define S(member, ...) FIELD(struct staff_form, member, __VA_ARGS__)
#define SHARED \
	S(name, .label = "姓名", .required = true, .min = 2, .max = 20, .pii = true, \
	  .hint = "请填写姓名，2 至 20 个字"), \
	S(role, .label = "角色", .required = true, .min = 1, .max = 10, .control = "radio", \
	  .choices = role_choices, .hint = "请选择角色"), \
	S(bureau, .label = "所属医保局", .required = true, .min = 6, .max = 6, \
	  .pattern = "[0-9]{6}", .control = "bureau", .hint = "请选择所属医保局"), \
	S(scope, .label = "负责区划", .min = 6, .max = 6, .pattern = "[0-9]{6}", \
	  .control = "scope", .help = "只处理该区划内的申请；不选为本局全部辖区", \
	  .asked = { { "role", { "officer" } } }, \
	  .hint = "请选择本局辖区内的区划"), \
	S(may_download, .label = "允许下载材料原件", .max = 1, \
	  .asked = { { "role", { "officer" } } }, \
	  .help = "不允许时只能在页面内预览带水印的材料，压缩包等不能预览的材料无法查看", \
	  .hint = "请选择是否允许下载")

static const struct field add_fields[] = {
	S(account, .label = "账号", .required = true, .min = 4, .max = 32,
	  .format = &format_account, .autocomplete = "off",
	  .hint = "请填写 4 至 32 位字母、数字或 _ . @ -"),
	SHARED,
};

static const struct field change_fields[] = {
	SHARED,
	S(version, .label = "版本", .required = true, .control = "hidden", .min = 1,
	  .max = INT64_MAX, .hint = "页面已过期，请刷新后重试"),
};

static const struct field disable_fields[] = {
	FIELD(struct staff_disable_form, disabled, .label = "停用", .max = 1, .control = "hidden",
	  .hint = "请刷新页面后重试"),
	FIELD(struct staff_disable_form, reason, .label = "停用原因", .min = 2, .max = 100,
	  .required = true, .asked = { { "disabled", { "true" } } },
	  .hint = "请填写停用原因，2 至 100 个字"),
};
/* clang-format on */

const struct form staff_add_form = FORM("staff_add", add_fields);
const struct form staff_change_form = FORM("staff_change", change_fields);
const struct form staff_disable_form = FORM("staff_disable", disable_fields);
