#include "handlers/rules/table/deed_text.h"

#include <string.h>

#include "fcgi/base/array.h"

const struct deed_text deed_texts[] = {
#define DEED(name, text) { name, text },
#include "handlers/rules/table/deed.def"
#undef DEED
};
const size_t deed_texts_count = COUNT(deed_texts);

const char *
deed_text(const char *name)
{
	for (size_t i = 0; i < deed_texts_count; i++)
		if (strcmp(deed_texts[i].name, name) == 0)
			return deed_texts[i].text;
	return name;
}
