#include <string.h>

#include "fcgi/base/array.h"
#include "handlers/rules/check/filename.h"
#include "handlers/rules/check/media.h"
#include "tests/support/suite.h"

static struct arena *arena;

#define MIB (1024 * 1024)

static const char *
clean(const char *name)
{
	return filename_clean(arena, name, strlen(name));
}

static void
every_extension_of_every_slot_has_a_kind_of_that_slot(void)
{
	for (size_t i = 0; i < slots_count; i++) {
		char copy[200], *rest = copy, *extension;

		strncpy(copy, slots[i].extensions, sizeof(copy) - 1);
		copy[sizeof(copy) - 1] = '\0';
		while ((extension = strsep(&rest, " "))) {
			const struct media *m = media_by_extension(extension);

			CU_ASSERT_PTR_NOT_NULL_FATAL(m);
			CU_ASSERT_NOT_EQUAL(slots[i].kinds & m->kind, 0);
			CU_ASSERT_PTR_EQUAL(media_by_type(m->type), m);
		}
	}
	CU_ASSERT_PTR_NULL(media_by_extension(""));
	CU_ASSERT_PTR_NULL(media_by_extension("pdf jpg"));
	CU_ASSERT_PTR_NULL(media_by_type("text/html"));
}

static void
only_what_a_page_can_hold_is_shown(void)
{
	static const struct {
		const char *extension;
		bool shown;
	} cases[] = { { "pdf", true }, { "jpg", true }, { "png", true }, { "mp4", true },
		{ "zip", false }, { "rar", false }, { "doc", false }, { "docx", false } };

	for (size_t i = 0; i < COUNT(cases); i++)
		CU_ASSERT_EQUAL(media_by_extension(cases[i].extension)->shown, cases[i].shown);
}

static void
a_name_is_judged_by_its_extension_in_any_case(void)
{
	const struct slot *letter = slot_by_name("application_letter");
	const struct slot *report = slot_by_name("test_report");

	CU_ASSERT_PTR_NULL(media_refuse_name(arena, letter, "申请函.PDF"));
	CU_ASSERT_PTR_NULL(media_refuse_name(arena, report, "a.b.DocX"));
	CU_ASSERT_STRING_EQUAL(media_refuse_name(arena, letter, "申请函.pdf.exe"),
	    "不支持 .exe 文件，请选择 .pdf 文件");
	CU_ASSERT_STRING_EQUAL(media_refuse_name(arena, letter, "pdf"),
	    "文件名没有扩展名，请选择 .pdf 文件");
	CU_ASSERT_STRING_EQUAL(media_refuse_name(arena, slot_by_name("app_screenshot"), "a.gif"),
	    "不支持 .gif 文件，请选择 .jpg .jpeg .png 文件");
}

static void
the_limit_is_inclusive_and_named(void)
{
	const struct slot *letter = slot_by_name("application_letter");
	const struct slot *plan = slot_by_name("plan");

	CU_ASSERT_PTR_NULL(media_refuse_size(arena, letter, 1));
	CU_ASSERT_PTR_NULL(media_refuse_size(arena, letter, 20 * MIB));
	CU_ASSERT_PTR_NULL(media_refuse_size(arena, plan, 30 * MIB));
	CU_ASSERT_STRING_EQUAL(media_refuse_size(arena, letter, 20 * MIB + 1),
	    "文件大小为 20.1M，超过 20M 限制");
	CU_ASSERT_STRING_EQUAL(media_refuse_size(arena, letter, 21 * MIB),
	    "文件大小为 21.0M，超过 20M 限制");
	CU_ASSERT_STRING_EQUAL(media_refuse_size(arena, plan, INT64_MAX),
	    "文件大小为 8796093022208.0M，超过 30M 限制");
	CU_ASSERT_STRING_EQUAL(media_refuse_size(arena, letter, 0), "文件是空的，请重新选择文件");
}

static bool
agrees(const char *extension, const char *found, const char *head, size_t size)
{
	const struct media *m = media_by_extension(extension);

	return media_is_found(m, found) && media_has_mark(m, (const unsigned char *)head, size);
}

static void
content_has_to_agree_with_name(void)
{
	CU_ASSERT_TRUE(agrees("pdf", "application/pdf", "%PDF-1.7", 8));
	CU_ASSERT_TRUE(agrees("mp4", "video/mp4",
	    "\0\0\0\x20"
	    "ftypisom",
	    12));
	CU_ASSERT_TRUE(agrees("jpg", "image/jpeg", "\xff\xd8\xff\xe0", 4));
	/* libmagic and the first bytes must both say so */
	CU_ASSERT_FALSE(agrees("pdf", "application/pdf", "x%PDF-1.7", 9));
	CU_ASSERT_FALSE(agrees("pdf", "application/pdf", "%PDF", 4));
	CU_ASSERT_FALSE(agrees("pdf", "text/plain", "%PDF-1.7", 8));
	CU_ASSERT_FALSE(agrees("png", "image/jpeg", "\xff\xd8\xff\xe0", 4));
	CU_ASSERT_STRING_EQUAL(media_refuse_kind(arena, slot_by_name("plan"), "a.pdf", NULL),
	    "文件内容不是 PDF，请选择 .pdf 文件");
	CU_ASSERT_STRING_EQUAL(media_refuse_kind(arena, slot_by_name("plan"), "a.pdf",
				   media_by_kind(KIND_JPG)),
	    "这是 JPG 文件，此处请选择 .pdf 文件");
}

static void
names_lose_folders_and_what_does_not_show(void)
{
	CU_ASSERT_STRING_EQUAL(clean("申请函.pdf"), "申请函.pdf");
	CU_ASSERT_STRING_EQUAL(clean("C:\\fakepath\\申请函.pdf"), "申请函.pdf");
	CU_ASSERT_STRING_EQUAL(clean("../../etc/passwd.pdf"), "passwd.pdf");
	CU_ASSERT_STRING_EQUAL(clean("a\r\nb\x7f.pdf"), "ab.pdf");
	CU_ASSERT_STRING_EQUAL(clean("a\u202efdp.exe"), "afdp.exe");
	CU_ASSERT_STRING_EQUAL(clean("  \u200b a . pdf. "), "a . pdf");
	CU_ASSERT_STRING_EQUAL(filename_clean(arena, "a\0b.pdf", 7), "ab.pdf");
	CU_ASSERT_PTR_NULL(clean(""));
	CU_ASSERT_PTR_NULL(clean("folder/"));
	CU_ASSERT_PTR_NULL(clean(" . "));
	CU_ASSERT_PTR_NULL(clean("\xff.pdf"));
	CU_ASSERT_PTR_NULL(clean("a\xc0\xaf.pdf"));
	CU_ASSERT_PTR_NULL(filename_clean(arena, "\xe7\x94", 2));
}

static size_t
characters(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static void
long_names_keep_their_extension(void)
{
	char name[2000] = "";

	for (int i = 0; i < 300; i++)
		strcat(name, "函");
	const char *bare = clean(name);
	strcat(name, ".pdf");
	const char *with = clean(name);
	CU_ASSERT_EQUAL(characters(bare), 200);
	CU_ASSERT_EQUAL(characters(with), 200);
	CU_ASSERT_STRING_EQUAL(with + strlen(with) - 4, ".pdf");
}

static void
a_download_has_its_name_in_every_browser(void)
{
	CU_ASSERT_STRING_EQUAL(filename_disposition(arena, "plan.pdf", true),
	    "inline; filename=\"plan.pdf\"; filename*=UTF-8''plan.pdf");
	CU_ASSERT_STRING_EQUAL(filename_disposition(arena, "申请 \"1\";%.pdf", false),
	    "attachment; filename=\"__ _1_;_.pdf\"; "
	    "filename*=UTF-8''%E7%94%B3%E8%AF%B7%20%221%22%3B%25.pdf");
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "every extension of every slot has a kind of that slot",
		    every_extension_of_every_slot_has_a_kind_of_that_slot },
		{ "only what a page can hold is shown", only_what_a_page_can_hold_is_shown },
		{ "a name is judged by its extension in any case",
		    a_name_is_judged_by_its_extension_in_any_case },
		{ "the limit is inclusive and named", the_limit_is_inclusive_and_named },
		{ "content has to agree with name and slot", content_has_to_agree_with_name },
		{ "names lose folders and what does not show",
		    names_lose_folders_and_what_does_not_show },
		{ "long names keep their extension", long_names_keep_their_extension },
		{ "a download has its name in every browser",
		    a_download_has_its_name_in_every_browser },
		CU_TEST_INFO_NULL,
	};

	arena = arena_new(1 << 20);
	int failed = run_suite("media", tests);
	arena_free(arena);
	return failed;
}
