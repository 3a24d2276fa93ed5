#include "handlers/rules/form/application_form.h"

#include "handlers/rules/check/format.h"
#include "handlers/rules/table/dictionary.h"

/* clang-format off */

/* ---- the 申请单 ------------------------------------------------------------ */

/* The value is the key of an upload, 32 hex digits. */
#define UPLOAD(slot_) .slot = (slot_), .min = 32, .max = 32

/* Conditions of `asked`. */
#define AUTH { "business_type", { BUSINESS_TYPE_AUTH } }
#define SOURCE(code) { "app_source", { code } }
#define PHARMACY { "@kind", { "pharmacy" } }

#define F(member, ...) FIELD(struct application_form, member, __VA_ARGS__)
static const struct field application_fields[] = {
	F(business_type, .label = "线上业务类型", .required = true, .max = 10,
	    .control = "radio", .choices = business_type_choices, .hint = "请选择线上业务类型"),
	F(channel, .label = "拟定电子凭证接入渠道", .required = true, .max = 20,
	    .choices = channel_choices, .dictionary = "channel",
	    .placeholder = "请选择拟定电子凭证接入渠道",
	    .hint = "请选择拟定电子凭证接入渠道", .asked = { AUTH }),
	F(app_source, .label = "申请接入应用名称", .required = true, .max = 20,
	    .control = "radio", .choices = app_source_choices,
	    .help = "官方渠道由医保部门公布；自有渠道为本机构的小程序、APP 或 H5 应用",
	    .hint = "请选择应用来源：官方渠道、自有渠道（已有）或自有渠道（新增）", .asked = { AUTH }),
	F(official_channel, .label = "官方渠道", .required = true, .min = 1, .max = INT32_MAX,
	    .control = "select", .placeholder = "请选择官方渠道",
	    .hint = "请选择官方渠道", .follows = "channel", .asked = { AUTH, SOURCE(APP_SOURCE_OFFICIAL) }),
	F(existing_app, .label = "已申请过的应用", .required = true, .min = 32, .max = 32,
	    .control = "select", .placeholder = "请选择已申请过的应用",
	    .format = &format_application_number, .hint = "请选择已申请过的应用",
	    .asked = { AUTH, SOURCE(APP_SOURCE_OWN_EXISTING) }),
	F(app_name, .label = "申请接入应用名称", .required = true, .min = 2, .max = 50,
	    .placeholder = "请输入申请接入应用名称", .help = "与应用上架的名称保持一致",
	    .hint = "请填写 2 至 50 个字的应用名称", .asked = { AUTH, SOURCE(APP_SOURCE_OWN_NEW) }),
	F(app_screenshot, .label = "应用首页截图", .required = true, UPLOAD("app_screenshot"),
	    .hint = "请上传应用首页截图", .asked = { AUTH, SOURCE(APP_SOURCE_OWN_NEW) }),
	F(app_type, .label = "申请接入应用类型", .required = true, .max = 20,
	    .choices = app_type_choices, .dictionary = "app_type",
	    .placeholder = "请选择申请接入应用类型",
	    .hint = "请选择申请接入应用类型", .asked = { AUTH, SOURCE(APP_SOURCE_OWN_NEW) }),
	F(purchase_channels, .label = "申请接入线上购药服务渠道", .required = true,
	    .min = 1, .max = 20, .choices = purchase_channel_choices, .dictionary = "purchase_channel",
	    .help = "可多选", .hint = "请至少选择一个线上购药服务渠道", .asked = { AUTH, PHARMACY }),
	F(purchase_other, .label = "其他线上购药服务渠道", .required = true, .min = 2, .max = 50,
	    .placeholder = "请输入其他线上购药服务渠道的名称",
	    .hint = "请填写 2 至 50 个字的渠道名称",
	    .asked = { AUTH, PHARMACY, { "purchase_channels", { PURCHASE_OTHER } } }),
	F(contact_name, .label = "定点医药机构联系人", .required = true, .pii = true,
	    .min = 2, .max = 50, .placeholder = "请输入定点医药机构联系人", .autocomplete = "name",
	    .hint = "请填写 2 至 50 个字的联系人姓名"),
	F(contact_phone, .label = "定点医药机构联系电话", .required = true, .pii = true,
	    .min = 5, .max = 30, .control = "tel", .format = &format_contact_phone,
	    .placeholder = "请输入定点医药机构联系电话", .autocomplete = "tel",
	    .help = "手机号、带区号的固定电话或 400/800 电话",
	    .hint = "请填写 11 位手机号或带区号的固定电话，例如 020-12345678"),
	F(contact_email, .label = "定点医药机构邮箱地址", .pii = true, .max = 100,
	    .control = "email", .format = &format_email, .autocomplete = "email",
	    .placeholder = "请输入定点医药机构邮箱地址",
	    .hint = "邮箱地址格式不正确，请核对，例如 name@example.com"),
	F(application_letter, .label = "申请函上传", .required = true, UPLOAD("application_letter"),
	    .help = "请按申请函模板填写，加盖单位公章后扫描为 PDF", .hint = "请上传申请函"),
	F(agreement, .label = "定点机构协议上传", .required = true, UPLOAD("agreement"),
	    .help = "与医保经办机构签订的、在有效期内的定点协议", .hint = "请上传定点机构协议"),
	F(supplement, .label = "“互联网+”医疗服务补充协议上传", UPLOAD("supplement"),
	    .help = "开展“互联网+”医疗服务的机构请上传", .hint = "请重新上传“互联网+”医疗服务补充协议"),
	F(plan, .label = "申请方案上传", UPLOAD("plan"),
	    .help = "应用的建设方案、业务流程和安全措施", .hint = "请重新上传申请方案"),
	F(remark, .label = "备注", .multiline = true, .min = 1, .max = 500,
	    .placeholder = "请输入备注", .hint = "备注不超过 500 个字"),
	F(version, .label = "版本", .control = "hidden", .min = 1, .max = INT64_MAX,
	    .hint = "页面已过期，请刷新后重试"),
};
#undef F

/* ---- steps of it ----------------------------------------------------------- */

#define F(member, ...) FIELD(struct submission_form, member, __VA_ARGS__)
static const struct field submission_fields[] = {
	F(version, .label = "版本", .required = true, .control = "hidden", .min = 1,
	    .max = INT64_MAX, .hint = "页面已过期，请刷新后重试"),
};
#undef F

#define F(member, ...) FIELD(struct discard_form, member, __VA_ARGS__)
static const struct field discard_fields[] = {
	F(reason, .label = "弃用理由", .required = true, .multiline = true, .min = 1, .max = 200,
	    .placeholder = "请输入弃用理由", .hint = "请填写弃用理由，不超过 200 个字"),
	F(version, .label = "版本", .required = true, .control = "hidden", .min = 1,
	    .max = INT64_MAX, .hint = "页面已过期，请刷新后重试"),
};
#undef F
/* clang-format on */

const struct form application_form = FORM("application", application_fields);
const struct form submission_form = FORM("submission", submission_fields);
const struct form discard_form = FORM("discard", discard_fields);
