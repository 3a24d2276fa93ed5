#include "sql/db/like.h"

#include <string.h>

const char *
sql_beginning(struct arena *arena, const char *text)
{
	size_t n = 0;

	if (!text)
		return NULL;
	char *pattern = arena_alloc(arena, strlen(text) * 2 + 2);
	for (; *text; text++) {
		if (*text == '%' || *text == '_' || *text == '\\')
			pattern[n++] = '\\';
		pattern[n++] = *text;
	}
	pattern[n++] = '%';
	pattern[n] = '\0';
	return pattern;
}
