#include "handlers/rules/table/dictionary.h"

#include <string.h>

#include "handlers/rules/check/format.h"

/* clang-format off */
const struct choice business_type_choices[] = {
	{ BUSINESS_TYPE_AUTH, "线上授权医保移动支付",
	    "线上授权医保移动支付：渠道应用同时申请医保码（医保电子凭证）线上身份授权与医保移动支付业务。"
	    "实现场景：用户使用渠道应用线上授权，定点医药机构获取授权信息，完成医保移动支付。" },
	{ BUSINESS_TYPE_MIXED, "医保混合支付",
	    "医保混合支付：渠道应用仅申请医保移动支付业务。"
	    "实现场景：用户使用渠道应用线下展码，定点医药机构通过解码获取授权信息，完成医保移动支付。" },
	{ NULL, NULL, NULL },
};

const struct choice channel_choices[] = {
	{ "wechat", "微信", NULL },
	{ "alipay", "支付宝", NULL },
	{ "nhsa_app", "国家医保服务平台APP", NULL },
	{ "local_platform", "省/市医保服务平台", NULL },
	{ "unionpay", "银联云闪付", NULL },
	{ "other", "其他", NULL },
	{ NULL, NULL, NULL },
};

const struct choice app_source_choices[] = {
	{ APP_SOURCE_OFFICIAL, "官方渠道", "从医保部门公布的官方渠道中选择" },
	{ APP_SOURCE_OWN_EXISTING, "自有渠道（已有）", "从本机构已申请过的应用中选择，沿用原应用ID和密钥" },
	{ APP_SOURCE_OWN_NEW, "自有渠道（新增）", "首次申请接入的自有应用，需填写应用名称、类型并上传首页截图" },
	{ NULL, NULL, NULL },
};

const struct choice app_type_choices[] = {
	{ "miniprogram", "小程序", NULL },
	{ "app", "APP", NULL },
	{ "h5", "H5", NULL },
	{ NULL, NULL, NULL },
};

const struct choice purchase_channel_choices[] = {
	{ "self", "自营", NULL },
	{ "meituan", "美团", NULL },
	{ "eleme", "饿了么", NULL },
	{ "jd", "京东健康", NULL },
	{ "ali", "阿里健康", NULL },
	{ PURCHASE_OTHER, "其他", NULL },
	{ NULL, NULL, NULL },
};

const struct choice proof_choices[] = {
	{ PROOF_CODE, "电子凭证授权码", NULL },
	{ PROOF_PERSON, "测试人员身份信息", NULL },
	{ NULL, NULL, NULL },
};

const struct choice decision_choices[] = {
	{ DECISION_PASS, "通过", NULL },
	{ DECISION_REJECT, "驳回", "须写明需要补正的内容" },
	{ NULL, NULL, NULL },
};

const struct choice phase_choices[] = {
	{ "apply", "申请", NULL },
	{ "accept", "验收", NULL },
	{ NULL, NULL, NULL },
};

const struct choice desk_choices[] = {
#define DESK(code, name, wire, text, passed, rejected, pending, opinion) { wire, text, NULL },
#include "handlers/rules/procedure/desk.def"
#undef DESK
	{ NULL, NULL, NULL },
};

const struct choice dictionary_choices[] = {
	{ "id_type", "证件类型", NULL },
	{ "channel", "拟定电子凭证接入渠道", NULL },
	{ "app_type", "申请接入应用类型", NULL },
	{ "purchase_channel", "线上购药服务渠道", NULL },
	{ NULL, NULL, NULL },
};

/* numbers of each 证件类型 have a check of their own, which nobody can add on a page */
const struct dictionary dictionaries[] = {
	{ "id_type", id_type_choices, false },
	{ "channel", channel_choices, true },
	{ "app_type", app_type_choices, true },
	{ "purchase_channel", purchase_channel_choices, true },
	{ NULL, NULL, false },
};
/* clang-format on */

bool
dictionary_extends(const char *name)
{
	const struct dictionary *d = dictionaries;

	while (d->name && strcmp(d->name, name) != 0)
		d++;
	return d->extends;
}
