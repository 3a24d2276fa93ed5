#include "handlers/rules/table/kinds.h"

#include <string.h>

#include "fcgi/base/array.h"

const struct kind_info businesses[] = {
#define BUSINESS(code, name, wire, text) { code, wire, text },
#include "handlers/rules/procedure/business.def"
#undef BUSINESS
	{ 0, NULL, NULL },
};

const struct kind_info roles[] = {
#define ROLE(code, name, wire, text) { code, wire, text },
#include "handlers/rules/procedure/role.def"
#undef ROLE
	{ 0, NULL, NULL },
};

const struct kind_info certifications[] = {
#define CERTIFICATION(code, name, wire, text) { code, wire, text },
#include "handlers/rules/table/certification.def"
#undef CERTIFICATION
	{ 0, NULL, NULL },
};

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

const struct slot slots[] = {
#define SLOT(name, mib, extensions, kinds, text)                                                   \
	{ #name, (int64_t)(mib)*1024 * 1024, extensions, kinds, text },
#include "handlers/rules/table/upload.def"
#undef SLOT
};
const size_t slots_count = COUNT(slots);

const struct slot *
slot_by_name(const char *name)
{
	for (size_t i = 0; i < slots_count; i++)
		if (strcmp(slots[i].name, name) == 0)
			return &slots[i];
	return NULL;
}

const char *
institution_kind(const char *code)
{
	return code[0] == 'P' ? "pharmacy" : "hospital";
}
