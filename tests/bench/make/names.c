#include <string.h>

#include "fcgi/base/array.h"
#include "tests/bench/make/random.h"
#include "tests/bench/make/world.h"

#define PICK(r, list) list[rnd_below((r), COUNT(list))]

static const char *const brand_first[] = { "仁", "康", "济", "同", "益", "百", "大", "华", "安",
	"和", "德", "恒", "广", "永", "瑞", "福", "健", "民", "心", "天", "国", "正", "恩", "惠" };
static const char *const brand_second[] = { "和", "康", "民", "源", "生", "春", "安", "泰", "堂",
	"芝", "林", "济", "德", "信", "华", "益", "宁", "众", "健", "寿", "慈", "仁", "美", "爱" };
static const char *const hospitals[] = { "人民医院", "中医医院", "第一人民医院", "第二人民医院",
	"妇幼保健院", "中心医院", "口腔医院", "眼科医院", "骨科医院", "康复医院", "门诊部",
	"综合门诊部", "中医门诊部", "社区卫生服务中心", "镇卫生院", "医院" };
static const char *const pharmacies[] = { "大药房", "大药房连锁有限公司", "药店", "药房",
	"医药有限公司", "医药连锁有限公司" };
static const char *const roads[] = { "人民路", "解放路", "中山路", "建设路", "和平路", "新华路",
	"文化路", "东风路", "长江路", "黄河路", "胜利路", "朝阳路", "滨河路", "学府路", "花园路",
	"府前街", "南大街", "西大街", "北关", "东城" };
static const char *const surnames[] = { "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴",
	"徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩",
	"唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕",
	"苏", "卢", "蒋", "蔡", "贾", "丁", "魏", "薛", "叶", "阎", "欧阳", "上官" };
static const char *const given[] = { "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋",
	"勇", "艳", "杰", "娟", "涛", "明", "超", "秀", "霞", "平", "刚", "桂", "英", "华", "玉",
	"萍", "红", "玲", "芬", "燕", "彬", "鹏", "宇", "浩", "凯", "雪", "琳", "晶", "慧", "颖",
	"思", "远", "清", "梦", "文", "博", "然", "欣", "怡", "晨" };

const char *
unit_brand(const struct world *w, struct arena *arena, uint32_t unit)
{
	struct rnd r = rnd_of(w->seed, WHAT_UNIT, unit);

	rnd_next(&r); /* the first says what it is: unit_is_pharmacy() */
	const char *first = PICK(&r, brand_first), *second = PICK(&r, brand_second);
	return arena_printf(arena, "%s%s", first, second);
}

const char *
unit_name(const struct world *w, struct arena *arena, uint32_t unit)
{
	struct rnd r = rnd_of(w->seed, WHAT_UNIT, unit);
	const struct place *place = &w->places[w->place_of[w->first_of[unit]]];
	bool pharmacy = unit_is_pharmacy(w, unit);

	for (int i = 0; i < 3; i++)
		rnd_next(&r);
	const char *kind = pharmacy ? PICK(&r, pharmacies) : PICK(&r, hospitals);
	/* public ones carry the place's name alone, most others a name of their own */
	const char *brand = !pharmacy && rnd_chance(&r, 350) ? "" : unit_brand(w, arena, unit);
	return arena_printf(arena, "%s%s%s%s", place->province_city, place->area, brand, kind);
}

const char *
institution_name(const struct world *w, struct arena *arena, uint32_t institution)
{
	struct rnd r = rnd_of(w->seed, WHAT_INSTITUTION, institution);
	uint32_t unit = w->unit_of[institution];
	const char *name = unit_name(w, arena, unit);

	if (w->first_of[unit] == institution)
		return name;
	const char *area = w->places[w->place_of[institution]].area;
	return arena_printf(arena, "%s%s%s%s", name, area, PICK(&r, roads),
	    unit_is_pharmacy(w, unit) ? "店" : "分院");
}

const char *
institution_code(const struct world *w, struct arena *arena, uint32_t institution)
{
	return arena_printf(arena, "%c%s%05u",
	    unit_is_pharmacy(w, w->unit_of[institution]) ? 'P' : 'H',
	    w->places[w->place_of[institution]].code, w->serial[institution]);
}

const char *
unit_uscc(const struct world *w, struct arena *arena, uint32_t unit)
{
	static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	static const int weights[] = { 1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30,
		28 };
	char text[19];
	int sum = 0;

	memcpy(text, unit_is_pharmacy(w, unit) ? "91" : "12", 2);
	memcpy(text + 2, w->places[w->place_of[w->first_of[unit]]].code, 6);
	memcpy(text + 8, "MA7", 3); /* nobody's: the seventh series is not given out */
	uint32_t rest = unit;
	for (size_t i = 16; i > 10; i--, rest /= 31)
		text[i] = alphabet[rest % 31];
	for (size_t i = 0; i < 17; i++)
		sum += (int)(strchr(alphabet, text[i]) - alphabet) * weights[i];
	text[17] = alphabet[(31 - sum % 31) % 31];
	return arena_strndup(arena, text, 18);
}

const char *
person_name(const struct world *w, struct arena *arena, unsigned what, uint64_t id)
{
	struct rnd r = rnd_of(w->seed ^ WHAT_PERSON, what, id);
	const char *family = PICK(&r, surnames), *one = PICK(&r, given);

	return arena_printf(arena, "%s%s%s", family, one,
	    rnd_chance(&r, 700) ? PICK(&r, given) : "");
}

const char *
person_phone(struct arena *arena, uint64_t id)
{
	return arena_printf(arena, "%llu", 19000000000ull + (unsigned long long)id);
}

const char *
person_id(const struct world *w, struct arena *arena, unsigned what, uint64_t id)
{
	static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
	struct rnd r = rnd_of(w->seed ^ WHAT_PERSON, what + 100, id);
	int sum = 0;
	char *text = arena_printf(arena, "%s%04u%02u%02u%03uX",
	    w->places[rnd_below(&r, (uint32_t)w->nplaces)].code, 1960 + rnd_below(&r, 40),
	    1 + rnd_below(&r, 12), 1 + rnd_below(&r, 28), rnd_below(&r, 1000));

	for (size_t i = 0; i < 17; i++)
		sum += (text[i] - '0') * weights[i];
	text[17] = "10X98765432"[sum % 11];
	return text;
}
