#ifndef HANDLERS_RULES_TABLE_DICTIONARY_H
#define HANDLERS_RULES_TABLE_DICTIONARY_H

#include "fcgi/http/form.h"

/*
 * The choice lists of the 申请单, the 验收单 and the review. A code is what
 * travels and what the database keeps; it is never changed or used again.
 * Every list ends with an empty row.
 */
/* clang-format off */
extern const struct choice business_type_choices[];	/* 线上业务类型; hints are the texts of APP-24 */
extern const struct choice channel_choices[];		/* 拟定电子凭证接入渠道 */
extern const struct choice app_source_choices[];	/* 申请接入应用名称, the radio of APP-26 */
extern const struct choice app_type_choices[];		/* 申请接入应用类型 */
extern const struct choice purchase_channel_choices[];	/* 申请接入线上购药服务渠道 */
extern const struct choice proof_choices[];		/* ACC-11 */
extern const struct choice decision_choices[];		/* what a bureau decides */
extern const struct choice desk_choices[];		/* the three desks, as desk.def names them */
extern const struct choice phase_choices[];		/* 申请 and 验收, by the wire names of workflow.h */
/* clang-format on */

/*
 * Of these, the lists whose texts, order and use the administration keeps while
 * the program runs: those here are what it begins with. Rules of the program
 * hang on the codes of some, so only the others can be added to.
 */
struct dictionary {
	const char *name; /* `dictionary` of a field */
	const struct choice *choices;
	bool extends;
};
extern const struct dictionary dictionaries[];   /* ends with an empty row */
extern const struct choice dictionary_choices[]; /* their names, for people */
bool dictionary_extends(const char *name);

/* Codes that rules ask about. */
#define BUSINESS_TYPE_AUTH "auth"
#define BUSINESS_TYPE_MIXED "mixed"
#define BUSINESS_TYPE_WORDS BUSINESS_TYPE_AUTH " " BUSINESS_TYPE_MIXED
#define APP_SOURCE_OFFICIAL "official"
#define APP_SOURCE_OWN_EXISTING "own_existing"
#define APP_SOURCE_OWN_NEW "own_new"
#define PURCHASE_OTHER "other"
#define PROOF_CODE "code"
#define PROOF_PERSON "person"
#define DECISION_PASS "pass"
#define DECISION_REJECT "reject"
#define DECISION_WORDS DECISION_PASS " " DECISION_REJECT

#endif
