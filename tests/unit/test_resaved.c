/* What a file says that is no sheet as it was issued, against what its sheet says. */
#include "handlers/rules/table/kinds.h"
#include "handlers/sheet/resaved_text.h"
#include "tests/support/suite.h"

#define NUMBER "0123456789abcdef0123456789abcdef"
#define HEAD                                                                                       \
	"编号：" NUMBER "\n医保移动支付第三方渠道接入反馈单(测试环境)\n"       \
	"发起申请单位：广东省医疗保障局   回复时间：2026年11月29日\n"
/* The lines of a cell stand between those of its neighbours. */
#define CELLS                                                                                      \
	"1 云岭医院挂 AAAABBBBCCCCDDDD BAKEY1BAKEY1 PKEY1PKEY1\n"                             \
	"号 EEEEFFFF00001111 BAKEY2== PKEY2==\n"

static struct arena *arena;

static struct sheet_standing
sheet(void)
{
	return (struct sheet_standing){
		.environment = ENVIRONMENT_TEST,
		.kind = SHEET_PAYMENT,
		.replied_at = 1795924800, /* 2026-11-29 12:00 in Asia/Shanghai */
		.initiator = "广东省医疗保障局",
		.shown_app_name = "云岭医院挂号",
		.app_id = "AAAABBBBCCCCDDDDEEEEFFFF00001111",
		.channel_public = "BAKEY1BAKEY1BAKEY2==",
		.platform_public = "PKEY1PKEY1PKEY2==",
	};
}

static bool
says(const char *text)
{
	const struct sheet_standing s = sheet();

	return resaved_says(arena, text, NUMBER, &s);
}

static void
cells_are_put_together_from_their_lines(void)
{
	CU_ASSERT_TRUE(says(HEAD CELLS));
	CU_ASSERT_TRUE(says(HEAD "云岭医院挂号 AAAABBBBCCCCDDDDEEEEFFFF00001111"
				 " BAKEY1BAKEY1BAKEY2== PKEY1PKEY1PKEY2=="));
	CU_ASSERT_TRUE(says("  " HEAD "\xe3\x80\x80" CELLS));
}

static void
one_character_that_differs_is_another_text(void)
{
	CU_ASSERT_FALSE(says(""));
	CU_ASSERT_FALSE(says(HEAD));
	CU_ASSERT_FALSE(says(CELLS));
	CU_ASSERT_FALSE(says(HEAD "1 云岭医院挂 AAAABBBBCCCCDDDE BAKEY1BAKEY1 PKEY1PKEY1\n"
				  "号 EEEEFFFF00001111 BAKEY2== PKEY2==\n"));
	CU_ASSERT_FALSE(says(HEAD "1 云岭医院挂 AAAABBBBCCCCDDDD BAKEY1BAKEY1 PKEY1PKEY1\n"
				  "好 EEEEFFFF00001111 BAKEY2== PKEY2==\n"));
	CU_ASSERT_FALSE(says(HEAD CELLS "(正式环境)"));
	/* a single digit is anywhere: no key is made of such */
	CU_ASSERT_FALSE(says(HEAD "云岭医院挂号 A B C D E F 0 1 BAKEY1BAKEY1BAKEY2== "
				  "PKEY1PKEY1PKEY2=="));
}

static void
the_number_stands_behind_its_label(void)
{
	const char *found = resaved_number(arena, "编号：0123\n反馈单编号：" NUMBER "  内含密钥");

	CU_ASSERT_PTR_NOT_NULL_FATAL(found);
	CU_ASSERT_STRING_EQUAL(found, NUMBER);
	CU_ASSERT_PTR_NULL(resaved_number(arena, NUMBER));
	CU_ASSERT_PTR_NULL(resaved_number(arena, "编号：0123"));
	CU_ASSERT_PTR_NULL(resaved_number(arena, ""));
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "cells are put together from their lines",
		    cells_are_put_together_from_their_lines },
		{ "one character that differs is another text",
		    one_character_that_differs_is_another_text },
		{ "the number stands behind its label", the_number_stands_behind_its_label },
		CU_TEST_INFO_NULL,
	};

	arena = arena_new((size_t)1 << 20);
	int failed = run_suite("resaved", tests);
	arena_free(arena);
	return failed;
}
