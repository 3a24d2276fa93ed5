#include "handlers/rules/table/deeds.h"

#include <string.h>

static const struct {
	const char *name, *text;
} deeds[DEED_COUNT] = {
#define DEED(NAME, name, text) [DEED_##NAME] = { name, text },
#include "handlers/rules/table/deed.def"
#undef DEED
};

const char *
deed_name(enum deed deed)
{
	return deeds[deed].name;
}

const char *
deed_text(const char *name)
{
	for (enum deed deed = 0; deed < DEED_COUNT; deed++)
		if (strcmp(deeds[deed].name, name) == 0)
			return deeds[deed].text;
	return name;
}
