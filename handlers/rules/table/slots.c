#include "handlers/rules/table/slots.h"

#include <string.h>

#include "fcgi/base/array.h"

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
