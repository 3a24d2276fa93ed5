#include "fcgi/base/array.h"
#include "fcgi/paper/pdf.h"
#include "tests/unit/pdf_reader.h"

#define NOW 1795400000 /* 2026-11-23 10:13:20 in Asia/Shanghai */
#define KEY                                                                                        \
	"BEMa3N7+ECFImjLM96plagyrHw4/U3AVEnSablTNb4V9"                                             \
	"vg+euDfa72roiykjsFkmh/FKYs373TM1MVagDBiT4Do="

static struct arena *arena;

struct document {
	unsigned char *pdf;
	size_t size;
};

static const struct pdf_info portrait = { .title = "标题", .footer = "页脚文字", .now = NOW };
static const struct pdf_style text_style = { .size = 10.5 };
static const struct pdf_style bold_style = { .size = 10.5, .bold = true };
static const struct pdf_style key_style = { .size = 9, .key = true };

static struct document
paragraphs(unsigned count, const struct pdf_style *style, const char *text)
{
	struct pdf *pdf = pdf_new(arena, &portrait);
	struct document d;

	for (unsigned i = 0; i < count; i++)
		pdf_text(pdf, style, text);
	pdf_finish(pdf, &d.pdf, &d.size);
	return d;
}

static void
it_is_a_pdf_and_the_same_each_time(void)
{
	struct document d = paragraphs(3, &text_style, "一段文字"),
			again = paragraphs(3, &text_style, "一段文字");

	CU_ASSERT_EQUAL(memcmp(d.pdf, "%PDF-1.", 7), 0);
	CU_ASSERT_EQUAL(memcmp(d.pdf + d.size - 6, "%%EOF\n", 6), 0);
	CU_ASSERT_EQUAL_FATAL(d.size, again.size);
	CU_ASSERT_EQUAL(memcmp(d.pdf, again.pdf, d.size), 0);
}

static void
title_and_date_are_the_callers(void)
{
	struct document d = paragraphs(1, &text_style, "一");
	const char *text = read_pdf(arena, "TZ=Asia/Shanghai pdfinfo -isodates", d.pdf, d.size);

	CU_ASSERT_PTR_NOT_NULL(strstr(text, "Title:标题"));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "CreationDate:2026-11-23T10:13:20+08"));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "ModDate:2026-11-23T10:13:20+08"));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "595.28x841.89pts(A4)"));
}

static bool
holds(const struct document *d, const char *text)
{
	return memmem(d->pdf, d->size, text, strlen(text)) != NULL;
}

/* The rest of what PDF/A asks for is looked at in tests/http/archive.mjs, of real sheets. */
static void
files_are_for_the_archive(void)
{
	static const struct pdf_info info = { .title = "a<b> & 丙", .now = NOW };
	struct pdf *pdf = pdf_new(arena, &info);
	struct document d;

	pdf_text(pdf, &text_style, "汉字 and Latin");
	pdf_finish(pdf, &d.pdf, &d.size);
	CU_ASSERT_TRUE(holds(&d, "<pdfaid:part>2</pdfaid:part>"));
	CU_ASSERT_TRUE(holds(&d, ">a&#60;b&#62; &#38; 丙</rdf:li>"));
	CU_ASSERT_TRUE(holds(&d, "<xmp:CreateDate>2026-11-23T10:13:20+08:00</xmp:CreateDate>"));
	CU_ASSERT_TRUE(holds(&d, "/CreationDate (D:20261123101320+08'00"));
	CU_ASSERT_TRUE(holds(&d, "/GTS_PDFA1"));
	CU_ASSERT_TRUE(holds(&d, "/CIDToGIDMap /Identity"));
	CU_ASSERT_TRUE(holds(&d, "/Lang (zh-CN)"));
	CU_ASSERT_TRUE(holds(&d, "/ID [ <"));
	CU_ASSERT_PTR_NOT_NULL(strstr(read_pdf(arena, "qpdf --check", d.pdf, d.size),
	    "Nosyntaxorstreamencodingerrors"));
}

static void
headings_and_tables_are_tagged(void)
{
	static const struct pdf_style title = { .size = 19, .heading = PDF_H1 };
	static const double widths[] = { 1, 1 };
	const struct pdf_cell head[] = { { "头", &bold_style, 1 }, { "颈", &bold_style, 1 } };
	const struct pdf_cell cells[] = { { "甲", &text_style, 1 }, { "乙", &text_style, 1 } };
	const struct pdf_table table = { widths, 2, head, 2 };
	struct pdf *pdf = pdf_new(arena, &portrait);
	struct document d;

	pdf_text(pdf, &text_style, "编号");
	pdf_text(pdf, &title, "题目");
	for (int i = 0; i < 2; i++) {
		pdf_row(pdf, &table, head, 2, 0);
		pdf_row(pdf, &table, cells, 2, 0);
		pdf_text(pdf, &text_style, "说明");
	}
	pdf_finish(pdf, &d.pdf, &d.size);
#define TABLE "Table(block)TRTH\"头\"TH\"颈\"TRTD\"甲\"TD\"乙\""
	CU_ASSERT_STRING_EQUAL(read_pdf(arena, "pdfinfo -struct-text", d.pdf, d.size),
	    "DocumentP(block)\"编号\"H1(block)\"题目\"" TABLE "P(block)\"说明\"" TABLE
	    "P(block)\"说明\"");
}

static void
fonts_are_embedded_subsets(void)
{
	struct document d = paragraphs(1, &text_style, "汉字 and Latin");
	const char *text = read_pdf(arena, "pdffonts", d.pdf, d.size);

	CU_ASSERT_PTR_NOT_NULL(strstr(text, "WenQuanYiZenHei"));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "TrueType"));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "yesyesyes"));
	CU_ASSERT_PTR_NULL(strstr(text, "noyes"));
	CU_ASSERT_TRUE(d.size < 30000);
}

static void
texts_are_read_back(void)
{
	static const char *const texts[] = { "医保移动支付第三方渠道接入反馈单(测试环境)",
		"“互联网+”医疗服务——《协议》", "fi fl ffi 0O1lI" };

	for (size_t i = 0; i < COUNT(texts); i++) {
		for (int bold = 0; bold < 2; bold++) {
			struct document d =
			    paragraphs(1, bold ? &bold_style : &text_style, texts[i]);
			char want[100], *w = want;

			for (const char *p = texts[i]; *p; p++)
				if (*p != ' ')
					*w++ = *p;
			*w = 0;
			CU_ASSERT_PTR_NOT_NULL(
			    strstr(read_pdf(arena, "pdftotext", d.pdf, d.size), want));
		}
	}
}

static void
keys_in_narrow_columns_come_out_whole(void)
{
	static const double widths[] = { 1, 1.2, 1 };
	const struct pdf_table table = { widths, 3, NULL, 0 };
	const struct pdf_cell cells[] = { { "左边的文字", &text_style, 1 }, { KEY, &key_style, 1 },
		{ KEY, &key_style, 1 } };

	for (size_t i = 0; i < 2; i++) {
		struct pdf *pdf = pdf_new(arena, &portrait);
		struct document d;

		pdf_row(pdf, &table, cells, 3, 0);
		pdf_finish(pdf, &d.pdf, &d.size);
		const char *text = read_pdf(arena, ways_to_read[i], d.pdf, d.size);
		CU_ASSERT_EQUAL(occurrences(text, KEY), 2);
		CU_ASSERT_PTR_NOT_NULL(strstr(text, "左边的文字"));
	}
}

static void
pages_are_numbered_and_hold_everything(void)
{
	struct document d = paragraphs(100, &text_style, "每一段都在某一页上");
	const char *text = read_pdf(arena, "pdftotext", d.pdf, d.size);

	CU_ASSERT_EQUAL(occurrences(text, "每一段都在某一页上"), 100);
	CU_ASSERT_EQUAL(occurrences(text, "页脚文字"), 2);
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "第1页共2页"));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "第2页共2页"));
}

static void
a_table_repeats_its_head_on_each_page(void)
{
	static const double widths[] = { 1, 3 };
	const struct pdf_cell head[] = { { "表头", &bold_style, 2 } };
	const struct pdf_cell cells[] = { { "甲", &text_style, 0 }, { NULL, &text_style, 0 } };
	const struct pdf_table table = { widths, 2, head, 1 };
	struct pdf *pdf = pdf_new(arena, &portrait);
	struct document d;

	pdf_row(pdf, &table, head, 1, 0);
	for (int i = 0; i < 60; i++)
		pdf_row(pdf, &table, cells, 2, 30);
	pdf_finish(pdf, &d.pdf, &d.size);
	const char *text = read_pdf(arena, "pdftotext", d.pdf, d.size);
	CU_ASSERT_EQUAL(occurrences(text, "甲"), 60);
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "第3页共3页"));
	CU_ASSERT_EQUAL(occurrences(text, "表头"), 3);
}

static void
boxes_read_as_ticked_or_not(void)
{
	struct document d = paragraphs(1, &text_style, "☑ 同意　☐ 不同意");
	const char *text = read_pdf(arena, "pdftotext -raw", d.pdf, d.size);

	CU_ASSERT_PTR_NOT_NULL(strstr(text, "√同意"));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "□不同意"));
}

static void
unusual_contents_are_no_trouble(void)
{
	struct pdf *pdf = pdf_new(arena, &(struct pdf_info){ .page = PDF_LANDSCAPE, .title = "" });
	struct document d;

	pdf_text(pdf, &text_style, NULL);
	pdf_text(pdf, &text_style, "");
	pdf_text(pdf, &key_style, "☑☑\n☑");
	pdf_text(pdf, &text_style, "𠮷 😀 \xcc\x81");
	pdf_space(pdf, 5000);
	pdf_need(pdf, 10);
	pdf_finish(pdf, &d.pdf, &d.size);
	CU_ASSERT_PTR_NOT_NULL(
	    strstr(read_pdf(arena, "pdfinfo", d.pdf, d.size), "841.89x595.28pts(A4)"));

	pdf = pdf_new(arena, &portrait);
	pdf_finish(pdf, &d.pdf, &d.size);
	CU_ASSERT_PTR_NOT_NULL(strstr(read_pdf(arena, "pdfinfo", d.pdf, d.size), "Pages:1"));
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "it is a PDF, and the same each time", it_is_a_pdf_and_the_same_each_time },
		{ "title and date are the caller's", title_and_date_are_the_callers },
		{ "files are for the archive", files_are_for_the_archive },
		{ "headings and tables are tagged", headings_and_tables_are_tagged },
		{ "fonts are embedded subsets", fonts_are_embedded_subsets },
		{ "texts are read back", texts_are_read_back },
		{ "keys in narrow columns come out whole", keys_in_narrow_columns_come_out_whole },
		{ "pages are numbered and hold everything",
		    pages_are_numbered_and_hold_everything },
		{ "a table repeats its head on each page", a_table_repeats_its_head_on_each_page },
		{ "boxes read as ticked or not", boxes_read_as_ticked_or_not },
		{ "unusual contents are no trouble", unusual_contents_are_no_trouble },
		CU_TEST_INFO_NULL,
	};
	static CU_SuiteInfo suites[] = {
		{ .pName = "pdf", .pTests = tests },
		CU_SUITE_INFO_NULL,
	};

	if (CU_initialize_registry() || CU_register_suites(suites))
		return 2;
	pdf_init("WenQuanYi Zen Hei");
	arena = arena_new((size_t)64 << 20);
	CU_basic_run_tests();
	unsigned failures = CU_get_number_of_failures();
	CU_cleanup_registry();
	arena_free(arena);
	return failures != 0;
}
