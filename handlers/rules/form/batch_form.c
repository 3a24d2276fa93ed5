#include "handlers/rules/form/batch_form.h"

#include "handlers/rules/table/dictionary.h"

/* clang-format off */
static const struct field batch_rows[] = {
	FIELD(struct batch_form, event, .label = "审核结论", .required = true, .max = 10,
	    .control = "radio", .choices = decision_choices, .hint = "请选择通过或驳回"),
	FIELD(struct batch_form, remark, .label = "审核意见", .multiline = true, .min = 2, .max = 500,
	    .placeholder = "请输入审核意见", .help = "每件的申请人都会看到这段文字；驳回时必填",
	    .hint = "驳回须填写审核意见，2 至 500 个字"),
	FIELD(struct batch_form, security_checked,
	    .label = "已逐件确认第三方渠道通过技术标准验证和安全测评",
	    .help = "国家医保局通过时必须确认",
	    .hint = "请先确认第三方渠道已通过技术标准验证和安全测评"),
	FIELD(struct batch_form, items, .label = "申请单", .required = true, .control = "hidden",
	    .min = 1, .max = BATCH_MAX, .pattern = "[0-9a-f]{32}:[1-9][0-9]{0,17}",
	    .hint = "请选择 1 至 100 件申请单"),
};

static const struct field filter_rows[] = {
	FIELD(struct saved_filter_form, name, .label = "筛选名称", .required = true, .min = 1,
	    .max = 20, .placeholder = "如：药店待审核", .hint = "请填写名称，20 个字以内"),
	FIELD(struct saved_filter_form, query, .label = "筛选条件", .required = true,
	    .control = "hidden", .min = 1, .max = 500,
	    .hint = "请先设置筛选条件"),
};
/* clang-format on */

const struct form batch_form = FORM("batch", batch_rows);
const struct form saved_filter_form = FORM("saved_filter", filter_rows);
