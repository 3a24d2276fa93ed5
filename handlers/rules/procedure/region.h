#ifndef HANDLERS_RULES_PROCEDURE_REGION_H
#define HANDLERS_RULES_PROCEDURE_REGION_H

#include <stdbool.h>

/*
 * What a code of the 医保区划 says by itself (N-20 … N-23, A-06, A-44). Six
 * digits nest by prefix: province PP0000, prefecture PPCC00, county PPCCXX; to
 * GB/T 2260 the 医保区划 adds 100000 the nation, PP9900 省本级, PPCC99 市本级 and
 * 660000 the 兵团 with its 师市. Which codes exist is the region table's to say
 * (sql/seed/region.csv). Pure; a code is six digits, NUL-terminated, not NULL.
 */

enum region_level { REGION_NATION = 1, REGION_PROVINCE, REGION_PREFECTURE, REGION_COUNTY };
enum region_kind {
	REGION_AREA = 1,
	REGION_DIRECT,      /* 本级: what the province or prefecture runs itself */
	REGION_PLACEHOLDER, /* a node of GB/T 2260 that no government stands for */
};

#define REGION_NATION_CODE "100000"
#define REGION_SIZE 7 /* six digits and the NUL; also of a prefix */

/* Six digits? Says nothing of whether such a region exists. */
bool region_code_shaped(const char *code);

/* By the code's zeros: 省本级 is on the level of prefectures, 市本级 on that of counties. */
enum region_level region_level(const char *code);

/* Is it a 省本级 (PP9900) or 市本级 (PPCC99)? */
bool region_is_direct(const char *code);

/* Does it lie in 北京, 天津, 上海 or 重庆? There one bureau acts as 地方 and as 省. */
bool region_in_municipality(const char *code);

/* Does it lie in the 新疆生产建设兵团? */
bool region_in_corps(const char *code);

/* "440106" -> "440100" -> "440000" -> "100000"; the nation has none: false, ret untouched. */
bool region_parent(const char *code, char ret[REGION_SIZE]);

/* What all codes inside begin with: "100000" -> "", "440000" -> "44", "440100" -> "4401". */
void region_prefix(const char *code, char ret[REGION_SIZE]);

/* The reverse, "44" -> "440000": the region whose bureau has that prefix. */
void region_of_prefix(const char *prefix, char ret[REGION_SIZE]);

/* Does a bureau with that prefix hold the region? "" (the nation) holds all. */
bool region_holds(const char *prefix, const char *code);

/* Whose desks an application crosses before the nation's, as prefixes of the two bureaus. */
struct region_chain {
	char local[REGION_SIZE];
	char province[REGION_SIZE];
};

/*
 * The bureaus for a 医药机构协议所属区划. 地方 is the prefecture's bureau;
 * the province's own for 省本级 and in a 直辖市 (both desks are then one
 * bureau, with two entries); a county run by the province directly
 * (PP90XX, such as 济源) has a bureau of its own.
 * false, ret untouched: no region an agreement can lie in, such as the nation,
 * a province, a placeholder. A prefecture is none either when it has counties,
 * but that is the region table's to know.
 */
bool region_chain(const char *code, struct region_chain *ret);

/* Is the bureau of this region a desk of its applications, if there is one? Of most counties it is none. */
bool region_has_desk(const char *code);

#endif
