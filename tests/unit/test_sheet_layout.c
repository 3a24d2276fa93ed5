#include "fcgi/base/array.h"
#include "fcgi/base/bytes.h"
#include "fcgi/base/random.h"
#include "fcgi/crypto/sm2.h"
#include "fcgi/paper/pdf.h"
#include "handlers/sheet/document.h"
#include "handlers/sheet/layout.h"
#include "tests/unit/pdf_reader.h"

#define REPLIED 1795364999 /* 2026-11-22 16:29:59 UTC: the 23rd in Asia/Shanghai */
#define MOST ((size_t)100 * 1024)

static struct arena *arena;

struct drawn_sheet {
	unsigned char *pdf;
	size_t size;
};

/* A row with fresh keys of the lengths they have. */
static struct sheet_row
fresh_row(void)
{
	struct sm2_pair channel, platform;
	unsigned char random[48];

	sm2_generate(&channel);
	sm2_generate(&platform);
	random_bytes(random, sizeof(random));
	return (struct sheet_row){
		.app_name = "广州示例医院互联网医院小程序",
		.app_id = bytes_hex_upper(arena, random, 16),
		.secret = bytes_hex_upper(arena, random + 16, 16),
		.channel_private = bytes_base64(arena, channel.private_key, SM2_PRIVATE_SIZE),
		.channel_public = bytes_base64(arena, channel.public_key, SM2_PUBLIC_SIZE),
		.platform_public = bytes_base64(arena, platform.public_key, SM2_PUBLIC_SIZE),
		.institution_name = "广州示例医院有限责任公司附属第一医院",
		.institution_code = "H44010300335",
		.business_type = "线上授权医保移动支付",
		.channel_code = bytes_base64(arena, random, sizeof(random)),
	};
}

static struct sheet
sheet_of(enum environment environment, enum sheet_kind kind, const struct sheet_row *rows, size_t n)
{
	return (struct sheet){
		.environment = environment,
		.kind = kind,
		.number = "0123456789abcdef0123456789abcdef",
		.initiator = "广东省医疗保障局",
		.replied_at = REPLIED,
		.accepted = true,
		.rows = rows,
		.count = n,
	};
}

static struct drawn_sheet
draw(const struct sheet *sheet)
{
	struct drawn_sheet d;

	sheet_render(arena, sheet, &d.pdf, &d.size);
	CU_ASSERT_TRUE(d.size < MOST);
	return d;
}

/* In all ways of reading, for what must not depend on the reader. */
static void
must_show(const struct drawn_sheet *d, const char *part)
{
	for (size_t i = 0; i < COUNT(ways_to_read); i++) {
		const char *text = read_pdf(arena, ways_to_read[i], d->pdf, d->size);

		if (!strstr(text, part))
			fprintf(stderr, "%s misses %s in:\n%s\n", ways_to_read[i], part, text);
		CU_ASSERT_PTR_NOT_NULL(strstr(text, part));
	}
}

static void
keys_can_be_copied_from_the_payment_sheet(void)
{
	for (int i = 0; i < 5; i++) {
		struct sheet_row row = fresh_row();
		struct sheet sheet = sheet_of(ENVIRONMENT_TEST, SHEET_PAYMENT, &row, 1);
		struct drawn_sheet d = draw(&sheet);

		must_show(&d, row.app_id);
		must_show(&d, row.secret);
		must_show(&d, row.channel_private);
		must_show(&d, row.channel_public);
		must_show(&d, row.platform_public);
		must_show(&d, row.app_name);
	}
}

static void
the_payment_sheet_says_what_the_guide_says(void)
{
	/* clang-format off */
	static const char *const parts[] = {
		"医保移动支付第三方渠道接入反馈单(测试环境)",
		"国家医疗保障局受理反馈省级医疗保障部门表",
		"发起申请单位：广东省医疗保障局",
		"回复时间：2026年11月23日",
		"定点医药机构小程序/H5应用名称",
		"定点医药机构小程序/H5应用ID",
		"数字密钥",
		"渠道私钥",
		"渠道公钥",
		"平台公钥",
		"受理结果",
		"√同意接入申请",
		"□不同意接入申请",
		"原因：",
		"说明：1.渠道编号：第三方渠道对接移动支付业务时的唯一标识。",
		"2.数字密钥：对传输过程中的业务数据进行加解密的SM4密钥。",
		"3.渠道公、私钥：为便于测试环境对接，先为渠道生成渠道公私钥；切正式环境前渠道侧需自行生成并上报公钥。",
		"4.平台公钥：移动支付中台提供的非对称加密(SM2)的公钥，渠道方使用该公钥进行验签。",
		"5.第三方渠道入网时须通过技术标准验证和安全测评。",
		"编号：0123456789abcdef0123456789abcdef",
		"第1页共1页",
	};
	/* clang-format on */
	struct sheet_row row = fresh_row();
	struct sheet sheet = sheet_of(ENVIRONMENT_TEST, SHEET_PAYMENT, &row, 1);
	struct drawn_sheet d = draw(&sheet);

	for (size_t i = 0; i < COUNT(parts); i++)
		must_show(&d, parts[i]);
}

static void
a_formal_sheet_never_prints_a_private_key(void)
{
	struct sheet_row row = fresh_row();
	struct sheet sheet = sheet_of(ENVIRONMENT_FORMAL, SHEET_PAYMENT, &row, 1);
	struct drawn_sheet d = draw(&sheet);

	must_show(&d, "医保移动支付第三方渠道接入反馈单(正式环境)");
	must_show(&d, "渠道自行生成保管");
	must_show(&d, row.channel_public);
	CU_ASSERT_PTR_NULL(
	    strstr(read_pdf(arena, "pdftotext", d.pdf, d.size), row.channel_private));
	CU_ASSERT_PTR_NULL(strstr(read_pdf(arena, "pdftotext", d.pdf, d.size), "测试环境)"));
}

static void
the_identity_sheet_has_its_columns_and_no_keys(void)
{
	struct sheet_row row = fresh_row();

	for (int e = ENVIRONMENT_TEST; e <= ENVIRONMENT_FORMAL; e++) {
		struct sheet sheet = sheet_of((enum environment)e, SHEET_IDENTITY, &row, 1);
		struct drawn_sheet d = draw(&sheet);
		const char *text = read_pdf(arena, "pdftotext", d.pdf, d.size);

		must_show(&d, sheet_title(sheet.environment, SHEET_IDENTITY));
		must_show(&d, "定点医药机构名称");
		must_show(&d, "定点医药机构编码");
		must_show(&d, "电子凭证第三方渠道应用名称");
		must_show(&d, "机构渠道认证编码");
		must_show(&d, row.institution_name);
		must_show(&d, row.institution_code);
		must_show(&d, row.business_type);
		must_show(&d, row.channel_code);
		must_show(&d, row.app_name);
		CU_ASSERT_PTR_NULL(strstr(text, row.secret));
		CU_ASSERT_PTR_NULL(strstr(text, row.app_id));
		CU_ASSERT_PTR_NULL(strstr(text, "说明："));
	}
	CU_ASSERT_STRING_EQUAL(sheet_title(ENVIRONMENT_TEST, SHEET_IDENTITY),
	    "医保电子凭证线上身份核验服务反馈单(测试环境)");
	CU_ASSERT_STRING_EQUAL(sheet_title(ENVIRONMENT_FORMAL, SHEET_IDENTITY),
	    "医保电子凭证线上身份核验服务反馈单(正式环境)");
}

static void
a_refusal_ticks_the_other_box(void)
{
	struct sheet sheet = sheet_of(ENVIRONMENT_TEST, SHEET_PAYMENT, NULL, 0);

	sheet.accepted = false;
	sheet.reason = "定点协议已到期";
	struct drawn_sheet d = draw(&sheet);
	must_show(&d, "□同意接入申请");
	must_show(&d, "√不同意接入申请");
	must_show(&d, "原因：定点协议已到期");
}

static void
long_contents_find_room(void)
{
	struct sheet_row rows[20];
	char name[601];

	for (size_t i = 0; i < sizeof(name) - 1; i += 3)
		memcpy(name + i, "名", 3);
	name[sizeof(name) - 1] = 0;
	for (size_t i = 0; i < 20; i++) {
		rows[i] = fresh_row();
		rows[i].app_name = rows[i].institution_name = name;
	}
	rows[3] = (struct sheet_row){ 0 }; /* nothing known yet: empty cells */
	for (int kind = SHEET_PAYMENT; kind <= SHEET_IDENTITY; kind++) {
		struct sheet sheet = sheet_of(ENVIRONMENT_TEST, (enum sheet_kind)kind, rows, 20);
		struct drawn_sheet d;

		sheet_render(arena, &sheet, &d.pdf, &d.size);
		const char *text = read_pdf(arena, "pdftotext -raw", d.pdf, d.size);
		for (size_t i = 0; i < 20; i++)
			if (i != 3)
				CU_ASSERT_PTR_NOT_NULL(
				    strstr(text, kind == SHEET_PAYMENT ? rows[i].platform_public
								       : rows[i].channel_code));
		CU_ASSERT_EQUAL(occurrences(text, "名"),
		    occurrences(name, "名") * 19 * (kind == SHEET_IDENTITY ? 2 : 1) +
			occurrences(text, "名称"));
	}
}

static void
the_same_sheet_has_the_same_bytes(void)
{
	struct sheet_row row = fresh_row();
	struct sheet sheet = sheet_of(ENVIRONMENT_TEST, SHEET_PAYMENT, &row, 1);
	struct drawn_sheet d = draw(&sheet), again = draw(&sheet);

	CU_ASSERT_EQUAL_FATAL(d.size, again.size);
	CU_ASSERT_EQUAL(memcmp(d.pdf, again.pdf, d.size), 0);
}

static void
documents_say_what_they_are_for(void)
{
	static const struct {
		const char *file, *parts[5];
	} expected[] = {
		[DOCUMENT_APPLICATION_LETTER] = { "application-letter.pdf",
		    { "关于申请接入医保移动支付业务的函", "线上授权医保移动支付",
			"申请单位（盖章）：", "不超过20M", "第1页共2页" } },
		[DOCUMENT_TEST_REPORT] = { "test-report.pdf",
		    { "医保移动支付测试报告", "移动支付订单号", "诊间结算", "测试结论", "3天内" } },
		[DOCUMENT_RECORDING_NOTES] = { "recording-notes.pdf",
		    { "演示录屏注意事项", "线上购药", ".mp4", "不超过20M", "第1页共1页" } },
	};

	for (int i = 0; i < DOCUMENT_COUNT; i++) {
		struct drawn_sheet d;

		document_render(arena, (enum document)i, &d.pdf, &d.size);
		const char *text = read_pdf(arena, "pdftotext", d.pdf, d.size);
		CU_ASSERT_TRUE(d.size < MOST);
		CU_ASSERT_STRING_EQUAL(document_file((enum document)i), expected[i].file);
		for (size_t p = 0; p < 5; p++)
			CU_ASSERT_PTR_NOT_NULL(strstr(text, expected[i].parts[p]));
	}
}

static void
documents_are_exported_as_files(void)
{
	char folder[] = "/tmp/documents.XXXXXX";

	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
	CU_ASSERT_EQUAL(document_export(arena, folder), ERR_OK);
	CU_ASSERT_EQUAL(document_export(arena, folder), ERR_OK);
	for (int i = 0; i < DOCUMENT_COUNT; i++)
		CU_ASSERT_EQUAL(unlink(arena_printf(arena, "%s/%s", folder,
				    document_file((enum document)i))),
		    0);
	CU_ASSERT_EQUAL(rmdir(folder), 0);
	CU_ASSERT_EQUAL(document_export(arena, folder), ERR_INTERNAL);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "keys can be copied from the payment sheet",
		    keys_can_be_copied_from_the_payment_sheet },
		{ "the payment sheet says what the guide says",
		    the_payment_sheet_says_what_the_guide_says },
		{ "a formal sheet never prints a private key",
		    a_formal_sheet_never_prints_a_private_key },
		{ "the identity sheet has its columns and no keys",
		    the_identity_sheet_has_its_columns_and_no_keys },
		{ "a refusal ticks the other box", a_refusal_ticks_the_other_box },
		{ "long contents find room", long_contents_find_room },
		{ "the same sheet has the same bytes", the_same_sheet_has_the_same_bytes },
		{ "documents say what they are for", documents_say_what_they_are_for },
		{ "documents are exported as files", documents_are_exported_as_files },
		CU_TEST_INFO_NULL,
	};
	static CU_SuiteInfo suites[] = {
		{ .pName = "sheet_layout", .pTests = tests },
		CU_SUITE_INFO_NULL,
	};

	if (CU_initialize_registry() || CU_register_suites(suites))
		return 2;
	pdf_init("WenQuanYi Zen Hei");
	arena = arena_new((size_t)256 << 20);
	CU_basic_run_tests();
	unsigned failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	arena_free(arena);
	return failures != 0;
}
