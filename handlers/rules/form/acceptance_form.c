#include "handlers/rules/form/acceptance_form.h"

#include "handlers/rules/check/format.h"
#include "handlers/rules/table/dictionary.h"

/* clang-format off */

/* The value is the key of an upload, 32 hex digits. */
#define UPLOAD(slot_) .slot = (slot_), .min = 32, .max = 32

/* Conditions of `asked`. */
#define AUTH { "@kind", { "hospital_auth", "pharmacy_auth" } }
#define HOSPITAL { "@kind", { "hospital_auth", "hospital_mixed" } }
#define PHARMACY { "@kind", { "pharmacy_auth", "pharmacy_mixed" } }
#define PROOF(code) { "proof", { code } }

#define F(member, ...) FIELD(struct acceptance_form, member, __VA_ARGS__)
static const struct field acceptance_fields[] = {
	F(order_no, .label = "移动支付订单号", .required = true, .min = 30, .max = 30,
	    .format = &format_order_no, .placeholder = "请输入移动支付订单号",
	    .help = "示例: ORD358900202207111433280000125",
	    .hint = "请填写测试环境中支付成功的移动支付订单号，以 ORD 开头，共 30 位"),
	F(proof, .label = "测试授权信息", .required = true, .max = 10, .control = "radio",
	    .choices = proof_choices, .hint = "请选择电子凭证授权码或测试人员身份信息",
	    .asked = { AUTH }),
	F(auth_code, .label = "电子凭证授权码", .required = true, .min = 36, .max = 36,
	    .format = &format_auth_code, .placeholder = "请输入电子凭证授权码",
	    .help = "示例: d2801149-26cd-4658-9ff5-13794cbxxxx",
	    .hint = "请填写 36 位的电子凭证授权码", .follows = "order_no", .asked = { AUTH, PROOF(PROOF_CODE) }),
	F(tester_name, .label = "测试人员姓名", .required = true, .pii = true,
	    .min = 2, .max = 50, .placeholder = "请输入测试人员姓名",
	    .hint = "请填写 2 至 50 个字的测试人员姓名", .asked = { AUTH, PROOF(PROOF_PERSON) }),
	F(tester_id_type, .label = "测试人员证件类型", .required = true, .max = 20,
	    .choices = id_type_choices, .dictionary = "id_type",
	    .placeholder = "请选择测试人员证件类型",
	    .hint = "请选择测试人员证件类型", .asked = { AUTH, PROOF(PROOF_PERSON) }),
	F(tester_id_no, .label = "测试人员证件号码", .required = true, .pii = true,
	    .min = 5, .max = 30, .placeholder = "请输入测试人员证件号码",
	    .hint = "证件号码与证件类型不符，请核对", .follows = "tester_id_type", .asked = { AUTH, PROOF(PROOF_PERSON) }),
	F(video_clinic, .label = "诊间结算", .required = true, UPLOAD("video"),
	    .hint = "请上传诊间结算演示录屏", .asked = { HOSPITAL }),
	F(video_booking, .label = "预约挂号", UPLOAD("video"),
	    .hint = "请重新上传预约挂号演示录屏", .asked = { HOSPITAL }),
	F(video_purchase, .label = "线上购药", .required = true, UPLOAD("video"),
	    .hint = "请上传线上购药演示录屏", .asked = { PHARMACY }),
	F(video_other, .label = "其他", UPLOAD("video"), .hint = "请重新上传其他演示录屏"),
	F(test_report, .label = "测试报告", .required = true, UPLOAD("test_report"),
	    .help = "请按测试报告模板填写", .hint = "请上传测试报告"),
	F(version, .label = "版本", .control = "hidden", .min = 1, .max = INT64_MAX,
	    .hint = "页面已过期，请刷新后重试"),
};
#undef F
/* clang-format on */

const struct form acceptance_form = FORM("acceptance", acceptance_fields);
