#include "handlers/rules/form/calendar_form.h"

#include "handlers/rules/procedure/calendar.h"
#include "handlers/rules/table/dictionary.h"

/* clang-format off */
static const struct field day_rows[] = {
	FIELD(struct calendar_day_form, works, .label = "这一天上班",
	    .help = "不勾选表示放假；周末调休上班请勾选", .hint = "请确认这一天是否上班"),
	FIELD(struct calendar_day_form, name, .label = "名称", .required = true, .min = 1, .max = 20,
	    .placeholder = "如：春节、国庆节调休", .hint = "请填写名称，20 个字以内"),
};

static const struct field target_rows[] = {
	FIELD(struct desk_target_form, desk, .label = "层级", .required = true, .max = 10,
	    .control = "hidden", .choices = desk_choices, .hint = "请选择层级"),
	FIELD(struct desk_target_form, days, .label = "办理时限（工作日）", .required = true,
	    .min = 1, .max = CALENDAR_TARGET_MAX, .hint = "请填写 1 至 60 的整数"),
};
/* clang-format on */

const struct form calendar_day_form = FORM("calendar_day", day_rows);
const struct form desk_target_form = FORM("desk_target", target_rows);
