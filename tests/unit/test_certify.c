#include <string.h>

#include "handlers/rules/check/fold.h"
#include "handlers/rules/procedure/certify.h"
#include "tests/support/suite.h"

#define USCC "91350100M000100Y43"

static struct arena *arena;

static void
names_fold_alike(void)
{
	static const char *const alike[][2] = {
		{ "测试医院（荔湾）", "测试医院(荔湾)" },
		{ "测试 医院　（荔湾）", "测试医院(荔湾)" },
		{ " 测试\u00a0医院\t", "测试医院" },
		{ "ＡＢＣ大药房１２３", "abc大药房123" },
		{ "甲〔乙〕【丙】［丁］[戊]", "甲(乙)(丙)(丁)(戊)" },
		{ "阿卜杜拉•买买提", "阿卜杜拉・买买提" },
		{ "测试\u200b医院\ufeff", "测试医院" },
		{ "甲－乙", "甲-乙" },
	};
	static const char *const apart[][2] = {
		{ "测试医院", "测试医院分院" },
		{ "测试医院(荔湾)", "测试医院荔湾" },
		{ "测试医院1", "测试医院7" },
	};

	for (size_t i = 0; i < sizeof(alike) / sizeof(alike[0]); i++)
		CU_ASSERT_STRING_EQUAL(fold_name(arena, alike[i][0]),
		    fold_name(arena, alike[i][1]));
	for (size_t i = 0; i < sizeof(apart) / sizeof(apart[0]); i++)
		CU_ASSERT_STRING_NOT_EQUAL(fold_name(arena, apart[i][0]),
		    fold_name(arena, apart[i][1]));
	CU_ASSERT_STRING_EQUAL(fold_name(arena, "\xff甲\xe7"), "甲");
	CU_ASSERT_STRING_EQUAL(fold_name(arena, ""), "");
	CU_ASSERT_STRING_EQUAL(fold_code(arena, "9I35 O1OOM０００１ＯＯＹ43"), USCC);
}

static const struct certified unit = { "示例医院（东）", "hospital", "440103", "赵测试" };
static const struct certified row = { "示例医院(东)", "hospital", "440103", NULL };

static struct unit_checks
sound(void)
{
	struct unit_checks c;

	certify_catalogue(arena, USCC, &unit, &row, &c);
	c.of[CHECKED_AGREEMENT].by_catalogue = MARK_AGREES;
	certify_licence(arena, "营业执照 代码：9135 0100 M000 1OOY 43 名称：示例医院 （东）", &c);
	return c;
}

static void
what_agrees_passes(void)
{
	struct unit_checks c = sound();

	CU_ASSERT_PTR_NULL(certify_obstacle(arena, &c, REGISTRY_NONE));
	CU_ASSERT_EQUAL(c.of[CHECKED_LEGAL].by_catalogue, MARK_UNKNOWN);
	for (enum checked f = CHECKED_USCC; f <= CHECKED_LEGAL; f++)
		c.of[f].by_registry = MARK_AGREES;
	CU_ASSERT_PTR_NULL(certify_obstacle(arena, &c, REGISTRY_ANSWERED));
}

/* Each thing that differs, alone, keeps it from passing and is named. */
static void
whatever_differs_is_named(void)
{
	static const struct {
		const char *name, *kind, *region, *legal_name, *said;
	} others[] = {
		{ "示例医院（西）", "hospital", "440103", NULL,
		    "单位名称与定点医药机构目录不一致" },
		{ "示例医院（东）", "pharmacy", "440103", NULL,
		    "机构类型与定点医药机构目录不一致" },
		{ "示例医院（东）", "hospital", "440104", NULL,
		    "医保区划与定点医药机构目录不一致" },
		{ "示例医院（东）", "hospital", "440103", "钱测试",
		    "法定代表人姓名与定点医药机构目录不一致" },
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		const struct certified other = { others[i].name, others[i].kind, others[i].region,
			others[i].legal_name };
		struct unit_checks c;

		certify_catalogue(arena, USCC, &unit, &other, &c);
		c.of[CHECKED_AGREEMENT].by_catalogue = MARK_AGREES;
		certify_licence(arena, USCC "示例医院（东）", &c);
		CU_ASSERT_STRING_EQUAL(certify_obstacle(arena, &c, REGISTRY_NONE), others[i].said);
	}
}

static void
a_code_the_catalogue_lacks_is_no_row_of_it(void)
{
	struct unit_checks c;

	certify_catalogue(arena, USCC, &unit, NULL, &c);
	certify_licence(arena, USCC "示例医院（东）", &c);
	CU_ASSERT_EQUAL(certify_agreeing(&c), 0);
	CU_ASSERT_STRING_EQUAL(certify_obstacle(arena, &c, REGISTRY_NONE),
	    "定点医药机构目录中没有本单位的统一社会信用代码");
}

static void
the_licence_has_to_name_the_unit(void)
{
	struct unit_checks c = sound();

	certify_licence(arena, "别家医院 12100000400777097N", &c);
	CU_ASSERT_STRING_EQUAL(certify_obstacle(arena, &c, REGISTRY_NONE),
	    "营业执照中未识别到统一社会信用代码、单位名称");
	certify_licence(arena, USCC, &c);
	CU_ASSERT_STRING_EQUAL(certify_obstacle(arena, &c, REGISTRY_NONE),
	    "营业执照中未识别到单位名称");
	certify_licence(arena, NULL, &c);
	CU_ASSERT_STRING_EQUAL(certify_obstacle(arena, &c, REGISTRY_NONE), "营业执照未能读出");
}

static void
what_the_registry_does_not_know_is_no_yes(void)
{
	struct unit_checks c = sound();

	c.of[CHECKED_USCC].by_registry = c.of[CHECKED_NAME].by_registry = MARK_AGREES;
	c.of[CHECKED_LEGAL].by_registry = MARK_UNKNOWN;
	CU_ASSERT_STRING_EQUAL(certify_obstacle(arena, &c, REGISTRY_ANSWERED),
	    "企业信息核验未能核对法定代表人姓名");
	c.of[CHECKED_LEGAL].by_registry = MARK_DIFFERS;
	CU_ASSERT_STRING_EQUAL(certify_obstacle(arena, &c, REGISTRY_ANSWERED),
	    "法定代表人姓名与企业信息核验结果不一致");
	c = sound();
	CU_ASSERT_STRING_EQUAL(certify_obstacle(arena, &c, REGISTRY_AWAY), "企业信息核验暂不可用");
}

static void
an_agreement_out_of_force_is_told_in_its_own_words(void)
{
	struct unit_checks c = sound();

	c.of[CHECKED_AGREEMENT].by_catalogue = MARK_DIFFERS;
	c.of[CHECKED_AGREEMENT].catalogue = "定点医药机构协议尚未生效";
	CU_ASSERT_STRING_EQUAL(certify_obstacle(arena, &c, REGISTRY_NONE),
	    "定点医药机构协议尚未生效");
}

int
main(void)
{
	CU_TestInfo tests[] = {
		{ "names fold alike", names_fold_alike },
		{ "what agrees passes", what_agrees_passes },
		{ "whatever differs is named", whatever_differs_is_named },
		{ "a code the catalogue lacks is no row of it",
		    a_code_the_catalogue_lacks_is_no_row_of_it },
		{ "the licence has to name the unit", the_licence_has_to_name_the_unit },
		{ "what the registry does not know is no yes",
		    what_the_registry_does_not_know_is_no_yes },
		{ "an agreement out of force is told in its own words",
		    an_agreement_out_of_force_is_told_in_its_own_words },
		CU_TEST_INFO_NULL,
	};

	arena = arena_new((size_t)1 << 20);
	int status = run_suite("certify", tests);
	arena_free(arena);
	return status;
}
