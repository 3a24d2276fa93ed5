#include "handlers/rules/table/kinds.h"

#include <stddef.h>
#include <string.h>

const struct kind_info roles[] = {
#define ROLE(code, name, wire, text) { code, wire, text },
#include "handlers/rules/table/role.def"
#undef ROLE
	{ 0, NULL, NULL },
};

const struct kind_info businesses[] = {
#define BUSINESS(code, name, wire, text) { code, wire, text },
#include "handlers/rules/table/business.def"
#undef BUSINESS
	{ 0, NULL, NULL },
};

const struct kind_info certifications[] = {
#define CERTIFICATION(code, name, wire, text) { code, wire, text },
#include "handlers/rules/table/certification.def"
#undef CERTIFICATION
	{ 0, NULL, NULL },
};

const struct kind_info checked_fields[] = {
#define CHECKED(code, name, wire, text) { code, wire, text },
#include "handlers/rules/table/checked.def"
#undef CHECKED
	{ 0, NULL, NULL },
};

const struct kind_info mark_kinds[] = {
#define MARK(code, name, wire, text) { code, wire, text },
#include "handlers/rules/table/mark.def"
#undef MARK
	{ 0, NULL, NULL },
};

const struct kind_info appeal_states[] = {
#define APPEAL(code, name, wire, text) { code, wire, text },
#include "handlers/rules/table/appeal.def"
#undef APPEAL
	{ 0, NULL, NULL },
};

const struct kind_info environments[] = {
#define ENVIRONMENT(code, name, wire, text) { code, wire, text },
#include "handlers/rules/table/environment.def"
#undef ENVIRONMENT
	{ 0, NULL, NULL },
};

const struct kind_info sheet_kinds[] = {
#define SHEET(code, name, wire, text) { code, wire, text },
#include "handlers/rules/table/sheet.def"
#undef SHEET
	{ 0, NULL, NULL },
};

const struct kind_info staff_request_kinds[] = {
#define STAFF_REQUEST(code, name, wire, text) { code, wire, text },
#include "handlers/rules/table/staff_request.def"
#undef STAFF_REQUEST
	{ 0, NULL, NULL },
};

const struct kind_info staff_request_states[] = {
#define STAFF_REQUEST_STATE(code, name, wire, text) { code, wire, text },
#include "handlers/rules/table/staff_request.def"
#undef STAFF_REQUEST_STATE
	{ 0, NULL, NULL },
};

const char appeal_words[] =
#define APPEAL(code, name, wire, text) " " wire
#include "handlers/rules/table/appeal.def"
#undef APPEAL
    ;
const char business_words[] =
#define BUSINESS(code, name, wire, text) " " wire
#include "handlers/rules/table/business.def"
#undef BUSINESS
    ;
const char certification_words[] =
#define CERTIFICATION(code, name, wire, text) " " wire
#include "handlers/rules/table/certification.def"
#undef CERTIFICATION
    ;
const char checked_words[] =
#define CHECKED(code, name, wire, text) " " wire
#include "handlers/rules/table/checked.def"
#undef CHECKED
    ;
const char mark_words[] =
#define MARK(code, name, wire, text) " " wire
#include "handlers/rules/table/mark.def"
#undef MARK
    ;
const char environment_words[] =
#define ENVIRONMENT(code, name, wire, text) " " wire
#include "handlers/rules/table/environment.def"
#undef ENVIRONMENT
    ;
const char sheet_kind_words[] =
#define SHEET(code, name, wire, text) " " wire
#include "handlers/rules/table/sheet.def"
#undef SHEET
    ;
const char staff_request_kind_words[] =
#define STAFF_REQUEST(code, name, wire, text) " " wire
#include "handlers/rules/table/staff_request.def"
#undef STAFF_REQUEST
    ;
const char staff_request_state_words[] =
#define STAFF_REQUEST_STATE(code, name, wire, text) " " wire
#include "handlers/rules/table/staff_request.def"
#undef STAFF_REQUEST_STATE
    ;

const struct kind_info *
kind_by_code(const struct kind_info *list, int code)
{
	for (; list->wire; list++)
		if (list->code == code)
			return list;
	return NULL;
}

const struct kind_info *
kind_by_wire(const struct kind_info *list, const char *wire)
{
	for (; list->wire; list++)
		if (strcmp(list->wire, wire) == 0)
			return list;
	return NULL;
}

const char *
environment_wire(enum environment environment)
{
	return kind_by_code(environments, (int)environment)->wire;
}

const char *
sheet_kind_wire(enum sheet_kind kind)
{
	return kind_by_code(sheet_kinds, (int)kind)->wire;
}

const char *
institution_kind(const char *code)
{
	return code[0] == 'P' ? "pharmacy" : "hospital";
}
