/* Workbooks as people and their programs save them: what a reader tells of each. */
#include <fcntl.h>
#include <stdlib.h>

#include "fcgi/base/array.h"
#include "fcgi/table/table.h"
#include "tests/support/table_seen.h"

/* ---- .xlsx ------------------------------------------------------------------------ */

#define BOOK(sheets) "<workbook xmlns:r='r'>" sheets "</workbook>"
#define RELATIONS                                                                                  \
	"<Relationships><Relationship Id='a' Type='x/worksheet' Target='worksheets/one.xml'/>"     \
	"<Relationship Id='b' Type='x/worksheet' Target='/xl/two.xml'/>"                           \
	"<Relationship Id='c' Type='x/chartsheet' Target='chart.xml'/>"                            \
	"<Relationship Id='s' Type='x/sharedStrings' Target='texts.xml'/></Relationships>"
#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"
#define TWO SHEET("<row r='1'><c><v>2</v></c></row>")
#define TEXTS                                                                                      \
	"<sst><si><t>编码</t></si><si><r><t>广</t></r><r><t xml:space='preserve'>州 </t></r>"  \
	"<rPh sb='0' eb='1'><t>guang</t></rPh></si><si><t/></si></sst>"

static enum err
read_book(const char *book, const char *one)
{
	const struct zip_part parts[] = {
		{ "xl/workbook.xml", book, strlen(book) },
		{ "xl/_rels/workbook.xml.rels", RELATIONS, sizeof(RELATIONS) - 1 },
		{ "xl/worksheets/one.xml", one, strlen(one) },
		{ "xl/two.xml", TWO, sizeof(TWO) - 1 },
		{ "xl/texts.xml", TEXTS, sizeof(TEXTS) - 1 },
	};

	return read_made(zip_made(parts, 5));
}

#define ONE "<sheets><sheet r:id='a'/><sheet r:id='b'/></sheets>"

static const struct {
	const char *sheet, *rows;
} sheets[] = {
	{ SHEET("<row r='3'><c r='A3' t='s'><v>0</v></c><c r='C3' t='s'><v>1</v></c></row>"),
	    "3:编码||广州;" },
	{ SHEET(
	      "<row><c t='inlineStr'><is><t>a</t></is></c><c t='str'><f>B1</f><v>0</v></c></row>"),
	    "1:a|0;" },
	{ SHEET("<row><c t='s'><v>2</v></c></row><row><c><v>7</v></c></row>"), "2:7;" },
	{ SHEET("<row><c><v>440103</v></c><c><v>440103.0</v></c><c><v>4.40103E5</v></c><c><v>1.5</"
		"v></c></row>"),
	    "1:440103|440103|440103|1.5;" },
	{ SHEET("<row><c><v>9.1123456789012E+17</v></c></row>"), "1:9.1123456789012E+17;" },
	{ SHEET("<row><c><f>1+1</f><v>2</v></c><c><f>1+1</f></c><c "
		"t='e'><f>1/0</f><v>#DIV/0!</v></c></row>"),
	    "1:2|#|#DIV/0!;" },
	{ SHEET("<row><c t='str'><f>\"\"</f><v></v></c><c><v>1</v></c></row>"), "1:|1;" },
	{ SHEET("<row r='1'><c r='AH1'><v>1</v></c><c r='A1'><v>2</v></c></row>"), "1:2;" },
	{ SHEET("<row hidden='1'><c t='b'><v>1</v></c><c t='d'><v>2026-01-01</v></c></row>"),
	    "1:1|2026-01-01;" },
	{ "<x:worksheet "
	  "xmlns:x='x'><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></"
	  "x:worksheet>",
	    "1:1;" },
	{ SHEET("<row><c t='inlineStr'><is><t>&lt;a&amp;b&gt; &#20013;</t></is></c></row>"),
	    "1:<a&b> 中;" },
	{ SHEET(""), "" },
};

static void
every_kind_of_cell(void)
{
	for (size_t i = 0; i < COUNT(sheets); i++) {
		CU_ASSERT_EQUAL(read_book(BOOK(ONE), sheets[i].sheet), ERR_OK);
		CU_ASSERT_STRING_EQUAL(fault, "");
		CU_ASSERT_STRING_EQUAL(seen.text, sheets[i].rows);
		if (strcmp(seen.text, sheets[i].rows) != 0)
			printf("%s: %s\n", sheets[i].rows, seen.text);
	}
}

static void
the_first_sheet_that_is_shown_is_read(void)
{
	const char *first = SHEET("<row><c><v>1</v></c></row>");

	CU_ASSERT_EQUAL(read_book(BOOK(ONE), first), ERR_OK);
	CU_ASSERT_STRING_EQUAL(seen.text, "1:1;");
	CU_ASSERT_EQUAL(read_book(BOOK("<sheets><sheet r:id='b'/><sheet r:id='a'/></sheets>"),
			    first),
	    ERR_OK);
	CU_ASSERT_STRING_EQUAL(seen.text, "1:2;");
	CU_ASSERT_EQUAL(read_book(BOOK("<sheets><sheet state='hidden' r:id='a'/><sheet r:id='c'/>"
				       "<sheet state='visible' r:id='b'/></sheets>"),
			    first),
	    ERR_OK);
	CU_ASSERT_STRING_EQUAL(seen.text, "1:2;");
}

static void
a_broken_book_is_refused(void)
{
	const char *sheet = SHEET("<row><c><v>1</v></c></row>");
	char *big = malloc(2 << 20);

	CU_ASSERT_EQUAL(read_book(BOOK(ONE), "<worksheet><row>"), ERR_INVALID);
	CU_ASSERT_PTR_NOT_NULL(strstr(fault, "已损坏"));
	CU_ASSERT_EQUAL(read_book(BOOK(ONE), SHEET("<row><c t='s'><v>99</v></c></row>")),
	    ERR_INVALID);
	CU_ASSERT_EQUAL(read_book(BOOK(ONE), SHEET("<row><c t='s'><v>-1</v></c></row>")),
	    ERR_INVALID);
	CU_ASSERT_EQUAL(read_book(BOOK(""), sheet), ERR_INVALID);
	CU_ASSERT_EQUAL(read_book("not xml", sheet), ERR_INVALID);
	CU_ASSERT_EQUAL(read_book(BOOK("<workbookPr date1904='1'/>" ONE), sheet), ERR_INVALID);
	CU_ASSERT_PTR_NOT_NULL(strstr(fault, "1904"));
	/* entities, that could grow without end or read files */
	CU_ASSERT_EQUAL(read_book(BOOK(ONE),
			    "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet>&a;</worksheet>"),
	    ERR_INVALID);
	CU_ASSERT_EQUAL(read_book(BOOK(ONE),
			    "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><worksheet/>"),
	    ERR_INVALID);
	/* a tag that goes on and on */
	CU_ASSERT_PTR_NOT_NULL_FATAL(big);
	memset(big, 'a', 2 << 20);
	memcpy(big, "<worksheet x='", 14);
	big[(2 << 20) - 1] = '\0';
	CU_ASSERT_EQUAL(read_book(BOOK(ONE), big), ERR_INVALID);
	free(big);
}

static void
bytes_cut_off_anywhere_are_refused(void)
{
	const char *sheet = SHEET("<row><c t='s'><v>0</v></c></row>");
	const struct zip_part parts[] = { { "xl/worksheets/sheet1.xml", sheet, strlen(sheet) },
		{ "xl/sharedStrings.xml", TEXTS, sizeof(TEXTS) - 1 } };
	char bytes[2048];
	int fd = zip_made(parts, 2);
	ssize_t size = pread(fd, bytes, sizeof(bytes), 0);

	CU_ASSERT_EQUAL(read_made(fd), ERR_OK);
	CU_ASSERT_STRING_EQUAL(seen.text, "1:编码;");
	for (ssize_t at = 4; at < size; at += 7)
		CU_ASSERT_EQUAL(read_made(file_made(bytes, (size_t)at)), ERR_INVALID);
	for (ssize_t at = 40; at < size; at += 11) { /* whatever becomes of it, it ends */
		bytes[at] ^= 0x55;
		(void)!read_made(file_made(bytes, (size_t)size));
		bytes[at] ^= 0x55;
	}
}

static void
what_we_write_we_read(void)
{
	static const struct table_column columns[] = { { "编码", 10 }, { "名称", 20 } };

	for (enum table_format f = TABLE_XLSX; f <= TABLE_CSV; f++) {
		struct table *table;
		size_t size;
		int fd;

		CU_ASSERT_EQUAL_FATAL(table_new(f, "表", columns, 2, &table), ERR_OK);
		CU_ASSERT_EQUAL(table_row(table,
				    (const char *const[]){ "001", "引号\"医院\", 分院" }),
		    ERR_OK);
		CU_ASSERT_EQUAL(table_finish(table, &fd, &size), ERR_OK);
		CU_ASSERT_EQUAL(read_made(dup(fd)), ERR_OK);
		CU_ASSERT_STRING_EQUAL(seen.text, "1:编码|名称;2:001|引号\"医院\", 分院;");
		table_free(table);
	}
}

/*
 * tests/samples/tables: one table, its first sheet hidden, saved by two programs. A formula
 * that was never worked out, digits lost or not, days as numbers: what they differ in.
 */
static void
files_of_other_programs(void)
{
	static const char titles[] =
	    "1:定点医药机构编码|定点医药机构名称|医保区划|统一社会信用代码"
	    "|协议开始日期|协议结束日期;"
	    "2:H44010300001|引号\"医院\", 分院|440103|12440103999000021A|46023"
	    "|2027年12月31日;3:H44010300002|";
	static const struct {
		const char *file, *last;
	} files[] = {
		{ "openpyxl", "#|440103|9.112345678901235e+17|2026/1/1|46752;" },
		{ "libreoffice", "H44010300001x|440103|9.11234567890124E+017|2026/1/1|46752;" },
	};

	for (size_t i = 0; i < COUNT(files); i++) {
		char path[64];

		snprintf(path, sizeof(path), "tests/samples/tables/%s.xlsx", files[i].file);
		CU_ASSERT_EQUAL(read_made(open(path, O_RDONLY)), ERR_OK);
		CU_ASSERT_EQUAL(strncmp(seen.text, titles, strlen(titles)), 0);
		CU_ASSERT_PTR_NOT_NULL(strstr(seen.text, files[i].last));
	}
}

int
main(void)
{
	static CU_TestInfo tests[] = {
		{ "every kind of cell", every_kind_of_cell },
		{ "the first sheet that is shown is read", the_first_sheet_that_is_shown_is_read },
		{ "a broken book is refused", a_broken_book_is_refused },
		{ "bytes cut off anywhere are refused", bytes_cut_off_anywhere_are_refused },
		{ "files of other programs", files_of_other_programs },
		{ "what we write we read", what_we_write_we_read },
		CU_TEST_INFO_NULL,
	};

	return run_suite("table_book", tests);
}
