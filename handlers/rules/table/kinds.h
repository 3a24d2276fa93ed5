#ifndef HANDLERS_RULES_TABLE_KINDS_H
#define HANDLERS_RULES_TABLE_KINDS_H

/*
 * The small lists of the domain whose codes the database keeps: who a person
 * is, what a unit can grant, 资质认证, the two environments, the two sheets.
 */

enum role {
	ROLE_NONE = 0, /* nobody is signed in */
#define ROLE(code, name, wire, text) ROLE_##name = (code),
#include "handlers/rules/table/role.def"
#undef ROLE
};

enum business {
#define BUSINESS(code, name, wire, text) BUSINESS_##name = (code),
#include "handlers/rules/table/business.def"
#undef BUSINESS
};

enum certification {
#define CERTIFICATION(code, name, wire, text) CERTIFICATION_##name = (code),
#include "handlers/rules/table/certification.def"
#undef CERTIFICATION
};

/* What 资质认证 compares, and how each compares. */
enum checked {
#define CHECKED(code, name, wire, text) CHECKED_##name = (code),
#include "handlers/rules/table/checked.def"
#undef CHECKED
};

enum check_mark {
#define MARK(code, name, wire, text) MARK_##name = (code),
#include "handlers/rules/table/mark.def"
#undef MARK
};

enum appeal_state {
#define APPEAL(code, name, wire, text) APPEAL_##name = (code),
#include "handlers/rules/table/appeal.def"
#undef APPEAL
};

enum environment {
#define ENVIRONMENT(code, name, wire, text) ENVIRONMENT_##name = (code),
#include "handlers/rules/table/environment.def"
#undef ENVIRONMENT
};

enum sheet_kind {
#define SHEET(code, name, wire, text) SHEET_##name = (code),
#include "handlers/rules/table/sheet.def"
#undef SHEET
};

enum staff_request_kind {
#define STAFF_REQUEST(code, name, wire, text) STAFF_REQUEST_##name = (code),
#include "handlers/rules/table/staff_request.def"
#undef STAFF_REQUEST
};

enum staff_request_state {
#define STAFF_REQUEST_STATE(code, name, wire, text) STAFF_REQUEST_##name = (code),
#include "handlers/rules/table/staff_request.def"
#undef STAFF_REQUEST_STATE
};

/* Of role.def: who works on the intranet site. */
#define STAFF_ROLE_WORDS "officer sysadmin secadmin auditor"

struct kind_info {
	int code;
	const char *wire, *text;
};
/* Lists end with a row whose wire is NULL. */
extern const struct kind_info roles[];
extern const struct kind_info businesses[];
extern const struct kind_info certifications[];
extern const struct kind_info checked_fields[];
extern const struct kind_info mark_kinds[];
extern const struct kind_info appeal_states[];
extern const struct kind_info environments[];
extern const struct kind_info sheet_kinds[];
extern const struct kind_info staff_request_kinds[], staff_request_states[];
/* The row of a code or of a wire name; NULL when there is none. */
const struct kind_info *kind_by_code(const struct kind_info *list, int code);
const struct kind_info *kind_by_wire(const struct kind_info *list, const char *wire);
/* Their wire names, separated by blanks: `words` of fcgi/http/answer.h. */
extern const char appeal_words[], business_words[], certification_words[], checked_words[],
    mark_words[], environment_words[], sheet_kind_words[], staff_request_kind_words[],
    staff_request_state_words[];

/* As addresses name them. */
const char *environment_wire(enum environment environment);
const char *sheet_kind_wire(enum sheet_kind kind);

/* "hospital" or "pharmacy", by the letter of a 定点医药机构编码. */
const char *institution_kind(const char *code);
#define INSTITUTION_KIND_WORDS "hospital pharmacy"

#endif
