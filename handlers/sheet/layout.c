#include "handlers/sheet/layout.h"

#include <string.h>

#include "fcgi/base/array.h"
#include "fcgi/paper/pdf.h"
#include "handlers/rules/procedure/date.h"

#define CODE_SIZE 57.0 /* points: ends above the table, half a millimetre per module */

static const char private_kept[] = "渠道自行生成保管"; /* */

struct column {
	const char *head;
	double width; /* share, about a point: keys fill lines of 16 or 22 characters */
	bool key;
	size_t offset; /* in struct sheet_row; unused for the first, 序号 */
};

struct layout {
	const struct column *columns;
	size_t count;
	size_t left; /* columns under 发起申请单位; the rest lie under 回复时间 */
	const char *const *notes;
};

#define AT(member) offsetof(struct sheet_row, member)

/* FB-2 and FB-6 with the names of A-69. */
static const struct column payment_columns[] = {
	{ "序号", 38, false, 0 },
	{ "定点医药机构\n小程序/H5应用\n名称", 146, false, AT(app_name) },
	{ "定点医药机构\n小程序/H5应用\nID", 97, true, AT(app_id) },
	{ "数字密钥", 97, true, AT(secret) },
	{ "渠道私钥", 127, true, AT(channel_private) },
	{ "渠道公钥", 127, true, AT(channel_public) },
	{ "平台公钥", 127, true, AT(platform_public) },
};

/* FB-5 and FB-6. */
static const struct column identity_columns[] = {
	{ "序号", 38, false, 0 },
	{ "定点医药机构\n名称", 180, false, AT(institution_name) },
	{ "定点医药机构\n编码", 92, false, AT(institution_code) },
	{ "电子凭证第三方渠道应用\n名称", 160, false, AT(app_name) },
	{ "线上业务类型", 110, false, AT(business_type) },
	{ "机构渠道认证编码", 178, true, AT(channel_code) },
};

/* FB-4, verbatim. */
/* clang-format off */
static const char *const payment_notes[] = {
	"1. 渠道编号：第三方渠道对接移动支付业务时的唯一标识。",
	"2. 数字密钥：对传输过程中的业务数据进行加解密的SM4密钥。",
	"3. 渠道公、私钥：为便于测试环境对接，先为渠道生成渠道公私钥；切正式环境前渠道侧需自行生成并上报公钥。",
	"4. 平台公钥：移动支付中台提供的非对称加密(SM2)的公钥，渠道方使用该公钥进行验签。",
	"5. 第三方渠道入网时须通过技术标准验证和安全测评。",
	NULL,
};
/* clang-format on */

static const char *const no_notes[] = { NULL };

static const struct layout layouts[] = {
	[SHEET_PAYMENT] = { payment_columns, COUNT(payment_columns), 5, payment_notes },
	[SHEET_IDENTITY] = { identity_columns, COUNT(identity_columns), 4, no_notes },
};

static const struct pdf_style number_style = { .size = 9, .align = PDF_RIGHT, .after = 6 };
static const struct pdf_style title_style = { .size = 19,
	.bold = true,
	.align = PDF_CENTER,
	.heading = PDF_H1,
	.after = 12 };
static const struct pdf_style second_style = { .size = 13, .bold = true, .align = PDF_CENTER };
static const struct pdf_style plain = { .size = 10.5 };
static const struct pdf_style head_style = { .size = 9.5, .bold = true, .align = PDF_CENTER };
static const struct pdf_style text_style = { .size = 9.5, .align = PDF_CENTER };
static const struct pdf_style key_style = { .size = 10, .key = true };
static const struct pdf_style note_style = { .size = 9.5, .left = 3, .after = 1 };
static const struct pdf_style notes_style = { .size = 9.5, .before = 10, .after = 1 };

const char *
sheet_title(enum environment environment, enum sheet_kind kind)
{
	static const char *const titles[][3] = {
		[ENVIRONMENT_TEST] = {
#define SHEET(code, name, wire, text) [SHEET_##name] = text "(测试环境)",
#include "handlers/rules/table/sheet.def"
#undef SHEET
		},
		[ENVIRONMENT_FORMAL] = {
#define SHEET(code, name, wire, text) [SHEET_##name] = text "(正式环境)",
#include "handlers/rules/table/sheet.def"
#undef SHEET
		},
	};

	return titles[environment][kind];
}

/* ---- rows ---- */

static void
put_top(struct pdf *pdf, const struct layout *layout, const struct sheet *sheet,
    const struct pdf_table *table, struct arena *arena)
{
	int64_t day = date_of(sheet->replied_at);
	unsigned left = (unsigned)layout->left, all = (unsigned)layout->count;
	struct pdf_cell second[] = { { "国家医疗保障局受理反馈省级医疗保障部门表", &second_style,
	    all } };
	struct pdf_cell about[] = {
		{ arena_printf(arena, "发起申请单位：%s", sheet->initiator), &plain, left },
		{ arena_printf(arena, "回复时间：%04d年%02d月%02d日", (int)(day / 10000),
		      (int)(day / 100 % 100), (int)(day % 100)),
		    &plain, all - left },
	};

	pdf_row(pdf, table, second, COUNT(second), 30);
	pdf_row(pdf, table, about, COUNT(about), 26);
	pdf_row(pdf, table, table->head, table->heads, 44);
}

static const char *
cell_text(const struct column *column, const struct sheet *sheet, size_t row)
{
	const char *value;

	if (column->offset == AT(channel_private) && sheet->environment == ENVIRONMENT_FORMAL)
		return private_kept;
	memcpy(&value, (const char *)&sheet->rows[row] + column->offset, sizeof(value));
	return value;
}

static void
put_rows(struct pdf *pdf, const struct layout *layout, const struct sheet *sheet,
    const struct pdf_table *table, struct arena *arena)
{
	for (size_t row = 0; row < sheet->count; row++) {
		struct pdf_cell cells[PDF_COLUMNS_MAX];

		cells[0] = (struct pdf_cell){ arena_printf(arena, "%zu", row + 1), &text_style, 1 };
		for (size_t i = 1; i < layout->count; i++) {
			const char *text = cell_text(&layout->columns[i], sheet, row);
			bool key = layout->columns[i].key && text != private_kept;

			cells[i] = (struct pdf_cell){ text, key ? &key_style : &text_style, 1 };
		}
		pdf_row(pdf, table, cells, layout->count, 48);
	}
}

static void
put_result(struct pdf *pdf, const struct layout *layout, const struct sheet *sheet,
    const struct pdf_table *table, struct arena *arena)
{
	struct pdf_cell cells[] = {
		{ "受理\n结果", &head_style, 1 },
		{ arena_printf(arena, "%s 同意接入申请　　%s 不同意接入申请　　原因：%s",
		      sheet->accepted ? "☑" : "☐", sheet->accepted ? "☐" : "☑",
		      sheet->reason ? sheet->reason : ""),
		    &plain, (unsigned)layout->count - 1 },
	};

	pdf_row(pdf, table, cells, COUNT(cells), 40);
}

static void
put_notes(struct pdf *pdf, const char *const *notes)
{
	if (!*notes)
		return;
	pdf_need(pdf, 100); /* together */
	pdf_text(pdf, &notes_style, "说明：");
	for (; *notes; notes++)
		pdf_text(pdf, &note_style, *notes);
}

void
sheet_render(struct arena *arena, const struct sheet *sheet, unsigned char **ret_pdf,
    size_t *ret_size)
{
	const struct layout *layout = &layouts[sheet->kind];
	const char *title = sheet_title(sheet->environment, sheet->kind);
	struct pdf_info info = {
		.page = PDF_LANDSCAPE,
		.title = title,
		.footer = arena_printf(arena, "反馈单编号：%s　　内含密钥，请妥善保管，不得外传",
		    sheet->number),
		.now = sheet->replied_at,
	};
	struct pdf_cell head[PDF_COLUMNS_MAX];
	double widths[PDF_COLUMNS_MAX];

	for (size_t i = 0; i < layout->count; i++) {
		head[i] = (struct pdf_cell){ layout->columns[i].head, &head_style, 1 };
		widths[i] = layout->columns[i].width;
	}
	struct pdf_table table = { widths, layout->count, head, layout->count };
	struct pdf *pdf = pdf_new(arena, &info);
	if (sheet->verify_url)
		pdf_code(pdf, sheet->verify_url, CODE_SIZE);
	pdf_text(pdf, &number_style, arena_printf(arena, "编号：%s", sheet->number));
	pdf_text(pdf, &title_style, title);
	put_top(pdf, layout, sheet, &table, arena);
	put_rows(pdf, layout, sheet, &table, arena);
	put_result(pdf, layout, sheet, &table, arena);
	put_notes(pdf, layout->notes);
	pdf_finish(pdf, ret_pdf, ret_size);
}
