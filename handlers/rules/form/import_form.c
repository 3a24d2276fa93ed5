#include "handlers/rules/form/import_form.h"

#define ROW(member, ...) FIELD(struct import_run_form, member, __VA_ARGS__)

/* clang-format off */
static const struct field rows[] = {
	ROW(end_missing, .label = "终止文件中没有的机构", .max = 1,
	    .hint = "请选择是否终止文件中没有的机构"),
	ROW(missing, .label = "将终止的家数", .control = "hidden", .max = INT64_MAX,
	    .asked = { { "end_missing", { "true" } } },
	    .hint = "将终止的家数已变化，请刷新后重新核对"),
	ROW(sure, .label = "我已核对将终止的机构", .max = 1,
	    .asked = { { "end_missing", { "true" } } },
	    .hint = "将终止的机构超过一成，请核对清单后勾选确认"),
};
/* clang-format on */

const struct form import_run_form = FORM("import_run", rows);

bool
import_many(int64_t missing, int64_t covered)
{
	return missing * 100 > covered * IMPORT_MISSING_SHARE;
}
