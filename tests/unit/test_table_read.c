/* Tables as people and their programs save them with a separator: what a reader tells of each. */
#include <stdlib.h>

#include "fcgi/base/array.h"
#include "tests/support/table_seen.h"

#define BYTES(s) file_made(s, sizeof(s) - 1)

/* ---- text with a separator ------------------------------------------------------ */

static const struct {
	const char *what;
	const char *bytes;
	size_t size;
	const char *rows;
} texts[] = {
#define T(what, bytes, rows)                                                                       \
	{                                                                                          \
		what, bytes, sizeof(bytes) - 1, rows                                               \
	}
	T("nothing", "", ""),
	T("lines of all systems", "a,b\r\nc,d\ne,f\rg", "1:a|b;2:c|d;3:e|f;4:g;"),
	T("the last line without an end", "a,b\r\nc,d", "1:a|b;2:c|d;"),
	T("a mark before UTF-8", "\xEF\xBB\xBF编码,名称\n1,2", "1:编码|名称;2:1|2;"),
	T("GB18030, as Excel in China saves",
	    "\xb1\xe0\xc2\xeb,\xc3\xfb\xb3\xc6\n1,\xb9\xe3\xd6\xdd", "1:编码|名称;2:1|广州;"),
	T("GB18030 with four bytes", "\xb1\xe0,\x81\x39\xee\x39\n", "1:编|㐀;"),
	T("UTF-16 as “Unicode text”", "\xff\xfe\x16\x7f\t\0\x01\x78\n\0", "1:编|码;"),
	T("quotes", "\"a\",\"b \"\"c\"\"\",\"d,e\"\n", "1:a|b \"c\"|d,e;"),
	T("a quote within a cell is a quote", "5\" pipe,x\"\"y\n", "1:5\" pipe|x\"\"y;"),
	T("text behind a closed quote", "\"a\"b,c\n", "1:ab|c;"),
	T("lines within a cell", "\"a\r\nb\",c\nd\n", "1:a\nb|c;3:d;"),
	T("blank lines and cells behind", "a,b,,,\n\n , \n,,,\nc,,d,\n", "1:a|b;5:c||d;"),
	T("blanks around, the full-width one too",
	    " a ,\tb\t,\xe3\x80\x80中\xe3\x80\x80,\xc2\xa0x\n", "1:a|b|中|x;"),
	T("tabs", "a\tb,c\nd\te\n", "1:a\tb|c;2:d\te;"),
	T("tabs alone", "a\tb\nc,1\td\n", "1:a|b;2:c,1|d;"),
	T("semicolons", "a;b\nc,1;d\n", "1:a|b;2:c,1|d;"),
	T("digits kept from being a number", "=\"0123\",=\"\"\n", "1:0123|;"),
	T("a formula is text", "=1+1,@x,-2\n", "1:=1+1|@x|-2;"),
	T("bytes that were to be UTF-8 are for whoever reads the cell",
	    "\xEF\xBB\xBF"
	    "a\xff,b\n",
	    "1:a\xff|b;"),
#undef T
};

static void
every_kind_of_text(void)
{
	for (size_t i = 0; i < COUNT(texts); i++) {
		enum err e = read_made(file_made(texts[i].bytes, texts[i].size));

		CU_ASSERT_EQUAL(e, ERR_OK);
		CU_ASSERT_STRING_EQUAL(fault, "");
		CU_ASSERT_STRING_EQUAL(seen.text, texts[i].rows);
		if (strcmp(seen.text, texts[i].rows) != 0)
			printf("%s: %s\n", texts[i].what, seen.text);
	}
}

static void
refused(int fd, const char *why)
{
	CU_ASSERT_EQUAL(read_made(fd), ERR_INVALID);
	CU_ASSERT_PTR_NOT_NULL(strstr(fault, why));
	if (!strstr(fault, why))
		printf("%s: %s\n", why, fault);
}

static void
what_is_no_table_is_refused_with_a_reason(void)
{
	refused(BYTES("a,b\n1,\"2\n3,4\n5,6\n"), "第 2 行的引号没有成对");
	refused(BYTES("\xb1\xe0,b\n\xff\xff,c\n"), "编码无法识别（第 ");
	refused(BYTES("\xb1\xe0,b\nc,\xb1"), "编码无法识别");
	refused(BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "旧版 .xls");
	refused(BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "不是表格");
	refused(BYTES("a,b\n1,\0\n"), "不是表格");
	refused(BYTES("PK\003\004 and nothing else"), "已损坏");
}

static void
rows_and_cells_without_end(void)
{
	char *bytes = malloc(4 << 20), *at = bytes;

	CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
	for (int i = 1; i <= 100000; i++)
		at += snprintf(at, 40, "H%011d,\"医院 %d\"\r\n", i, i);
	CU_ASSERT_EQUAL(read_made(file_made(bytes, (size_t)(at - bytes))), ERR_OK);
	CU_ASSERT_EQUAL(seen.rows, 100000);
	/* 40 cells; one of 3000 bytes whose cut falls into a character */
	at = bytes;
	for (int i = 0; i < 40; i++)
		at += snprintf(at, 8, "c%d,", i);
	*at++ = '\n';
	*at++ = 'x';
	for (int i = 0; i < 1000; i++, at += 3)
		memcpy(at, "中", 3);
	CU_ASSERT_EQUAL(read_made(file_made(bytes, (size_t)(at - bytes))), ERR_OK);
	CU_ASSERT_PTR_NOT_NULL(strstr(seen.text, "|c31;2:x中"));
	CU_ASSERT_EQUAL(strlen(strstr(seen.text, "2:x")), 2 + 1 + 340 * 3 + 1);
	free(bytes);
}

static void
a_reader_that_refuses_ends_it(void)
{
	int fd = BYTES("a\nb\nc\n");

	memset(&seen, 0, sizeof(seen));
	seen.stop_at = 2;
	CU_ASSERT_EQUAL(table_read(fd, on_row, NULL, fault), ERR_CONFLICT);
	CU_ASSERT_STRING_EQUAL(seen.text, "1:a;2:b;");
	CU_ASSERT_STRING_EQUAL(fault, "");
	close(fd);
}

/* ---- what a cell means ---------------------------------------------------------- */

static void
days_are_read_however_they_are_written(void)
{
	static const char *const same[] = { "2024-01-05", "2024-1-5", "2024/1/5", "2024/01/05",
		"2024.1.5", "2024年1月5日", "20240105", "45296", "45296.5", "2024-01-05 00:00:00",
		"2024/1/5 0:00", "2024-01-05T00:00:00Z" };
	static const char *const others[] = { "", "2024", "2024-1", "24-1-5", "5/1/2024", "x",
		"2024-1-5x", "123456", "99999", "2024-01-05 noon", "202401051", "45296.x" };
	char day[TABLE_DAY_SIZE];

	for (size_t i = 0; i < COUNT(same); i++) {
		CU_ASSERT_STRING_EQUAL(table_day(same[i], day), "2024-01-05");
		if (strcmp(table_day(same[i], day), "2024-01-05") != 0)
			puts(same[i]);
	}
	for (size_t i = 0; i < COUNT(others); i++) {
		CU_ASSERT_STRING_EQUAL(table_day(others[i], day), others[i]);
		if (strcmp(table_day(others[i], day), others[i]) != 0)
			printf("%s -> %s\n", others[i], table_day(others[i], day));
	}
	CU_ASSERT_STRING_EQUAL(table_day("2024-02-31", day), "2024-02-31"); /* for the form */
	CU_ASSERT_STRING_EQUAL(table_day("36526", day), "2000-01-01");
}

static void
shortened_numbers_are_known(void)
{
	CU_ASSERT_TRUE(table_is_shortened("9.11234567890123E+17"));
	CU_ASSERT_TRUE(table_is_shortened("9.1E17"));
	CU_ASSERT_TRUE(table_is_shortened("9E+17"));
	CU_ASSERT_FALSE(table_is_shortened("91440101MA5EXXXX0X"));
	CU_ASSERT_FALSE(table_is_shortened("12E"));
	CU_ASSERT_FALSE(table_is_shortened("E12"));
	CU_ASSERT_FALSE(table_is_shortened(""));
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "every kind of text", every_kind_of_text },
		{ "what is no table is refused with a reason",
		    what_is_no_table_is_refused_with_a_reason },
		{ "rows and cells without end", rows_and_cells_without_end },
		{ "a reader that refuses ends it", a_reader_that_refuses_ends_it },
		{ "days are read however they are written",
		    days_are_read_however_they_are_written },
		{ "shortened numbers are known", shortened_numbers_are_known },
		CU_TEST_INFO_NULL,
	};

	return run_suite("table_read", tests);
}
